"""Lines of cells: answers, and sentences that name the column as it was written."""

from datetime import date

import pytest

from monespace.tableur.entetes import Plan
from monespace.tableur.feuilles import Defaut, Feuille, Feuilles
from monespace.tableur.lecture import read_text
from tests.support.classeurs import (
    ENTETES,
    FAUTES,
    SIEGE,
    avec_titres,
    csv_de,
    de_paie,
    equipe_87,
    libreoffice,
    personnes,
)
from tests.tableur.lus import lignes, lu, valeurs

TOUTES = {
    *("etablissement", "matricule", "civilite", "nom_naissance", "prenom", "naissance", "sexe"),
    *("courriel", "telephone", "csp", "contrat", "emploi", "diplome"),
}


@pytest.mark.parametrize(
    "contenu",
    [
        avec_titres(12),
        libreoffice([ENTETES, *personnes(12)]),
        csv_de([ENTETES, *personnes(12)], ";", "cp1252"),
    ],
)
def test_the_same_people_whatever_the_file(contenu: bytes) -> None:
    found = lignes(lu(contenu))
    assert len(found) == 12
    assert all(not one.faults and set(one.answers) == TOUTES for one in found)
    assert valeurs(found[1]) == valeurs(lignes(lu(equipe_87({})))[1])


def test_what_a_payroll_writes() -> None:
    found = lignes(lu(de_paie()))
    assert [one.faults for one in found] == [()] * 12
    assert valeurs(found[0]) == {
        "nom_naissance": "BENALI A",
        "prenom": "NORA",
        "naissance": "1960-01-01",
        "sexe": "f",
        "matricule": "0",
        "etablissement": "99900100100026",
        "emploi": "SERVEUR",
        "contrat": "cdi",
        "civilite": "mme",
        "csp": "cadre",
        "diplome": "4",
    }


def test_each_fault_names_its_column() -> None:
    found = lignes(lu(equipe_87()))
    wrong = {one.numero: one for one in found if one.faults}
    assert (len(found), set(wrong)) == (87, set(FAUTES))
    for numero, (entete, _) in FAUTES.items():
        ((name, sentence),) = wrong[numero].faults
        assert f"«\u00a0{entete}\u00a0»\u00a0: " in sentence
        assert sentence.startswith(f"Colonne {chr(65 + ENTETES.index(entete))}, ")
        assert wrong[numero].answers[name].error
        assert wrong[numero].answers[name].value is None


def test_blank_lines_and_blank_cells_give_nothing() -> None:
    found = lignes(read_text("Nom;Prénom;Note\n\nA; ;x\n;;seulement une note\nB;C;\n"))
    assert [(one.numero, valeurs(one)) for one in found] == [
        (3, {"nom_naissance": "A"}),
        (5, {"nom_naissance": "B", "prenom": "C"}),
    ]


def test_a_total_is_a_line_to_correct_and_not_a_person() -> None:
    found = lignes(read_text("Nom;Né le\nA;01/02/1990\nTotal;1"))
    assert [bool(one.faults) for one in found] == [False, True]


def test_a_cell_that_gives_no_value_says_why() -> None:
    told = "Cette cellule affiche #REF!. Corrigez sa formule ou tapez la valeur."
    feuille = Feuille("F", [["Nom", "Prénom"], ["A", Defaut("#REF!", told)], ["", Defaut("", "x")]])
    (found,) = lignes(Feuilles("xlsx", (feuille,)))
    assert found.faults == (("prenom", f"Colonne B, «\u00a0Prénom\u00a0»\u00a0: {told}"),)
    assert found.answers["prenom"].raw == ("#REF!",)


def test_serial_numbers_from_1904() -> None:
    feuille = Feuille("F", [["Nom", "Né le"], ["A", 32958.0], ["B", date(1994, 3, 27)]])
    found = lignes(Feuilles("xlsx", (feuille,), depuis_1904=True))
    assert [valeurs(one)["naissance"] for one in found] == ["1994-03-27"] * 2


def test_a_column_without_heading_is_named_by_its_letter() -> None:
    feuilles = read_text("Martin;32/01/1990\nDurand;01/02/1991")
    found = lignes(feuilles, Plan(0, 0, {0: "nom_naissance", 1: "naissance"}))
    assert [one.numero for one in found] == [1, 2]
    assert found[0].faults[0][1].startswith("Colonne B\u00a0: Indiquez un jour")


def test_true_is_not_one() -> None:
    feuille = Feuille("F", [["Nom", "Matricule"], ["A", 1.0], ["B", True]])
    found = lignes(Feuilles("xlsx", (feuille,)))
    assert [valeurs(one)["matricule"] for one in found] == ["1", "VRAI"]


def test_an_unknown_place_is_told() -> None:
    found = lignes(read_text(f"Nom;SIRET\nA;Siège, Lyon\nB;{SIEGE}\nC;73282932000074"))
    assert [bool(one.faults) for one in found] == [False, False, True]
