"""Thirty people at most in a dossier, whatever happens at once, and nobody lost."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from monespace.dossiers import actions, queries
from monespace.dossiers.actions import Personne
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
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
        return isinstance(bureau.inscrire(cle, {"nom_naissance": (nom,)}, jeton), Stagiaire)

    return enter_now


def rangs(bureau: Bureau, cle: str) -> list[int]:
    with bureau.lire(cle) as dossier:
        assert dossier.nb_stagiaires == len(dossier.stagiaires)
        return [one.rang for one in dossier.stagiaires]


def waiting(bureau: Bureau, cle: str) -> list[str]:
    with bureau.lire(cle) as dossier:
        return [str(one.reponses.get("nom_naissance")) for one in dossier.en_attente]


def test_twenty_at_once_fill_the_two_last_places(bureau: Bureau) -> None:
    cle = fill(bureau, 28)
    newcomers = [enter(bureau, cle, uuid4().hex, f"Durand {rang}") for rang in range(THREADS)]

    entered = at_once(newcomers)
    assert entered.count(True) == 2
    assert rangs(bureau, cle) == list(range(1, 31))
    with bureau.lire(cle) as dossier:
        inside = [str(one.reponses["nom_naissance"]) for one in dossier.stagiaires[28:]]
    assert sorted(inside + waiting(bureau, cle)) == sorted(f"Durand {r}" for r in range(THREADS))


def test_forms_lists_and_picks_at_once_never_make_thirty_one(bureau: Bureau) -> None:
    cle = fill(bureau, 28)

    def bring(first: int) -> Callable[[], bool]:
        people = [
            Personne(uuid4().hex, {"nom_naissance": f"Liste {first + rank}"}) for rank in range(3)
        ]

        def bring_now() -> bool:
            with bureau.charger(cle, Can.EDIT) as dossier:
                return actions.add_people(bureau.rh, dossier, people, 30).added == 3

        return bring_now

    forms = [enter(bureau, cle, uuid4().hex, f"Durand {rang}") for rang in range(6)]
    at_once([*forms, *(bring(3 * rang) for rang in range(4))])
    with bureau.lire(cle) as dossier:
        assert len(dossier.stagiaires) <= 30
        assert len(dossier.stagiaires) + len(dossier.en_attente) == 28 + 6 + 12


def test_the_same_form_posted_at_once_makes_one_person(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 1), uuid4().hex

    assert all(at_once([enter(bureau, cle, jeton, "Durand")] * 8))
    assert rangs(bureau, cle) == [1, 2]


def test_the_same_form_posted_again_changes_the_person_it_made(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 29), uuid4().hex

    first = bureau.inscrire(cle, {"nom_naissance": ("Durand",)}, jeton)
    again = bureau.inscrire(cle, {"nom_naissance": ("Durant",), "prenom": ("Lou",)}, jeton)
    assert (first.cle, again.reponses) == (again.cle, {"nom_naissance": "Durant", "prenom": "Lou"})
    assert rangs(bureau, cle) == list(range(1, 31))


def test_the_thirty_first_waits_with_everything_that_was_typed(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 30), uuid4().hex
    typed = {"nom_naissance": ("Durand",), "heures": ("quatorze heures",)}

    person = bureau.inscrire(cle, typed, jeton)
    assert isinstance(person, EnAttente)
    assert person.reponses == {"nom_naissance": "Durand"}
    assert person.saisies["heures"]
    assert rangs(bureau, cle) == list(range(1, 31))
    assert waiting(bureau, cle) == ["Durand"]


def test_who_waits_is_changed_by_their_form_and_never_doubled(bureau: Bureau) -> None:
    cle, jeton = fill(bureau, 30), uuid4().hex

    bureau.inscrire(cle, {"nom_naissance": ("Dur",)}, jeton)
    at_once([enter(bureau, cle, jeton, "Durand")] * 4)
    assert waiting(bureau, cle) == ["Durand"]
    with bureau.lire(cle) as dossier:
        leaving = dossier.stagiaires[3].cle
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.remove_stagiaire(bureau.rh, dossier, queries.stagiaire_of(dossier, leaving))
    bureau.inscrire(cle, {"nom_naissance": ("Durand",)}, jeton)
    assert (len(rangs(bureau, cle)), waiting(bureau, cle)) == (29, ["Durand"])


def test_an_empty_form_makes_nobody_wait(bureau: Bureau) -> None:
    cle = fill(bureau, 30)

    with bureau.charger(cle, Can.EDIT) as dossier:
        nobody, _ = actions.save_stagiaire(
            bureau.rh, dossier, uuid4().hex, {"nom_naissance": ("  ",)}, 0, {}, 30
        )
    assert nobody is None
    assert waiting(bureau, cle) == []


def test_a_lower_limit_is_kept_too(bureau: Bureau) -> None:
    cle = fill(bureau, 3)

    bureau.inscrire(cle, {"nom_naissance": ("Durand",)}, most=3)
    assert waiting(bureau, cle) == ["Durand"]
    assert rangs(bureau, cle) == [1, 2, 3]


def test_a_place_that_is_left_is_given_again(bureau: Bureau) -> None:
    cle = fill(bureau, 30)
    with bureau.lire(cle) as dossier:
        leaving = dossier.stagiaires[16].cle

    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.remove_stagiaire(bureau.rh, dossier, queries.stagiaire_of(dossier, leaving))
    assert rangs(bureau, cle) == [*range(1, 17), *range(18, 31)]
    newcomer = bureau.inscrire(cle, {"nom_naissance": ("Durand",)})
    assert isinstance(newcomer, Stagiaire)
    assert newcomer.rang == 17
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
