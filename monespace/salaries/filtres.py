"""The filters of the directory, and its one order: the names people go by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_

from monespace import horloge
from monespace.db import Json
from monespace.forms.kinds import Option, Siret, Text
from monespace.forms.questionnaire import Question, Values
from monespace.organisations.models import Etablissement
from monespace.pages import Sort
from monespace.recherche import terms
from monespace.salaries.models import Salarie

QUESTIONS = (
    Question("q", "Nom, prénom ou matricule", Text(200)),
    Question("etablissement", "Établissement", Siret(), among="etablissements"),
    Question("presence", "Présence", Text(10), among="presences"),
)
PRESENCES = (Option("partis", "Partis"), Option("tous", "Présents et partis"))
SORT = Sort("Salarié", Salarie.tri_nom, False)


@dataclass(frozen=True, slots=True)
class Filtre:
    """Which people: canonical answers to QUESTIONS. Those who left are not shown unless asked."""

    reponses: Mapping[str, Json] = field(default_factory=dict)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What somebody must meet, rights apart."""
        known = Values(QUESTIONS, self.reponses)
        conditions: list[ColumnElement[bool]] = []
        if known["presence"] != "tous":
            conditions.append(left() if known["presence"] == "partis" else present())
        if known["etablissement"]:
            conditions.append(
                Salarie.etablissement.has(Etablissement.siret == known["etablissement"])
            )
        return conditions + [
            Salarie.recherche.contains(term, autoescape=True) for term in terms(known["q"] or "")
        ]


def present() -> ColumnElement[bool]:
    """Still employed today: a departure told beforehand has not happened yet."""
    return or_(Salarie.parti_le.is_(None), Salarie.parti_le >= horloge.today())


def left() -> ColumnElement[bool]:
    return Salarie.parti_le < horloge.today()
