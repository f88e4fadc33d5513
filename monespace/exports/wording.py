"""Exports in French: their states, and the filters they were asked with."""

from collections.abc import Iterator

from monespace.dossiers.filtres import QUESTIONS, Filtre
from monespace.dossiers.states import Presentation
from monespace.exports.models import EtatExport
from monespace.forms.answers import Answer
from monespace.forms.fields import Lists, kind_of

PRESENTATION = {
    EtatExport.EN_FILE: Presentation("En attente", "neutral", "ring-dashed"),
    EtatExport.EN_COURS: Presentation("En préparation", "info", "ring"),
    EtatExport.PRET: Presentation("Prêt", "ok", "dot"),
    EtatExport.ECHEC: Presentation("Échec", "err", "square"),
    EtatExport.EXPIRE: Presentation("Expiré", "neutral", "bar"),
}


def told(filtre: Filtre, lists: Lists) -> Iterator[tuple[str, str]]:
    """Each criterion and its value, as the list of dossiers shows them."""
    values = filtre.values
    for question in QUESTIONS:
        if values[question.name] is not None:
            kind = kind_of(question, lists, Answer(filtre.reponses[question.name]))
            yield question.label, kind.text(values[question.name])
