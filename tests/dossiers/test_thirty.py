"""Thirty people at most in a dossier, whatever happens at once."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from monespace.dossiers import actions, queries
from monespace.dossiers.actions.stagiaires import Complet
from monespace.dossiers.models import Dossier, Stagiaire
from monespace.policy import Can
from tests.dossiers.bureau import Bureau, at_once

THREADS = 20


def fill(bureau: Bureau, people: int) -> str:
    """A brouillon with that many people."""
    cle = bureau.nouveau()
    for rang in range(1, people + 1):
        bureau.inscrire(cle, {"nom_naissance": (f"Martin {rang}",)})
    return cle


def enter(bureau: Bureau, cle: str, jeton: str, nom: str) -> Callable[[], bool]:
    """Add that person, and tell whether there was room."""

    def enter_now() -> bool:
        try:
            bureau.inscrire(cle, {"nom_naissance": (nom,)}, jeton)
        except Complet:
            return False
        return True

    return enter_now


def rangs(bureau: Bureau, cle: str) -> list[int]:
    with bureau.lire(cle) as dossier:
        assert dossier.nb_stagiaires == len(dossier.stagiaires)
        return [one.rang for one in dossier.stagiaires]


def test_twenty_at_once_fill_the_two_last_places(bureau: Bureau) -> None:
    cle = fill(bureau, 28)
    newcomers = [enter(bureau, cle, uuid4().hex, f"Durand {rang}") for rang in range(THREADS)]

    entered = at_once(newcomers)
    assert entered.count(True) == 2
    assert rangs(bureau, cle) == list(range(1, 31))


def test_the_same_form_posted_at_once_makes_one_person(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 1), uuid4().hex

    assert all(at_once([enter(bureau, cle, jeton, "Durand")] * 8))
    assert rangs(bureau, cle) == [1, 2]


def test_the_same_form_posted_again_changes_the_person_it_made(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 29), uuid4().hex

    first = bureau.inscrire(cle, {"nom_naissance": ("Durand",)}, jeton)
    again = bureau.inscrire(cle, {"nom_naissance": ("Durant",), "prenom": ("Lou",)}, jeton)
    assert (first.cle, again.reponses) == (
        again.cle,
        {"nom_naissance": "Durant", "prenom": "Lou"},
    )
    assert rangs(bureau, cle) == list(range(1, 31))


def test_the_thirty_first_is_refused_with_the_reason(bureau: Bureau) -> None:
    cle = fill(bureau, 30)
    before = bureau.photo()

    with pytest.raises(Complet) as refusal:
        bureau.inscrire(cle, {"nom_naissance": ("Durand",)})
    assert "30 salariés, le maximum" in refusal.value.message
    assert "créez un second dossier" in refusal.value.message
    assert bureau.photo() == before


def test_a_lower_limit_is_kept_too(bureau: Bureau) -> None:
    cle = fill(bureau, 3)

    with pytest.raises(Complet, match="3 salariés"):
        bureau.inscrire(cle, {"nom_naissance": ("Durand",)}, most=3)
    assert rangs(bureau, cle) == [1, 2, 3]


def test_a_place_that_is_left_is_given_again(bureau: Bureau) -> None:
    cle = fill(bureau, 30)
    with bureau.lire(cle) as dossier:
        leaving = dossier.stagiaires[16].cle

    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.remove_stagiaire(bureau.rh, dossier, queries.stagiaire_of(dossier, leaving))
    assert rangs(bureau, cle) == [*range(1, 17), *range(18, 31)]
    assert bureau.inscrire(cle, {"nom_naissance": ("Durand",)}).rang == 17
    assert rangs(bureau, cle) == list(range(1, 31))


def test_an_empty_form_makes_nobody(bureau: Bureau) -> None:
    cle = bureau.nouveau()

    with bureau.charger(cle, Can.EDIT) as dossier:
        nobody, saved = actions.save_stagiaire(
            bureau.rh, dossier, uuid4().hex, {"nom_naissance": ("  ",), "sexe": ()}, 0, {}, 30
        )
    assert (nobody, saved.changed) == (None, False)
    assert rangs(bureau, cle) == []


@pytest.mark.parametrize("rang", [0, 31, 30])
def test_the_database_itself_refuses_one_too_many(bureau: Bureau, rang: int) -> None:
    """Past the actions: no rank outside 1 to 30, and nobody on a rank that is taken."""
    cle = fill(bureau, 30)
    with bureau.lire(cle) as dossier:
        dossier_id = dossier.id

    with pytest.raises(IntegrityError), bureau.database.transaction() as session:
        session.execute(
            insert(Stagiaire).values(
                jeton=uuid4().hex, dossier_id=dossier_id, rang=rang, reponses={}, saisies={}
            )
        )
    people = select(func.count()).select_from(Stagiaire).join(Dossier).where(Dossier.cle == cle)
    with bureau.database.reading() as session:
        assert session.scalar(people) == 30
