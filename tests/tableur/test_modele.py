"""The model workbook: every column is recognised, every list can be chosen from."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from monespace.dossiers.etapes.salaries import STAGIAIRES
from monespace.forms.questionnaire import Question
from monespace.tableur.entetes import recognise
from monespace.tableur.modele import AIDE, LISTES, template
from tests.support.classeurs import opened, personne, saved
from tests.tableur import lus
from tests.tableur.lus import QUESTIONS, lignes, lu, valeurs


@pytest.mark.parametrize("questions", [QUESTIONS, STAGIAIRES.questions])
def test_read_back_every_column_is_recognised(questions: tuple[Question, ...]) -> None:
    feuilles = lu(template("Salariés", questions, lus.LISTES))
    plan = recognise(feuilles, questions, {})
    assert feuilles.avis == ()
    assert (plan.feuille, plan.entete) == (0, 1)
    assert list(plan.colonnes.values()) == [question.name for question in questions]


def test_lists_dates_and_identifiers() -> None:
    workbook = openpyxl.load_workbook(BytesIO(template("Salariés", QUESTIONS, lus.LISTES)))
    sheet = workbook.worksheets[0]
    assert [one.title for one in workbook.worksheets] == ["Salariés", AIDE, LISTES]
    assert workbook[LISTES].sheet_state == "veryHidden"
    assert sheet.freeze_panes == "A2"
    validations = {str(one.sqref): one for one in sheet.data_validations.dataValidation}
    assert validations["A2:A10001"].formula1 == f"={LISTES}!$A$2:$A$3"
    assert [workbook[LISTES]["A2"].value, workbook[LISTES]["A3"].value] == [
        "Siège, Lyon",
        "Annexe, Villeurbanne",
    ]
    names = [question.name for question in QUESTIONS]
    formats = [
        sheet.column_dimensions[openpyxl.utils.get_column_letter(names.index(name) + 1)]
        for name in ("matricule", "etablissement", "naissance")
    ]
    assert [one.number_format for one in formats] == ["@", "@", "dd/mm/yyyy"]


def test_filled_in_by_choosing_in_the_lists() -> None:
    sheet = opened(template("Salariés", QUESTIONS, lus.LISTES))
    workbook = sheet.parent
    assert isinstance(workbook, openpyxl.Workbook)
    lists = workbook[LISTES]
    assert isinstance(lists, Worksheet)
    for column, question in enumerate(QUESTIONS, 1):
        chosen = lists.cell(2, column).value
        if chosen:
            sheet.cell(2, column).value = chosen
        elif question.name == "naissance":
            sheet.cell(2, column).value = personne(0)[5]
        elif question.name in ("nom_naissance", "prenom"):
            sheet.cell(2, column).value = question.name
    (found,) = lignes(lu(saved(workbook)))
    assert found.faults == ()
    assert valeurs(found) == {
        "etablissement": "99900100100018",
        "civilite": "mme",
        "nom_naissance": "nom_naissance",
        "prenom": "prenom",
        "naissance": "1960-01-01",
        "sexe": "f",
        "csp": "ouvrier_nq",
        "contrat": "cdi",
        "diplome": "0",
        "temps": "plein",
    }
