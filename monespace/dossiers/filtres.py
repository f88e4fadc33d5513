"""The filters and sorts of the list of dossiers: one declaration for page, count and export."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, exists

from monespace.db import Json
from monespace.dossiers.models import Dossier, Recherche, Statut
from monespace.dossiers.states import PRESENTATION
from monespace.forms.kinds import Choice, Date, Siret, Text
from monespace.forms.questionnaire import Question, Values
from monespace.organisations.models import Etablissement
from monespace.pages import Sort
from monespace.recherche import terms

QUESTIONS = (
    Question("q", "Numéro, intitulé, salarié ou organisme", Text(200)),
    Question("dispositif", "Dispositif", Text(10), among="dispositifs"),
    Question(
        "statut", "État", Choice(*((statut.value, PRESENTATION[statut].label) for statut in Statut))
    ),
    Question("etablissement", "Établissement", Siret(), among="etablissements"),
    Question("debut_du", "Début à partir du", Date()),
    Question("debut_au", "Début jusqu’au", Date()),
)


SORTS = {
    "maj": Sort("Mis à jour", Dossier.maj_le, True),
    "intitule": Sort("Dossier", Dossier.tri_intitule, False),
    "debut": Sort("Début", Dossier.tri_debut, False),
    "demande": Sort("Demandé", Dossier.demande_cents, True),
    "accorde": Sort("Accordé", Dossier.accorde_cents, True),
}
DEFAULT_SORT = "maj"


@dataclass(frozen=True, slots=True)
class Filtre:
    """Which dossiers, in which order: canonical answers to QUESTIONS."""

    reponses: Mapping[str, Json] = field(default_factory=dict)
    tri: str = DEFAULT_SORT

    @property
    def sort(self) -> Sort:
        return SORTS.get(self.tri, SORTS[DEFAULT_SORT])

    @property
    def values(self) -> Values:
        return Values(QUESTIONS, self.reponses)

    def conditions(self) -> list[ColumnElement[bool]]:
        """What a dossier must meet, rights apart."""
        known = self.values
        conditions: list[ColumnElement[bool]] = []
        if known["dispositif"]:
            conditions.append(Dossier.dispositif == known["dispositif"])
        if known["statut"]:
            conditions.append(Dossier.statut == known["statut"])
        if known["etablissement"]:
            conditions.append(
                Dossier.etablissement.has(Etablissement.siret == known["etablissement"])
            )
        if known["debut_du"]:
            conditions.append(Dossier.date_debut >= known["debut_du"])
        if known["debut_au"]:
            conditions.append(Dossier.date_debut <= known["debut_au"])
        return conditions + [_mentions(term) for term in terms(known["q"] or "")]


def _mentions(term: str) -> ColumnElement[bool]:
    return exists().where(
        Recherche.dossier_id == Dossier.id, Recherche.texte.contains(term, autoescape=True)
    )
