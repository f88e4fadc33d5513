"""What a dispositif declares: its steps, its people, its pieces, its postes de coût, its rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monespace.argent import to_the_cent
from monespace.forms.questionnaire import Check, Question, Step, Values, When

# Projections every list knows how to sort, filter or show.
PROJECTIONS = frozenset(
    {"etablissement", "intitule", "date_debut", "date_fin", "duree", "prestataire_siret"}
    | {"prestataire_nom", "modalite", "organisation", "code_formation", "nda", "subrogation"}
    | {"reference_interne", "duree_distance"}
)


@dataclass(frozen=True, slots=True)
class Ligne:
    """The money asked for one poste: `demande` is `quantite` × `taux`, in euros before tax."""

    base: str
    quantite: Decimal
    taux: Decimal
    demande: Decimal
    tva: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Poste:
    """One poste de coût; `compute` reads it from the answers, None when nothing is asked for it."""

    code: str
    label: str
    compute: Callable[[Values, Sequence[Values]], Ligne | None]
    # Which of the three money columns of the listing it belongs to.
    family: str = "annexes"


@dataclass(frozen=True, slots=True)
class PieceAttendue:
    """A document the dossier takes, required whenever `asked_if` holds."""

    type: str
    label: str
    hint: str
    required: bool = True
    asked_if: When | None = None


@dataclass(frozen=True, slots=True)
class Personnes:
    """The people of a dossier: the step that takes them, what is asked of each."""

    step: str
    questions: tuple[Question, ...]
    checks: tuple[Check, ...] = ()
    # Columns of the table that lists them, by name of question.
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispositif:
    """One kind of funding, whole. The steps of pieces and of sending come after these."""

    code: str
    nom: str
    version: str
    prefixe: str
    description: str
    steps: tuple[Step, ...]
    personnes: Personnes
    pieces: tuple[PieceAttendue, ...]
    postes: tuple[Poste, ...]
    guide: str
    open_to_new: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for step in self.steps for question in step.questions)

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)

    def poste(self, code: str) -> Poste:
        return next(poste for poste in self.postes if poste.code == code)

    def projected(self, values: Values) -> Mapping[str, object]:
        """The answers that have a typed column, by name of projection."""
        return {
            question.projected_to: values[question.name]
            for question in self.questions
            if question.projected_to
        }

    def lignes(self, values: Values, stagiaires: Sequence[Values]) -> dict[str, Ligne]:
        """What is asked for each poste, in the order of the declaration."""
        found = {poste.code: poste.compute(values, stagiaires) for poste in self.postes}
        return {code: ligne for code, ligne in found.items() if ligne is not None}


def forfait(question: str) -> Callable[[Values, Sequence[Values]], Ligne | None]:
    """A poste asked as one amount."""

    def compute(values: Values, stagiaires: Sequence[Values]) -> Ligne | None:
        amount: Decimal | None = values[question]
        return None if amount is None else Ligne("forfait", Decimal(1), amount, amount)

    return compute


def quantity_at(
    base: str, quantity: str, price: str
) -> Callable[[Values, Sequence[Values]], Ligne | None]:
    """A poste asked as a number of `base` (nuit, repas, mois…) at a unit price."""

    def compute(values: Values, stagiaires: Sequence[Values]) -> Ligne | None:
        number, unit_price = values[quantity], values[price]
        if number is None or unit_price is None:
            return None
        return Ligne(base, Decimal(number), unit_price, to_the_cent(Decimal(number) * unit_price))

    return compute
