"""How the tests read: a file comes in, the cells or the sentence go out."""

import io
from collections.abc import Sequence

import pytest

from monespace.fichiers import FichierRefuse
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.salaries.fiche import FICHE
from monespace.tableur.entetes import Plan, recognise
from monespace.tableur.feuilles import Feuilles, Valeur
from monespace.tableur.lecture import read_file
from monespace.tableur.lignes import LigneLue, read_rows
from tests.support.classeurs import ANNEXE, SIEGE

QUESTIONS = FICHE.questions
LISTES: Lists = {
    "etablissements": (Option(SIEGE, "Siège, Lyon"), Option(ANNEXE, "Annexe, Villeurbanne"))
}


def lu(contenu: bytes, nom: str = "liste.xlsx") -> Feuilles:
    return read_file(nom, io.BytesIO(contenu))


def cellules(contenu: bytes, nom: str = "liste.xlsx") -> list[list[Valeur]]:
    """The cells of the first sheet."""
    return [list(ligne) for ligne in lu(contenu, nom).feuilles[0].lignes]


def refus(contenu: bytes, nom: str = "liste.xlsx") -> str:
    with pytest.raises(FichierRefuse) as refuse:
        lu(contenu, nom)
    return refuse.value.message


def lignes(feuilles: Feuilles, plan: Plan | None = None) -> Sequence[LigneLue]:
    plan = plan or recognise(feuilles, QUESTIONS, {})
    return list(read_rows(feuilles, plan, QUESTIONS, LISTES))


def valeurs(ligne: LigneLue) -> dict[str, object]:
    """The canonical answers of a line."""
    return {name: answer.value for name, answer in ligne.answers.items()}
