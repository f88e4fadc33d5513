"""A duplicate: another brouillon, with what is worth copying, whatever became of the first."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from monespace import journal
from monespace.dossiers import dispositifs
from monespace.dossiers.actions.copie import duplicate
from monespace.dossiers.completude import lacunes
from monespace.dossiers.models import Dossier, Modification, Statut
from monespace.policy import Can
from monespace.refus import Conflit, Refuse
from tests.dossiers.bureau import Bureau, at_once

EMPTIED = {"date_debut", "date_fin", "reference_interne"}


def copy(
    bureau: Bureau, cle: str, jeton: str = "", people: bool = True, pieces: bool = True
) -> str:
    with bureau.charger(cle, Can.DUPLICATE) as dossier:
        return duplicate(bureau.rh, dossier, jeton or uuid4().hex, people, pieces).cle


def test_what_is_copied_and_what_is_emptied(bureau: Bureau) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, "entreprise", {"reference_interne": ("RH-1",)})
    made = copy(bureau, cle)

    with bureau.lire(cle) as first:
        answers, person = dict(first.reponses), first.stagiaires[0]
        files = [one.fichier for one in first.pieces]
    with bureau.lire(made) as second:
        assert second.copie_de_id == first.id
        assert second.reference != first.reference
        assert (second.statut, second.numero, second.lot_id) == (Statut.BROUILLON, None, None)
        assert answers.keys() >= EMPTIED
        assert second.reponses == {k: v for k, v in answers.items() if k not in EMPTIED}
        there = second.stagiaires[0]
        assert "boeth" not in there.reponses
        assert there.reponses == {k: v for k, v in person.reponses.items() if k != "boeth"}
        assert there.cle != person.cle
        assert [one.fichier for one in second.pieces] == files
        assert second.demande_cents == first.demande_cents
        lacks = {one.manque.question for one in lacunes(second) if one.manque.blocks}
        assert lacks == {"date_debut", "date_fin"}


@pytest.mark.parametrize(("people", "pieces"), [(True, False), (False, True), (False, False)])
def test_people_and_pieces_are_taken_or_not(bureau: Bureau, people: bool, pieces: bool) -> None:
    made = copy(bureau, bureau.complet(), people=people, pieces=pieces)

    with bureau.lire(made) as second:
        assert bool(second.stagiaires) is people
        assert bool(second.pieces) is pieces
        assert second.nb_stagiaires == len(second.stagiaires)


def test_a_dossier_is_duplicated_in_any_state_and_does_not_change(bureau: Bureau) -> None:
    for cle in (bureau.transmis("Un"), bureau.en_instruction()):
        with bureau.lire(cle) as dossier:
            before = (dossier.statut, dossier.revision, dossier.maj_le, dossier.reponses)
        copy(bureau, cle)
        with bureau.lire(cle) as dossier:
            assert before == (dossier.statut, dossier.revision, dossier.maj_le, dossier.reponses)


def test_one_token_makes_one_even_at_once(bureau: Bureau) -> None:
    cle, jeton = bureau.complet(), uuid4().hex

    assert len(set(at_once([lambda: copy(bureau, cle, jeton)] * 6))) == 1
    with bureau.database.reading() as session:
        assert len(session.scalars(select(Dossier)).all()) == 2


def test_the_token_of_somebody_else_makes_nothing(bureau: Bureau) -> None:
    cle, jeton = bureau.complet(), uuid4().hex
    copy(bureau, cle, jeton)
    other = bureau.collegue("Durand")

    with pytest.raises(Conflit), bureau.ouvrir(cle) as dossier:
        duplicate(other, dossier, jeton, True, True)


def test_the_history_of_the_new_one_begins_with_its_author(bureau: Bureau) -> None:
    cle = bureau.complet()
    marie = bureau.collegue("Marie")
    with bureau.ouvrir(cle) as dossier:
        made = duplicate(marie, dossier, uuid4().hex, True, False).cle

    with bureau.lire(made) as second, bureau.database.reading() as session:
        rows = session.scalars(select(Modification).where(Modification.dossier_id == second.id))
        told = {row.chemin: (row.auteur_id, row.revision) for row in rows}
        assert set(told.values()) == {(marie.utilisateur_id, 1)}
        assert {"intitule", f"stagiaires/{second.stagiaires[0].cle}"} <= told.keys()
        assert [one.acte for one in journal.history(second)] == ["dupliquer"]


def test_what_could_not_be_read_is_copied_as_it_was_typed(bureau: Bureau) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, "budget", {"transport_montant": ("cent euros",)})

    with bureau.lire(copy(bureau, cle)) as second:
        assert second.saisies["transport_montant"]


def test_a_closed_dispositif_says_so(bureau: Bureau) -> None:
    cle = bureau.complet()
    catalogue = dispositifs.catalogue()
    known = catalogue["PDC"]
    catalogue["PDC"] = replace(known, open_to_new=False)
    try:
        with pytest.raises(Refuse, match="n’accepte plus de demandes"):
            copy(bureau, cle)
    finally:
        catalogue["PDC"] = known
