"""What a dossier still lacks, step by step: read by the wizard, the home and the sending alike."""

from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass

from monespace.dossiers.declaration import PieceAttendue
from monespace.dossiers.models import Dossier, EnAttente, Piece, Stagiaire
from monespace.dossiers.reading import declaration, values, values_of
from monespace.forms.questionnaire import Manque, Step, missing

PIECES = "pieces"
ENVOI = "envoi"
# What a lack is about when people wait for a place: no question, a page of its own.
EN_ATTENTE = "en_attente"


@dataclass(frozen=True, slots=True)
class Lacune:
    """One lack, and where to go to mend it."""

    step: str
    manque: Manque
    stagiaire: Stagiaire | None = None

    @property
    def sentence(self) -> str:
        """«Nom: message», with the person's name when it is about one."""
        about = f"{name_of(self.stagiaire)}, " if self.stagiaire else ""
        label = f"{about}{self.manque.label}" if self.manque.label else about.rstrip(", ")
        return f"{label}\u00a0: {self.manque.message}" if label else self.manque.message


@dataclass(frozen=True, slots=True)
class Avancement:
    """One step and what it lacks."""

    name: str
    title: str
    lacunes: tuple[Lacune, ...]

    @property
    def blocking(self) -> tuple[Lacune, ...]:
        return tuple(lacune for lacune in self.lacunes if lacune.manque.blocks)

    @property
    def faults(self) -> int:
        """How many answers were typed and cannot be used."""
        return sum(lacune.manque.typed for lacune in self.blocking)


def progress(dossier: Dossier) -> list[Avancement]:
    """Every step of the dossier in order, pieces last, with what each lacks."""
    dispositif = declaration(dossier)
    steps = [
        Avancement(step.name, step.title, tuple(_of_step(dossier, step)))
        for step in dispositif.steps
    ]
    return [*steps, Avancement(PIECES, "Pièces justificatives", tuple(_of_pieces(dossier)))]


def lacunes(dossier: Dossier) -> list[Lacune]:
    """Everything the dossier lacks, warnings included."""
    return [lacune for step in progress(dossier) for lacune in step.lacunes]


def expected_pieces(dossier: Dossier) -> list[tuple[PieceAttendue, Piece | None]]:
    """The pieces that apply to this dossier, each with the one that was joined."""
    current = {piece.type: piece for piece in dossier.pieces if piece.remplacee_le is None}
    return [
        (expected, current.get(expected.type))
        for expected in declaration(dossier).pieces
        if expected.asked_if is None or expected.asked_if.holds(dossier.reponses)
    ]


def name_of(stagiaire: Stagiaire | EnAttente) -> str:
    """How a person is called on screen, even before their name is typed."""
    typed = values_of(stagiaire)
    last = typed.get("nom_usage") or typed.get("nom_naissance")
    name = " ".join(part for part in (typed.get("prenom"), last) if part)
    if isinstance(stagiaire, EnAttente):
        return name or "Salarié sans nom"
    return name or f"Salarié n°\u00a0{stagiaire.rang}"


def _of_step(dossier: Dossier, step: Step) -> Iterator[Lacune]:
    for manque in missing(step, dossier.reponses, dossier.saisies, values(dossier)):
        yield Lacune(step.name, manque)
    personnes = declaration(dossier).personnes
    if step.name != personnes.step:
        return
    if not dossier.stagiaires and not dossier.en_attente:
        yield Lacune(step.name, Manque("", "", "Ajoutez au moins un salarié.", False))
    if dossier.en_attente:
        yield Lacune(step.name, Manque(EN_ATTENTE, "", _waiting(len(dossier.en_attente)), False))
    each = Step(step.name, step.title, personnes.questions, personnes.checks)
    for stagiaire in dossier.stagiaires:
        answers = ChainMap(stagiaire.reponses, dossier.reponses)
        for manque in missing(each, answers, stagiaire.saisies, values_of(stagiaire)):
            yield Lacune(step.name, manque, stagiaire)


def _waiting(people: int) -> str:
    if people == 1:
        return "Une personne attend une place\u00a0: répartissez les salariés."
    return f"{people} personnes attendent une place\u00a0: répartissez les salariés."


def _of_pieces(dossier: Dossier) -> Iterator[Lacune]:
    for expected, piece in expected_pieces(dossier):
        if expected.required and piece is None:
            yield Lacune(
                PIECES, Manque(f"piece_{expected.type}", expected.label, "à joindre", False)
            )
