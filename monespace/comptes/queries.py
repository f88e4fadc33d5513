"""Who is behind a session or an e-mail address."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Date, and_, bindparam, select
from sqlalchemy.orm import joinedload

from monespace import horloge, policy
from monespace.acteur import Acteur
from monespace.comptes.actions import IDLE, LONGEST, fingerprint
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session
from monespace.forms.validators import printable
from monespace.organisations.models import Entreprise, Organisation, Rattachement


@dataclass(frozen=True, slots=True)
class Espace:
    """The organisation a person works in, as the header names it."""

    nom: str
    siren: str
    profil: str


@dataclass(frozen=True, slots=True)
class Ouverte:
    """An open session: whose it is, where they work, what they may do there."""

    session: SessionOuverte
    acteur: Acteur
    espace: Espace | None


# Built once: it runs at each request, and building it takes longer than running it.
OPEN_SESSION = (
    select(
        SessionOuverte,
        Rattachement,
        Entreprise.raison_sociale,
        Entreprise.siren,
        Organisation.profil,
    )
    .outerjoin(
        Rattachement,
        and_(
            Rattachement.utilisateur_id == SessionOuverte.utilisateur_id,
            Rattachement.organisation_id == SessionOuverte.organisation_id,
            policy.in_force(bindparam("today", type_=Date)),
        ),
    )
    .outerjoin(Organisation, Organisation.id == Rattachement.organisation_id)
    .outerjoin(Entreprise, Entreprise.id == Organisation.entreprise_id)
    .where(
        SessionOuverte.empreinte == bindparam("empreinte"),
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
    opened, rattachement, nom, siren, profil = found
    acteur = policy.attached(opened.utilisateur, rattachement)
    nowhere = acteur.organisation_id is None
    return Ouverte(opened, acteur, None if nowhere else Espace(nom, siren, profil))


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
