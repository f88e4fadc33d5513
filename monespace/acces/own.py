"""What a person reads of their own accesses: where they belong, what they may, what they asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from monespace import policy
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur, Objet, Verbe
from monespace.activation.models import CodeActivation
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import KEY_ALPHABET, session
from monespace.organisations.models import (
    Entreprise,
    Habilitation,
    Organisation,
    Portefeuille,
    Rattachement,
)
from monespace.policy import Can


def rattachements(acteur: Acteur) -> Sequence[Rattachement]:
    """Those in force today, by name of the company."""
    return session().scalars(_in_force(acteur)).all()


def current(acteur: Acteur) -> Rattachement | None:
    """Where the person works now."""
    here = Rattachement.organisation_id == acteur.organisation_id
    return session().scalars(_in_force(acteur).where(here)).one_or_none()


def working_for(acteur: Acteur, organisation: str) -> Rattachement | None:
    """The person's rattachement in force to the organisation of that key."""
    if not set(KEY_ALPHABET).issuperset(organisation):
        return None
    return (
        session().scalars(_in_force(acteur).where(Organisation.cle == organisation)).one_or_none()
    )


def requests(acteur: Acteur) -> Sequence[DemandeAcces]:
    """Everything the person asked, the latest first, whatever became of it."""
    return session().scalars(_asked(acteur).order_by(DemandeAcces.id.desc()).limit(MOST)).all()


def waiting(acteur: Acteur) -> Sequence[DemandeAcces]:
    """What the person asked and nobody answered yet, the oldest first."""
    unanswered = DemandeAcces.etat == EtatDemande.A_TRAITER
    return session().scalars(_asked(acteur).where(unanswered).order_by(DemandeAcces.id)).all()


def administrateurs(acteur: Acteur) -> Sequence[str]:
    """The names of those who can grant a right where the person works; none elsewhere."""
    if acteur.organisation_id is None:
        return []
    named = comptes.administrateurs(acteur.organisation_id)[:MOST_NAMED]
    return [one.nom_complet for one in named]


def rights(rattachement: Rattachement) -> Sequence[Habilitation]:
    """What it grants, in a stable order."""
    order = list(Objet)
    return sorted(
        rattachement.habilitations,
        key=lambda row: (order.index(row.objet), row.siret, row.dispositif),
    )


def verbs(row: Habilitation) -> list[Verbe]:
    return [verbe for verbe in Verbe if getattr(row, verbe)]


def is_administered(organisation_id: int) -> bool:
    """Does anybody administer that organisation? Told to who has just asked it something."""
    return bool(comptes.administrateurs(organisation_id))


def advisers(entreprises: Collection[int]) -> Mapping[int, Sequence[Utilisateur]]:
    """The conseillers and AEF of the OPCO who look after each of these companies."""
    rows = session().execute(
        select(Portefeuille.entreprise_id, Utilisateur)
        .join(Utilisateur, Utilisateur.id == Portefeuille.utilisateur_id)
        .where(Portefeuille.entreprise_id.in_(sorted(entreprises)))
        .order_by(Utilisateur.nom, Utilisateur.id)
    )
    found: dict[int, list[Utilisateur]] = {}
    for entreprise_id, person in rows:
        found.setdefault(entreprise_id, []).append(person)
    return found


@dataclass(frozen=True, slots=True)
class Detenu:
    """What the holder of a right code is shown before using it."""

    organisation: Organisation
    member: bool
    waiting: DemandeAcces | None
    administered: bool


def held(acteur: Acteur, code_id: int) -> Detenu:
    """The organisation of that code, and how the person stands there."""
    code = session().get_one(CodeActivation, code_id)
    organisation = session().get_one(Organisation, code.organisation_id)
    requests = [
        one
        for one in waiting(acteur)
        if one.organisation_id == organisation.id and one.genre is GenreDemande.RATTACHEMENT
    ]
    return Detenu(
        organisation,
        working_for(acteur, organisation.cle) is not None,
        requests[0] if requests else None,
        is_administered(organisation.id),
    )


def helpers(siren: str) -> Sequence[Utilisateur]:
    """Who looks after the company of that SIREN at the OPCO; nobody for an unknown one."""
    company = session().scalar(select(Entreprise.id).where(Entreprise.siren == siren))
    return advisers({company}).get(company, []) if company else []


MOST, MOST_NAMED = 100, 5


def _in_force(acteur: Acteur) -> Select[Rattachement]:
    return (
        select(Rattachement)
        .join(Rattachement.organisation)
        .join(Organisation.entreprise)
        .where(policy.allows(acteur, Rattachement, Can.WORK))
        .order_by(Entreprise.raison_sociale, Organisation.profil)
        .options(contains_eager(Rattachement.organisation).contains_eager(Organisation.entreprise))
    )


def _asked(acteur: Acteur) -> Select[DemandeAcces]:
    return (
        policy.visible(acteur, DemandeAcces)
        .join(DemandeAcces.organisation)
        .join(Organisation.entreprise)
        .where(DemandeAcces.utilisateur_id == acteur.utilisateur_id)
        .options(contains_eager(DemandeAcces.organisation).contains_eager(Organisation.entreprise))
    )
