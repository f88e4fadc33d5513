"""What an import takes people into, the directory or a dossier, and what it asks of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from monespace.acteur import Acteur, Verbe
from monespace.dossiers import choices
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.fields import Lists
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Etablissement
from monespace.refus import Interdit
from monespace.salaries import queries as annuaire
from monespace.salaries.fiche import FICHE, IDENTITE

NAMES = tuple(name for name in IDENTITE if name != "naissance")
PLACE = "etablissement"
NOWHERE = (
    "Vous n’avez le droit d’enregistrer des salariés pour aucun établissement\u00a0: rien n’a été "
    "importé. Demandez ce droit à un administrateur de votre entreprise."
)


@dataclass(frozen=True, slots=True)
class Cible:
    """The questions that columns may answer, and those without which nobody is taken.

    `places` are the établissements whose directory this person may write in.
    """

    questions: tuple[Question, ...]
    required: tuple[str, ...]
    lists: Lists
    places: Sequence[Etablissement] = ()
    dossier: Dossier | None = None
    # Of a dossier: those of `questions` that its people keep.
    kept: frozenset[str] = field(default_factory=frozenset)

    def place_of(self, siret: str) -> Etablissement | None:
        """The établissement of that SIRET, if its directory may be written in."""
        return next((one for one in self.places if one.siret == siret), None)


def cible_of(acteur: Acteur, dossier: Dossier | None) -> Cible:
    """What is asked of the people of that dossier, or of the directory.

    Raise Interdit for the directory of a company where this person may write nowhere.
    """
    places = annuaire.places(acteur, Verbe.SAISIR)
    if dossier is None:
        if not places:
            raise Interdit(NOWHERE)
        return Cible(FICHE.questions, IDENTITE, annuaire.lists(acteur), places)
    own = declaration(dossier).personnes.questions
    kept = frozenset(question.name for question in own)
    # A dossier asks for the établissement under its own name.
    more = (one for one in FICHE.questions if one.name not in kept and one.name != PLACE)
    return Cible(
        (*own, *more),
        tuple(name for name in NAMES if name in kept),
        choices.lists(acteur, dossier.dispositif),
        places,
        dossier,
        kept,
    )
