"""Sign in and out: sessions are rows, so that they can be ended from anywhere."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import delete, or_, select, update

from monespace import horloge, journal, policy
from monespace.acteur import Acteur
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session
from monespace.organisations.models import Rattachement
from monespace.refus import Conflit

IDLE = timedelta(minutes=60)
# For who administers, and for the staff.
IDLE_SHORT = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
# Once ended, a session still tells whose a form is that arrives too late.
REMEMBERED_FOR = timedelta(hours=24)


def open_session(utilisateur_id: int, appareil: str = "", verifiee: bool = True) -> str:
    """Sign the person in, on the first organisation they belong to. Return the new token.

    Not `verifiee`, it opens nothing but the page of the second factor.
    """
    utilisateur = session().get_one(Utilisateur, utilisateur_id)
    instant = horloge.now()
    organisation_id = session().scalar(
        select(Rattachement.organisation_id)
        .where(Rattachement.utilisateur_id == utilisateur.id, policy.in_force(horloge.today()))
        .order_by(Rattachement.id)
        .limit(1)
    )
    token = secrets.token_urlsafe(32)
    session().add(
        SessionOuverte(
            empreinte=fingerprint(token),
            utilisateur_id=utilisateur.id,
            organisation_id=organisation_id,
            ouverte_le=instant,
            vue_le=instant,
            prouvee_le=instant,
            verifiee=verifiee,
            appareil=appareil,
        )
    )
    if verifiee:
        _signed_in(utilisateur, organisation_id)
    return token


def renew_session(token: str) -> str:
    """The person has just proved who they are: the session goes on under a new token.

    The old one opens nothing any more. Return the new one. Raise Conflit when it had ended.
    """
    former = session().get_one(SessionOuverte, fingerprint(token), with_for_update=True)
    if former.fermee_le is not None:
        raise Conflit("Votre session vient de changer. Rechargez la page, puis recommencez.")
    instant, renewed = horloge.now(), secrets.token_urlsafe(32)
    former.fermee_le = instant
    session().add(
        SessionOuverte(
            empreinte=fingerprint(renewed),
            utilisateur_id=former.utilisateur_id,
            organisation_id=former.organisation_id,
            ouverte_le=former.ouverte_le,
            vue_le=instant,
            prouvee_le=instant,
            verifiee=True,
            appareil=former.appareil,
        )
    )
    if not former.verifiee:
        _signed_in(former.utilisateur, former.organisation_id)
    return renewed


def close_session(token: str) -> None:
    """Sign out: the token opens nothing any more."""
    session().execute(
        update(SessionOuverte)
        .where(SessionOuverte.empreinte == fingerprint(token), SessionOuverte.fermee_le.is_(None))
        .values(fermee_le=horloge.now())
    )


def close_that_session(acteur: Acteur, ouverte: SessionOuverte) -> None:
    """End one of one’s own sessions from another one."""
    ouverte.fermee_le = ouverte.fermee_le or horloge.now()
    journal.record(acteur, "fermer une session", ouverte.utilisateur)


def close_sessions(utilisateur_id: int, but: str = "") -> int:
    """End every session of that person, save for the one of the token `but`. Return how many."""
    ended = session().execute(
        update(SessionOuverte)
        .where(
            SessionOuverte.utilisateur_id == utilisateur_id,
            SessionOuverte.fermee_le.is_(None),
            SessionOuverte.empreinte != fingerprint(but),
        )
        .values(fermee_le=horloge.now())
        .returning(SessionOuverte.empreinte)
    )
    return len(ended.all())


def mark_seen(empreinte: str) -> None:
    """Push back the end of an idle session."""
    session().execute(
        update(SessionOuverte)
        .where(SessionOuverte.empreinte == empreinte)
        .values(vue_le=horloge.now())
    )


def forget_ended_sessions() -> None:
    """Delete the sessions that ended more than a day ago."""
    ended = horloge.now() - REMEMBERED_FOR
    session().execute(
        delete(SessionOuverte).where(
            or_(
                SessionOuverte.fermee_le < ended,
                SessionOuverte.vue_le < ended - IDLE,
                SessionOuverte.ouverte_le < ended - LONGEST,
            )
        )
    )


def fingerprint(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _signed_in(utilisateur: Utilisateur, organisation_id: int | None) -> None:
    utilisateur.connecte_le = horloge.now()
    journal.record(policy.acteur_of(utilisateur, organisation_id), "connexion", utilisateur)
