"""Who is behind a session or an e-mail address, and what protects their account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Date, and_, bindparam, func, select
from sqlalchemy.orm import joinedload

from monespace import horloge, policy
from monespace.acteur import Acteur, Role
from monespace.comptes.actions import IDLE, IDLE_SHORT, LONGEST, fingerprint
from monespace.comptes.models import CodeSecours, FormulaireGarde, SessionOuverte, Utilisateur
from monespace.db import session
from monespace.forms.validators import printable
from monespace.organisations.models import Entreprise, Organisation, Rattachement


@dataclass(frozen=True, slots=True)
class Espace:
    """The organisation a person works in, as the header names it."""

    cle: str
    nom: str
    siren: str
    profil: str


@dataclass(frozen=True, slots=True)
class Ouverte:
    """An open session: whose it is, where they work, what they may do there.

    `sensible`: they administer an organisation, this one or another, or are of the staff.
    """

    session: SessionOuverte
    acteur: Acteur
    espace: Espace | None
    sensible: bool

    @property
    def last_end(self) -> datetime:
        """When it ends, whatever is done."""
        return self.session.ouverte_le + LONGEST

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more is done."""
        return min(self.session.vue_le + (IDLE_SHORT if self.sensible else IDLE), self.last_end)

    @property
    def lacks_proof(self) -> bool:
        """Does it open nothing, until the second factor is given or chosen?"""
        chosen = self.session.utilisateur.totp_le is not None
        return not self.session.verifiee or (self.sensible and not chosen)


# Who signed in before belonging anywhere works at once for the organisation that lets them in.
FIRST_ORGANISATION = (
    select(Rattachement.organisation_id)
    .where(
        Rattachement.utilisateur_id == SessionOuverte.utilisateur_id,
        policy.in_force(bindparam("today", type_=Date)),
    )
    .order_by(Rattachement.id)
    .limit(1)
    .correlate(SessionOuverte)
    .scalar_subquery()
)
# Built once: it runs at each request, and building it takes longer than running it.
OPEN_SESSION = (
    select(
        SessionOuverte,
        Rattachement,
        Organisation.cle,
        Entreprise.raison_sociale,
        Entreprise.siren,
        Organisation.profil,
        policy.administers_somewhere(SessionOuverte, bindparam("today", type_=Date)),
    )
    .outerjoin(
        Rattachement,
        and_(
            Rattachement.utilisateur_id == SessionOuverte.utilisateur_id,
            Rattachement.organisation_id
            == func.coalesce(SessionOuverte.organisation_id, FIRST_ORGANISATION),
            policy.in_force(bindparam("today", type_=Date)),
        ),
    )
    .outerjoin(Organisation, Organisation.id == Rattachement.organisation_id)
    .outerjoin(Entreprise, Entreprise.id == Organisation.entreprise_id)
    .where(
        SessionOuverte.empreinte == bindparam("empreinte"),
        SessionOuverte.fermee_le.is_(None),
        SessionOuverte.vue_le > bindparam("idle_since"),
        SessionOuverte.ouverte_le > bindparam("opened_since"),
    )
    .options(joinedload(SessionOuverte.utilisateur))
)


def open_session(token: str) -> Ouverte | None:
    """The session of that token, if it has neither ended nor idled too long."""
    instant = horloge.now()
    found = (
        session()
        .execute(
            OPEN_SESSION,
            {
                "empreinte": fingerprint(token),
                "idle_since": instant - IDLE,
                "opened_since": instant - LONGEST,
                "today": horloge.today(),
            },
        )
        .one_or_none()
    )
    if found is None:
        return None
    opened, rattachement, cle, nom, siren, profil, administers = found
    sensible = administers or opened.utilisateur.role is not Role.MEMBRE
    if sensible and opened.vue_le <= instant - IDLE_SHORT:
        return None
    acteur = policy.attached(opened.utilisateur, rattachement)
    nowhere = acteur.organisation_id is None
    return Ouverte(opened, acteur, None if nowhere else Espace(cle, nom, siren, profil), sensible)


def whose(token: str) -> int | None:
    """Whose session that was, ended perhaps, for as long as its row is kept."""
    return session().scalar(
        select(SessionOuverte.utilisateur_id).where(SessionOuverte.empreinte == fingerprint(token))
    )


def open_sessions(acteur: Acteur) -> Sequence[SessionOuverte]:
    """The acteur’s own sessions that still open something, the last used first."""
    instant = horloge.now()
    return (
        session()
        .scalars(
            policy.visible(acteur, SessionOuverte)
            .where(
                SessionOuverte.fermee_le.is_(None),
                SessionOuverte.verifiee,
                SessionOuverte.vue_le > instant - IDLE,
                SessionOuverte.ouverte_le > instant - LONGEST,
            )
            .order_by(SessionOuverte.vue_le.desc())
        )
        .all()
    )


def account(utilisateur_id: int, lock: bool = False) -> Utilisateur:
    """The row of somebody who was already identified."""
    return session().get_one(
        Utilisateur, utilisateur_id, with_for_update=lock, populate_existing=lock
    )


def must_have_two_factors(utilisateur: Utilisateur) -> bool:
    """Does somebody lose more than their own work if the password is stolen?"""
    if utilisateur.role is not Role.MEMBRE:
        return True
    condition = policy.administers_somewhere(Utilisateur, horloge.today())
    return bool(session().scalar(select(condition).where(Utilisateur.id == utilisateur.id)))


def recovery_codes_left(utilisateur_id: int) -> int:
    """How many recovery codes were not used."""
    statement = select(func.count()).where(
        CodeSecours.utilisateur_id == utilisateur_id, CodeSecours.utilise_le.is_(None)
    )
    return session().scalar(statement) or 0


def last_kept_form(utilisateur_id: int) -> FormulaireGarde | None:
    """The form of that person that was kept last, if one still is."""
    return session().scalar(
        select(FormulaireGarde)
        .where(
            FormulaireGarde.utilisateur_id == utilisateur_id,
            FormulaireGarde.expire_le > horloge.now(),
        )
        .order_by(FormulaireGarde.expire_le.desc())
        .limit(1)
    )


def administrateurs(organisation_id: int | None) -> Sequence[Utilisateur]:
    """The people who administer that organisation today, by name."""
    return (
        session()
        .scalars(
            select(Utilisateur)
            .join(Rattachement, Rattachement.utilisateur_id == Utilisateur.id)
            .where(
                Rattachement.organisation_id == organisation_id,
                Rattachement.administrateur,
                policy.in_force(horloge.today()),
            )
            .order_by(Utilisateur.nom, Utilisateur.prenom, Utilisateur.id)
        )
        .all()
    )


def by_email(courriel: str) -> Utilisateur | None:
    """The account of that address, however it was typed."""
    return session().scalar(
        select(Utilisateur).where(Utilisateur.courriel == printable(courriel).strip().casefold())
    )


@dataclass(frozen=True, slots=True)
class Entourage:
    """What anybody knows of a person, and whether their password must be the strongest."""

    mots: tuple[str, ...]
    exigeant: bool


def entourage(utilisateur: Utilisateur) -> Entourage:
    """Their name, their address, their companies; whether they administer one or are staff."""
    rows = session().execute(
        select(Entreprise.raison_sociale, Entreprise.siren)
        .join(Organisation, Organisation.entreprise_id == Entreprise.id)
        .join(Rattachement, Rattachement.organisation_id == Organisation.id)
        .where(
            Rattachement.utilisateur_id == utilisateur.id,
            policy.in_force(horloge.today()),
        )
    )
    companies = (word for row in rows for word in row)
    return Entourage(
        (utilisateur.prenom, utilisateur.nom, utilisateur.courriel, *companies),
        must_have_two_factors(utilisateur),
    )
