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

MOST_FAILURES = 10
BLOCKED_FOR = timedelta(minutes=15)
IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def count_attempt(utilisateur_id: int) -> bool:
    """May this try be compared? Counted before, so that parallel guesses are all counted.

    The tenth in a row is the last: the account then waits, unless it was the right password.
    """
    utilisateur = session().get_one(Utilisateur, utilisateur_id, with_for_update=True)
    if utilisateur.bloque_jusqu_a and utilisateur.bloque_jusqu_a > horloge.now():
        return False
    utilisateur.echecs += 1
    if utilisateur.echecs >= MOST_FAILURES:
        utilisateur.echecs = 0
        utilisateur.bloque_jusqu_a = horloge.now() + BLOCKED_FOR
        acteur = Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)
        journal.record(acteur, "bloquer", utilisateur)
    return True


def open_session(utilisateur_id: int) -> str:
    """Sign the person in, on the first organisation they belong to. Return the new token."""
    utilisateur = session().get_one(Utilisateur, utilisateur_id)
    utilisateur.echecs = 0
    utilisateur.bloque_jusqu_a = None
    token = secrets.token_urlsafe(32)
    instant = horloge.now()
    organisation_id = session().scalar(
        select(Rattachement.organisation_id)
        .where(Rattachement.utilisateur_id == utilisateur.id, policy.in_force(horloge.today()))
        .order_by(Rattachement.id)
        .limit(1)
    )
    session().add(
        SessionOuverte(
            empreinte=fingerprint(token),
            utilisateur_id=utilisateur.id,
            organisation_id=organisation_id,
            ouverte_le=instant,
            vue_le=instant,
            prouvee_le=instant,
        )
    )
    acteur = policy.acteur_of(utilisateur, organisation_id)
    journal.record(acteur, "connexion", utilisateur)
    return token


def close_session(token: str) -> None:
    """Sign out: the token opens nothing any more."""
    session().execute(delete(SessionOuverte).where(SessionOuverte.empreinte == fingerprint(token)))


def mark_seen(empreinte: str) -> None:
    """Push back the end of an idle session."""
    session().execute(
        update(SessionOuverte)
        .where(SessionOuverte.empreinte == empreinte)
        .values(vue_le=horloge.now())
    )


def forget_ended_sessions() -> None:
    """Delete the sessions that open nothing any more."""
    instant = horloge.now()
    session().execute(
        delete(SessionOuverte).where(
            or_(
                SessionOuverte.vue_le < instant - IDLE,
                SessionOuverte.ouverte_le < instant - LONGEST,
            )
        )
    )


def fingerprint(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
