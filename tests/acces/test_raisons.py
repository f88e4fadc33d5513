"""Why a door is closed: said by the rule that closed it, and opened by what it asks for."""

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import select

from monespace import policy
from monespace.acces.actions import replace_rights
from monespace.acteur import Acteur, Origine, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.dossiers.models import Dossier
from monespace.organisations import octrois
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octroi
from monespace.policy import RULES, Can, DroitManquant
from monespace.policy.portes import ADMINISTERING, OF_ONESELF, OF_THE_OPCO, RIGHTS
from monespace.salaries.models import Salarie
from tests.support.terrain import Terrain

PERSONNES = ("un SIRET", "un dispositif", "consultation")
Doors = frozenset[tuple[str, str, Can]]


def test_every_rule_has_its_reason() -> None:
    told = [*RIGHTS, *ADMINISTERING, *OF_ONESELF, *OF_THE_OPCO]

    assert sorted((model.__name__, can) for model, can in told) == sorted(
        (model.__name__, can) for model, rules in RULES.items() for can in rules
    )


def _acteur(terrain: Terrain, personne: str) -> tuple[Acteur, Rattachement]:
    courriel = terrain.monde.courriels[personne]
    person = session().scalars(select(Utilisateur).where(Utilisateur.courriel == courriel)).one()
    rattachement = (
        session()
        .scalars(select(Rattachement).where(Rattachement.utilisateur_id == person.id))
        .one()
    )
    return policy.acteur_of(person, rattachement.organisation_id), rattachement


def _doors(acteur: Acteur) -> Doors:
    """Everything open to that person among the dossiers and the people they see."""
    rows: Iterator[Dossier | Salarie] = (
        row for model in (Dossier, Salarie) for row in _visible(acteur, model)
    )
    return frozenset(
        (type(row).__name__, row.cle, can) for row in rows for can in policy.permitted(acteur, row)
    )


def _visible(acteur: Acteur, model: type[Dossier] | type[Salarie]) -> Iterator[Dossier | Salarie]:
    yield from session().scalars(policy.visible(acteur, model))


def _lacks(acteur: Acteur) -> Mapping[DroitManquant, set[tuple[str, str, Can]]]:
    """The rights that are told to be missing, with the doors that each is told to open."""
    found: dict[DroitManquant, set[tuple[str, str, Can]]] = {}
    for model in (Dossier, Salarie):
        for row in _visible(acteur, model):
            closed = set(RULES[model]) - policy.permitted(acteur, row)
            for can in closed:
                raison = policy.why_not(acteur, row, can)
                assert raison.phrase
                if raison.manque:
                    found.setdefault(raison.manque, set()).add((model.__name__, row.cle, can))
    return found


@pytest.mark.parametrize("personne", PERSONNES)
def test_what_is_asked_for_and_granted_opens_that_door_and_no_other(
    terrain: Terrain, personne: str
) -> None:
    with terrain.database.transaction():
        chief, _ = _acteur(terrain, "administrateur")
        acteur, rattachement = _acteur(terrain, personne)
        before, kept = _doors(acteur), octrois.of(rattachement.habilitations)
        lacks = _lacks(acteur)
        assert lacks
        for manque, told in lacks.items():
            wanted = Octroi(
                manque.objet,
                manque.siret,
                manque.dispositif,
                frozenset({Verbe.CONSULTER, manque.verbe}),
            )
            same = {one for one in kept if _place(one) == _place(wanted)}
            verbes = wanted.verbes.union(*(one.verbes for one in same))
            merged = Octroi(manque.objet, manque.siret, manque.dispositif, verbes)
            replace_rights(chief, rattachement, (kept - same) | {merged}, Origine.ADMINISTRATEUR)
            session().flush()
            opened = _doors(_acteur(terrain, personne)[0]) - before
            states = {door for door in told if door not in opened}
            assert opened <= told
            # What stays closed is closed by the state of the row, and says so.
            for name, cle, can in states:
                row = session().scalars(select(Dossier).where(Dossier.cle == cle)).one()
                assert name == "Dossier"
                again = policy.why_not(_acteur(terrain, personne)[0], row, can)
                assert again.manque is None
            replace_rights(chief, rattachement, kept, Origine.ADMINISTRATEUR)
            session().flush()
        session().rollback()


def _place(octroi: Octroi) -> tuple[str, str, str]:
    return octroi.objet, octroi.siret, octroi.dispositif


def test_the_opco_and_people_of_nowhere_are_told_so(terrain: Terrain) -> None:
    with terrain.database.reading():
        courriel = terrain.monde.courriels["conseiller"]
        staff = session().scalars(select(Utilisateur).where(Utilisateur.courriel == courriel)).one()
        agent = policy.acteur_of(staff, None)
        assert "agent de l’OPCO" in policy.why_nowhere(agent, Salarie, Can.EDIT).phrase
        person = (
            session()
            .scalars(
                select(Utilisateur)
                .join(Rattachement, Rattachement.utilisateur_id == Utilisateur.id)
                .where(Rattachement.etat == EtatRattachement.RETIRE)
            )
            .one()
        )
        nobody = policy.why_nowhere(policy.acteur_of(person, None), Salarie, Can.EDIT)
        assert "aucune entreprise" in nobody.phrase
        assert nobody.manque is None
