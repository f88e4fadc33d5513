"""A dossier becomes a lot: everybody once, not a cent lost, nothing said twice."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import select

from monespace import journal, policy
from monespace.acteur import Acteur
from monespace.dossiers import actions, choices, lots
from monespace.dossiers.actions import Personne
from monespace.dossiers.actions.lots import (
    change_everywhere,
    drop_waiting,
    gather,
    plan,
    split,
    submit_together,
)
from monespace.dossiers.actions.stagiaires import TropNombreux
from monespace.dossiers.completude import lacunes
from monespace.dossiers.lots_partout import answers_at, changed, effect
from monespace.dossiers.lots_projet import projet
from monespace.dossiers.models import Dossier, EnAttente, Lot, Modification, Repartition, Statut
from monespace.dossiers.reading import declaration
from monespace.dossiers.repartition import Mode
from monespace.policy import Can
from monespace.refus import Conflit, Incomplet, Refuse
from tests.dossiers.bureau import MOST, Bureau
from tests.support import saisies

SHARED = ("transport_montant", "heb_nuits", "peda_prix")


def crowd(bureau: Bureau, people: int, complete: bool = False) -> str:
    """A dossier to which that many people were added at once."""
    cle = bureau.complet() if complete else bureau.nouveau()
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, [person(rank) for rank in range(people)], MOST)
    return cle


def person(rank: int, **more: str) -> Personne:
    reponses = {"nom_naissance": f"Nom {rank}", "prenom": "Lou", "naissance": "1990-01-01"}
    return Personne(f"{rank:032x}", {**reponses, **more})


def split_now(bureau: Bureau, cle: str, jeton: str = "", acteur: Acteur | None = None) -> str:
    """Create the parts as they are proposed. Return the key of the lot."""
    acteur = acteur or bureau.rh
    with bureau.charger(cle, Can.EDIT) as dossier:
        shown = projet(acteur, dossier, MOST)
        return split(acteur, dossier, shown.parties, jeton or uuid4().hex, MOST).cle


@contextmanager
def parts_of(bureau: Bureau, lot: str) -> Iterator[list[Dossier]]:
    with bureau.database.reading() as session:
        found = session.scalars(select(Lot).where(Lot.cle == lot)).one()
        yield list(found.dossiers)


def names(*dossiers: Dossier) -> Counter[str]:
    return Counter(
        str(one.reponses["nom_naissance"]) for dossier in dossiers for one in dossier.stagiaires
    )


def budget(bureau: Bureau, cle: str, **more: str) -> None:
    typed = {"peda_base": ("forfait",), "peda_prix": ("10 000,01",), "transport_montant": ("100",)}
    typed |= {"heb_nuits": ("7",), "heb_prix": ("80",)}
    bureau.saisir(cle, "budget", typed | {name: (raw,) for name, raw in more.items()})


def test_87_people_become_three_linked_dossiers(bureau: Bureau) -> None:
    cle = crowd(bureau, 87)
    budget(bureau, cle)
    with bureau.lire(cle) as dossier:
        assert (len(dossier.stagiaires), len(dossier.en_attente)) == (0, 87)
        asked = dict(dossier.reponses)

    lot = split_now(bureau, cle)
    with parts_of(bureau, lot) as parts:
        assert [(one.part, one.nb_stagiaires) for one in parts] == [(1, 30), (2, 30), (3, 27)]
        assert parts[0].cle == cle
        assert names(*parts) == Counter(f"Nom {rank}" for rank in range(87))
        assert not any(one.en_attente for one in parts)
        assert len({one.reference for one in parts}) == 3
        for name in SHARED:
            assert sum(int(str(one.reponses[name])) for one in parts) == asked[name]
        assert [one.reponses["heb_prix"] for one in parts] == [8000] * 3
        assert [one.reponses["transport_montant"] for one in parts] == [3448, 3448, 3104]
        lignes = [{x.poste: x.demande_cents for x in one.lignes} for one in parts]
        assert sum(one["PEDA"] for one in lignes) == 1000001
        assert sum(one["HEB"] for one in lignes) == 7 * 8000


def test_a_dossier_of_thirty_and_the_thirty_first(bureau: Bureau) -> None:
    cle = crowd(bureau, 30)
    waiting = bureau.inscrire(cle, {"nom_naissance": ("Trente et un",), "heures": ("des",)})

    assert isinstance(waiting, EnAttente)
    assert waiting.saisies["heures"]
    with bureau.lire(cle) as dossier:
        assert any("attend une place" in one.sentence for one in lacunes(dossier))
    lot = split_now(bureau, cle)
    with parts_of(bureau, lot) as parts:
        assert [len(one.stagiaires) for one in parts] == [30, 1]
        assert parts[1].stagiaires[0].saisies == waiting.saisies


def test_the_pieces_are_shared_and_the_answers_copied(bureau: Bureau) -> None:
    cle = crowd(bureau, 40, complete=True)
    lot = split_now(bureau, cle)

    with parts_of(bureau, lot) as (first, second):
        assert [one.fichier for one in first.pieces] == [one.fichier for one in second.pieces]
        assert {one.cle for one in first.pieces}.isdisjoint(one.cle for one in second.pieces)
        own = {"transport_montant", "cofinancement_montant"}
        assert {k: v for k, v in first.reponses.items() if k not in own} == {
            k: v for k, v in second.reponses.items() if k not in own
        }


def test_the_history_follows_and_the_journal_tells(bureau: Bureau) -> None:
    cle = crowd(bureau, 30)
    bureau.inscrire(cle, {"nom_naissance": ("Une de plus",)})
    lot = split_now(bureau, cle)

    with parts_of(bureau, lot) as (first, second):
        assert journal.history(first)[0].acte == "repartir"
        assert journal.history(second)[0].acte == "naitre"
        stagiaire = second.stagiaires[0]
        rows = _history(bureau, second, f"stagiaires/{stagiaire.cle}")
        assert [row.valeur["present"] for row in rows] == [True]
        told = _history(bureau, second, f"stagiaires/{stagiaire.cle}/nom_naissance")
        assert [row.valeur for row in told] == [{"valeur": "Une de plus"}]


def _history(bureau: Bureau, dossier: Dossier, chemin: str) -> list[Modification]:
    with bureau.database.reading() as session:
        return list(
            session.scalars(
                select(Modification).where(
                    Modification.dossier_id == dossier.id, Modification.chemin == chemin
                )
            )
        )


def test_somebody_moved_leaves_the_first_part_with_their_answers(bureau: Bureau) -> None:
    cle = crowd(bureau, 4)
    with bureau.lire(cle) as dossier:
        leaving = dossier.stagiaires[3].cle
    lot = split_now(bureau, cle)

    with parts_of(bureau, lot) as (first, second):
        assert names(first) == Counter(["Nom 0", "Nom 1"])
        assert names(second) == Counter(["Nom 2", "Nom 3"])
        assert [one.jeton for one in second.stagiaires] == [f"{2:032x}", f"{3:032x}"]
        rows = _history(bureau, first, f"stagiaires/{leaving}")
        assert [row.valeur["present"] for row in rows] == [True, False]


def test_the_same_form_twice_makes_one_lot(bureau: Bureau) -> None:
    cle, jeton = crowd(bureau, 87), uuid4().hex

    assert split_now(bureau, cle, jeton) == split_now(bureau, cle, jeton)
    with bureau.database.reading() as session:
        assert len(session.scalars(select(Dossier)).all()) == 3


def test_a_form_posted_again_after_the_lot_doubles_nobody(bureau: Bureau) -> None:
    cle, jeton = crowd(bureau, 30), uuid4().hex
    bureau.inscrire(cle, {"nom_naissance": ("Trente et un",)}, jeton)
    lot = split_now(bureau, cle)

    with pytest.raises(Conflit, match="autre partie"):
        bureau.inscrire(cle, {"nom_naissance": ("Trente et un",)}, jeton)
    with bureau.charger(cle, Can.EDIT) as dossier:
        again = [person(rank) for rank in range(31)]
        # One of them has no birth date: only their form knows them.
        added = actions.add_people(bureau.rh, dossier, again[:30], MOST)
        assert (added.already, added.added) == (30, 0)
    with parts_of(bureau, lot) as parts:
        assert sum(len(one.stagiaires) for one in parts) == 31


def test_a_part_that_overflows_makes_more_parts_of_the_same_lot(bureau: Bureau) -> None:
    cle = crowd(bureau, 60)
    lot = split_now(bureau, cle)
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, [person(100), person(101)], MOST)

    assert split_now(bureau, cle) == lot
    with parts_of(bureau, lot) as parts:
        assert [(one.part, len(one.stagiaires)) for one in parts] == [(1, 30), (2, 30), (3, 2)]


def test_by_etablissement_each_part_gets_its_own(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    annexe = bureau.societe.annexe.siret
    people = [person(rank, **({"affectation": annexe} if rank < 5 else {})) for rank in range(40)]
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, people, MOST)
        plan(dossier, Mode.ETABLISSEMENT, 0, {})

    lot = split_now(bureau, cle)
    with parts_of(bureau, lot) as parts:
        assert [(one.etablissement.enseigne, len(one.stagiaires)) for one in parts] == [
            ("Le siège", 18),
            ("Le siège", 17),
            ("L’annexe", 5),
        ]
        assert parts[2].reponses["etablissement"] == annexe


def test_an_etablissement_where_one_may_not_enter_data_is_not_given(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    annexe = bureau.societe.annexe.siret
    people = [person(rank, **({"affectation": annexe} if rank < 5 else {})) for rank in range(40)]
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, people, MOST)
        plan(dossier, Mode.ETABLISSEMENT, 0, {})
    with bureau.database.transaction():
        limited = bureau.societe.person("Durand", siret=bureau.societe.siege.siret)

    lot = split_now(bureau, cle, acteur=limited)
    with parts_of(bureau, lot) as parts:
        assert {one.etablissement.enseigne for one in parts} == {"Le siège"}


def test_nothing_is_made_of_an_empty_part_or_of_an_amount_nobody_can_read(bureau: Bureau) -> None:
    cle = crowd(bureau, 4)
    with bureau.charger(cle, Can.EDIT) as dossier:
        known = [one.cle for one in dossier.stagiaires]
        plan(dossier, Mode.EQUILIBRER, 2, dict.fromkeys(known, 1))
    before = bureau.photo()
    with pytest.raises(Refuse, match="La partie 2 n’a personne"):
        split_now(bureau, cle)
    assert bureau.photo() == before

    budget(bureau, cle, transport_montant="cent euros")
    before = bureau.photo()
    with bureau.charger(cle, Can.EDIT) as dossier:
        plan(dossier, Mode.EQUILIBRER, 2, {})
    with pytest.raises(Refuse, match="Transport"):
        split_now(bureau, cle)
    with bureau.lire(cle) as dossier:
        assert dossier.lot_id is None


def test_more_than_fifty_parts_go_to_the_directory_first(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    with pytest.raises(TropNombreux, match="annuaire"), bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, [person(rank) for rank in range(1501)], MOST)
    with bureau.lire(cle) as dossier:
        assert dossier.en_attente == []


def test_one_dossier_again_when_everybody_fits(bureau: Bureau) -> None:
    cle = crowd(bureau, 32)
    with pytest.raises(Refuse, match="30 salariés au plus"), bureau.ouvrir(cle) as dossier:
        gather(bureau.rh, dossier, MOST)
    with bureau.ouvrir(cle) as dossier:
        plan(dossier, Mode.REMPLIR, 2, {})
        drop_waiting(bureau.rh, dossier, dossier.en_attente[:2])
        gather(bureau.rh, dossier, MOST)

    with bureau.lire(cle) as dossier:
        assert (len(dossier.stagiaires), dossier.en_attente) == (30, [])
        assert dossier.nb_stagiaires == 30
    with bureau.database.reading() as session:
        assert session.scalars(select(Repartition)).all() == []


def _lot_of(bureau: Bureau, complete: bool = True, people: int = 40) -> str:
    return split_now(bureau, crowd(bureau, people, complete))


def test_modify_everywhere_reaches_unsent_parts_but_for_what_is_their_own(bureau: Bureau) -> None:
    lot = _lot_of(bureau, people=70)
    typed = {
        "peda_base": ("forfait",),
        "peda_prix": ("99",),
        "transport_montant": ("1",),
        "cofinanceur": ("Département",),
    }
    with parts_of(bureau, lot) as parts:
        asked = [one.reponses["transport_montant"] for one in parts]
    with bureau.database.transaction() as session:
        found = session.scalars(select(Lot).where(Lot.cle == lot)).one()
        unsent = lots.allowed(bureau.rh, found, Can.EDIT, lock=True)
        step = declaration(unsent[0]).step("budget")
        assert step
        told = effect(unsent[0], step.questions, typed, {})
        assert [(one.question.name, one.after.value) for one in told] == [
            ("peda_base", "forfait"),
            ("cofinanceur", "Département"),
        ]
        shown = [(one, one.revision) for one in unsent]
        done = change_everywhere(bureau.rh, shown, step.questions, typed, {})
        assert [saved.changed for _, saved in done] == [True] * 3

    with parts_of(bureau, lot) as parts:
        assert {str(one.reponses["cofinanceur"]) for one in parts} == {"Département"}
        assert [one.reponses["transport_montant"] for one in parts] == asked
        assert {one.reponses["peda_prix"] for one in parts} == {12345}


def test_modify_everywhere_leaves_what_a_colleague_changed_meanwhile(bureau: Bureau) -> None:
    lot = _lot_of(bureau)
    with parts_of(bureau, lot) as parts:
        shown = {one.cle: one.revision for one in parts}
        second = parts[1].cle
    marie = bureau.collegue("Marie")
    bureau.saisir(second, "formation", {"intitule": ("Le titre de Marie",)}, marie)

    typed = {"intitule": ("Le mien",), "objectif": ("Le même",)}
    with bureau.database.transaction() as session:
        found = session.scalars(select(Lot).where(Lot.cle == lot)).one()
        step = declaration(found.dossiers[0]).step("formation")
        assert step
        unsent = lots.allowed(bureau.rh, found, Can.EDIT, lock=True)
        done = change_everywhere(
            bureau.rh, [(one, shown[one.cle]) for one in unsent], step.questions, typed, {}
        )
        assert [list(saved.contested) for _, saved in done] == [[], ["intitule"]]
    with parts_of(bureau, lot) as parts:
        assert [one.intitule for one in parts] == ["Le mien", "Le titre de Marie"]
        assert {one.reponses["objectif"] for one in parts} == {"Le même"}


def test_what_was_not_touched_in_the_form_is_not_a_change(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.lire(cle) as dossier:
        revision = dossier.revision
    bureau.saisir(cle, "formation", {"intitule": ("Autre titre",)})

    with bureau.lire(cle) as dossier:
        shown = answers_at(dossier, ["intitule", "objectif"], revision)
        step = declaration(dossier).step("formation")
        assert step
        before = saisies.pdc()["formation"]
        typed = {"intitule": before["intitule"], "objectif": ("Nouvel objectif",)}
        assert list(changed(shown, step.questions, typed, {})) == ["objectif"]


def send(bureau: Bureau, lot: str) -> None:
    with bureau.database.transaction() as session:
        found = session.scalars(select(Lot).where(Lot.cle == lot)).one()
        submit_together(bureau.rh, lots.allowed(bureau.rh, found, Can.SUBMIT, lock=True), True)


def test_parts_are_sent_together_or_not_at_all(bureau: Bureau) -> None:
    lot = _lot_of(bureau, people=30)
    with parts_of(bureau, lot) as parts:
        ready = [one.cle for one in parts if not lots.blocking(one)]
    assert ready == []
    cle = bureau.complet("Autre")
    with bureau.lire(cle) as dossier:
        asked = {question.name for question in declaration(dossier).personnes.questions}
    second = saisies.salarie("Second")
    bureau.inscrire(cle, {name: raw for name, raw in second.items() if name in asked})
    lot = split_now(bureau, cle)

    send(bureau, lot)
    with parts_of(bureau, lot) as parts:
        assert [one.statut for one in parts] == [Statut.TRANSMIS] * 2
        assert len({one.numero for one in parts}) == 2


def test_one_incomplete_part_keeps_the_others_from_being_sent_by_the_same_press(
    bureau: Bureau,
) -> None:
    cle = bureau.complet("Autre")
    bureau.inscrire(cle, {"nom_naissance": ("Sans rien",)})
    lot = split_now(bureau, cle)

    with pytest.raises(Incomplet):
        send(bureau, lot)
    with parts_of(bureau, lot) as parts:
        assert [one.statut for one in parts] == [Statut.BROUILLON] * 2


def test_only_visible_parts_count(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    annexe = bureau.societe.annexe.siret
    people = [person(rank, **({"affectation": annexe} if rank < 5 else {})) for rank in range(20)]
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, people, MOST)
        plan(dossier, Mode.ETABLISSEMENT, 0, {})
    budget(bureau, cle)
    lot = split_now(bureau, cle)
    with bureau.database.transaction():
        limited = bureau.societe.person("Durand", siret=annexe)
        nobody = bureau.societe.person("Petit", siret="00572078499999")

    with bureau.database.reading() as session:
        found = session.scalars(select(Lot).where(Lot.cle == lot)).one()
        whole, part = lots.bilan(bureau.rh, found), lots.bilan(limited, found)
        assert (whole.people, part.people) == (20, 5)
        assert [one.part for one in part.parties] == [2]
        assert 0 < part.demande < whole.demande
        assert [one.people for one in lots.page_of(limited).rows] == [5]
        assert lots.page_of(nobody).rows == []
        assert session.execute(policy.visible(nobody, Lot)).all() == []


def test_the_list_of_lots_goes_page_by_page(bureau: Bureau) -> None:
    keys = [split_now(bureau, crowd(bureau, 2)) for _ in range(26)]

    with bureau.database.reading():
        first = lots.page_of(bureau.rh)
        assert [one.lot.cle for one in first.rows] == keys[:0:-1]
        assert first.previous is None
        second = lots.page_of(bureau.rh, after=first.following or "")
        assert [one.lot.cle for one in second.rows] == keys[:1]
        assert second.following is None
        back = lots.page_of(bureau.rh, before=second.previous or "")
        assert [one.lot.cle for one in back.rows] == [one.lot.cle for one in first.rows]
        assert back.previous is None


def test_choices_follow_the_rights(bureau: Bureau) -> None:
    """Nothing of what the lot does needs more than the right to enter data."""
    with bureau.database.transaction():
        limited = bureau.societe.person("Durand", siret=bureau.societe.siege.siret)
        assert not limited.administrateur
        assert choices.lists(limited, "PDC")
    cle = crowd(bureau, 31)
    assert split_now(bureau, cle, acteur=limited)
