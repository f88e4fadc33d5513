"""Headings: whatever their order, their case, their accents and the lines above them."""

import pytest

from monespace.tableur.entetes import Plan, normalised, planned, recognise
from monespace.tableur.feuilles import Feuille, Feuilles, Valeur
from monespace.tableur.lecture import read_text
from tests.support.classeurs import (
    ENTETES,
    avec_titres,
    de_paie,
    equipe_87,
    inconnu,
    libreoffice,
    personnes,
)
from tests.tableur.lus import QUESTIONS, lu


def plan_de(colle: str) -> tuple[int, dict[int, str]]:
    plan = recognise(read_text(colle), QUESTIONS, {})
    return plan.entete, dict(plan.colonnes)


@pytest.mark.parametrize(
    ("entete", "normal"),
    [
        ("Date de naissance * (JJ/MM/AAAA)", "date naissance"),
        ("  NOM  (obligatoire) ", "nom"),
        ("Né(e) le", "ne"),
        ("N° Matricule", "n matricule"),
        ("NuméroMatricule", "n matricule"),
        ("date_naissance", "date naissance"),
        ("% temps", "pourcent temps"),
        ("Adresse\ne-mail", "adresse e mail"),
        ("le", "le"),
        ("***", ""),
        ("x" * 300, "x" * 100),
    ],
)
def test_normalised(entete: str, normal: str) -> None:
    assert normalised(entete) == normal


@pytest.mark.parametrize(
    ("entete", "question"),
    [
        ("NOM", "nom_naissance"),
        ("Nom du salarié", "nom_naissance"),
        ("Nom de famille :", "nom_naissance"),
        ("prenom", "prenom"),
        ("Prénom du stagiaire", "prenom"),
        ("DDN", "naissance"),
        ("Née le", "naissance"),
        ("DateNaissance", "naissance"),
        ("EMAIL", "courriel"),
        ("Adresse mail", "courriel"),
        ("Tél.", "telephone"),
        ("SIRET établissement", "etablissement"),
        ("N° matricule", "matricule"),
        ("Catégorie socio-professionnelle", "csp"),
        ("Poste", "emploi"),
        ("nom_usage", "nom_usage"),
    ],
)
def test_what_people_write_above_a_column(entete: str, question: str) -> None:
    assert plan_de(f"{entete}\tXyz\nA\tB") == (1, {0: question})


def test_two_columns_for_one_question_the_surer_then_the_first() -> None:
    colle = "Nom\tNom de naissance\tMail\tE-mail\nA\tB\tc@d.fr\te@f.fr"
    assert plan_de(colle) == (1, {1: "nom_naissance", 2: "courriel"})
    feuilles = read_text(colle)
    plan = recognise(feuilles, QUESTIONS, {})
    assert plan.unknown(feuilles) == [(0, "Nom"), (3, "E-mail")]


def test_two_lines_of_headings() -> None:
    assert plan_de("Date de;Nom de;Prénom\nnaissance;naissance;\n1/2/1990;A;B") == (
        2,
        {0: "naissance", 1: "nom_naissance", 2: "prenom"},
    )


def test_a_group_above_tells_whose_name_it_is() -> None:
    colle = "Responsable;;Salarié;;\nNom;E-mail;Nom;Prénom;Né le\nX;x@y.fr;A;B;1/2/1990"
    assert plan_de(colle) == (2, {2: "nom_naissance", 3: "prenom", 4: "naissance"})


def test_no_headings_at_all() -> None:
    feuilles = read_text("Martin;Julie;01/02/1990\nDurand;Paul;01/02/1991")
    plan = recognise(feuilles, QUESTIONS, {})
    assert (plan.entete, dict(plan.colonnes)) == (0, {})
    assert plan.entetes(feuilles) == [(0, "Colonne A"), (1, "Colonne B"), (2, "Colonne C")]


def test_unknown_headings_are_found_and_remembered() -> None:
    feuilles = lu(inconnu())
    plan = recognise(feuilles, QUESTIONS, {})
    assert (plan.entete, dict(plan.colonnes)) == (1, {})
    assert len(plan.unknown(feuilles)) == len(ENTETES)
    told = {normalised("ZC3_LIB"): "nom_naissance", normalised("zc4 lib"): "prenom"}
    told |= {normalised("ZC1_LIB"): "", "zc9 lib": "question d'hier"}
    plan = recognise(feuilles, QUESTIONS, told)
    assert dict(plan.colonnes) == {1: "", 3: "nom_naissance", 4: "prenom"}
    assert 1 not in dict(plan.unknown(feuilles))


def test_what_was_told_by_hand_wins() -> None:
    feuilles = read_text("Nom;Usage\nA;B")
    told = {"nom": "nom_usage", "usage": "nom_naissance"}
    assert dict(recognise(feuilles, QUESTIONS, told).colonnes) == {
        0: "nom_usage",
        1: "nom_naissance",
    }


def test_lines_of_title_above() -> None:
    feuilles = lu(avec_titres())
    plan = recognise(feuilles, QUESTIONS, {})
    assert plan.entete == 4
    assert plan.unknown(feuilles) == []


@pytest.mark.parametrize("contenu", [de_paie(), equipe_87(), libreoffice([ENTETES, *personnes(9)])])
def test_every_column_of_every_hand(contenu: bytes) -> None:
    feuilles = lu(contenu)
    plan = recognise(feuilles, QUESTIONS, {})
    assert plan.entete == 1
    assert plan.unknown(feuilles) == []
    assert "" not in plan.colonnes.values()


def test_the_best_sheet() -> None:
    notes: list[list[Valeur]] = [["Nom", "Remarque"]]
    notes += [["A", "b"] for _ in range(50)]
    people: list[list[Valeur]] = [["Nom", "Prénom", "Né le"], ["A", "B", "1/2/1990"]]
    feuilles = Feuilles("xlsx", (Feuille("Notes", notes), Feuille("Gens", people)))
    assert recognise(feuilles, QUESTIONS, {}).feuille == 1


def test_the_column_to_correct_is_never_read() -> None:
    feuilles = read_text("Nom;À corriger;Prénom\nA;faux;B")
    plan = recognise(feuilles, QUESTIONS, {})
    assert dict(plan.colonnes) == {0: "nom_naissance", 1: "", 2: "prenom"}
    assert plan.unknown(feuilles) == []


def test_a_person_says_which_line_and_which_sheet() -> None:
    feuilles = read_text("Nom;Prénom\nNom d’usage;Prénom usuel\nA;B")
    plan = planned(feuilles, 0, 2, QUESTIONS, {})
    assert (plan.entete, dict(plan.colonnes)) == (2, {0: "nom_usage", 1: "prenom"})
    assert planned(feuilles, 0, 0, QUESTIONS, {}) == Plan(0, 0)


def test_kept_in_json() -> None:
    plan = Plan(1, 4, {0: "nom", 3: ""}, 2)
    assert Plan.from_json(plan.as_json()) == plan
