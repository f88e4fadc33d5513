"""Who works for the OPCO, and which companies each looks after."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select

from monespace import horloge, journal, policy
from monespace.acteur import Acteur, Role
from monespace.comptes.actions import close_sessions
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations.models import Entreprise, Organisation, Portefeuille, Rattachement
from monespace.refus import Introuvable, Refuse


def engage(acteur: Acteur, person: Utilisateur, role: Role) -> None:
    """Make the person one of the OPCO's, or no longer (Role.MEMBRE): they sign in again.

    Nobody is on both sides: raise Refuse for who belongs to a company. Raise Refuse for an
    address that is not confirmed.
    """
    if person.confirme_le is None:
        raise Refuse(f"{person.courriel} n’a pas encore confirmé son adresse e-mail.")
    belongs = session().scalar(
        select(Rattachement.id)
        .where(Rattachement.utilisateur_id == person.id, policy.in_force(horloge.today()))
        .limit(1)
    )
    if role is not Role.MEMBRE and belongs is not None:
        raise Refuse(
            f"{person.nom_complet} est rattaché à une entreprise\u00a0: un agent de l’OPCO n’agit "
            "pour aucune. Faites retirer ce rattachement, ou créez un autre compte."
        )
    person.role = role
    if role is Role.MEMBRE:
        session().execute(delete(Portefeuille).where(Portefeuille.utilisateur_id == person.id))
    close_sessions(person.id)
    journal.record(acteur, "changer de rôle", person, role=role.value)


def entrust(acteur: Acteur, person: Utilisateur, sirens: Collection[str]) -> int:
    """Add these companies to the person's portfolio; return how many are new.

    Raise Refuse for who is not of the OPCO, Introuvable for a SIREN that is not in the base.
    """
    if person.role is Role.MEMBRE:
        raise Refuse(f"{person.nom_complet} n’est pas un agent de l’OPCO.")
    companies = _companies(sirens)
    known = set(
        session().scalars(
            select(Portefeuille.entreprise_id).where(Portefeuille.utilisateur_id == person.id)
        )
    )
    new = [one for one in companies if one.id not in known]
    session().add_all(Portefeuille(utilisateur_id=person.id, entreprise_id=one.id) for one in new)
    for one in new:
        for space in _spaces(one):
            journal.record(acteur, "confier à un agent", space, agent=person.nom_complet)
    return len(new)


def relieve(acteur: Acteur, person: Utilisateur, sirens: Collection[str]) -> int:
    """Take these companies out of the person's portfolio; return how many were in it."""
    gone = 0
    for one in _companies(sirens):
        found = session().get(Portefeuille, (person.id, one.id))
        if found is not None:
            session().delete(found)
            for space in _spaces(one):
                journal.record(acteur, "retirer à un agent", space, agent=person.nom_complet)
            gone += 1
    return gone


def _spaces(entreprise: Entreprise) -> Sequence[Organisation]:
    """Where the company reads what the OPCO does."""
    return (
        session()
        .scalars(select(Organisation).where(Organisation.entreprise_id == entreprise.id))
        .all()
    )


def _companies(sirens: Collection[str]) -> list[Entreprise]:
    wanted = {"".join(one.split()) for one in sirens}
    found = session().scalars(select(Entreprise).where(Entreprise.siren.in_(wanted))).all()
    missing = sorted(wanted - {one.siren for one in found})
    if missing:
        raise Introuvable(f"Aucune entreprise de la base ne porte le SIREN {missing[0]}.")
    return list(found)
