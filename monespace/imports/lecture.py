"""From a spreadsheet that was read to what it means: its columns, then its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from monespace.acteur import Acteur
from monespace.db import Json
from monespace.fichiers import FichierRefuse
from monespace.imports.apercu import apercu
from monespace.imports.cible import Cible
from monespace.imports.lignes import Ligne, understood
from monespace.imports.models import EtatImport
from monespace.imports.reconnaissance import recognised
from monespace.tableur.entetes import A_CORRIGER, Plan, normalised, planned, recognise
from monespace.tableur.feuilles import Feuilles, Valeur, blank, texte
from monespace.tableur.lignes import read_rows

# Beyond, a page would make its reader wait: the worker takes over.
MOST_AT_ONCE = 500

NO_ROW = (
    "Il n’y a aucune ligne sous les titres. Vérifiez que vos salariés sont bien dans ce que vous "
    "envoyez, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class Comprise:
    """What was understood of a spreadsheet, and which page comes next."""

    etat: EtatImport
    plan: Plan
    lignes: int
    # How many lines come after those that may be read.
    reste: int = 0
    apercu: dict[str, Json] = field(default_factory=dict)


def understand(
    acteur: Acteur,
    cible: Cible,
    feuilles: Feuilles,
    plan: Plan,
    here: bool,
) -> Comprise:
    """What the rows mean under `plan`. `here`: in a page, which leaves long files to the worker.

    Raise FichierRefuse when there is no row to read.
    """
    lignes, reste = count_rows(feuilles, plan), feuilles.feuilles[plan.feuille].reste
    if not lignes:
        raise FichierRefuse(NO_ROW)
    if to_link(cible, feuilles, plan):
        return Comprise(EtatImport.A_RELIER, plan, lignes, reste)
    if here and lignes > MOST_AT_ONCE:
        return Comprise(EtatImport.EN_LECTURE, plan, lignes, reste)
    read = recognised(acteur, cible, rows(cible, feuilles, plan))
    if not read:
        raise FichierRefuse(NO_ROW)
    shown = apercu(cible, read, feuilles.avis, unread(feuilles, plan))
    return Comprise(EtatImport.A_VERIFIER, plan, len(read), reste, shown)


def plan_of(cible: Cible, feuilles: Feuilles, remembered: Mapping[str, str]) -> Plan:
    """Which column is which question, from the headings alone."""
    return recognise(feuilles, cible.questions, remembered)


def plan_at(
    cible: Cible, feuilles: Feuilles, remembered: Mapping[str, str], feuille: int, entete: int
) -> Plan:
    """The same, on the sheet and the line of headings that somebody chose (0: no headings)."""
    return planned(feuilles, feuille, entete, cible.questions, remembered)


def rows(cible: Cible, feuilles: Feuilles, plan: Plan) -> list[Ligne]:
    """Every row, and how it stands beside the others. Looks at no database."""
    return understood(cible, read_rows(feuilles, plan, cible.questions, cible.lists))


def to_link(cible: Cible, feuilles: Feuilles, plan: Plan) -> bool:
    """Must somebody say what some columns are, before the rows can be read?"""
    return bool(plan.unknown(feuilles)) or bool(lacking(cible, plan))


def lacking(cible: Cible, plan: Plan) -> list[str]:
    """Labels of the questions without which nobody is taken, and that no column answers."""
    answered = set(plan.colonnes.values())
    return [
        question.label
        for question in cible.questions
        if question.name in cible.required and question.name not in answered
    ]


def unread(feuilles: Feuilles, plan: Plan) -> list[str]:
    """Headings of the columns that hold something and are not to be read."""
    return [heading for index, heading in columns(feuilles, plan) if not plan.colonnes.get(index)]


def columns(feuilles: Feuilles, plan: Plan) -> list[tuple[int, str]]:
    """The columns in which a row holds something, the portal's own apart."""
    bare = Plan(plan.feuille, plan.entete, {}, plan.hauteur)
    return [
        (index, heading)
        for index, heading in bare.unknown(feuilles)
        if normalised(heading) != normalised(A_CORRIGER)
    ]


def count_rows(feuilles: Feuilles, plan: Plan) -> int:
    """How many rows hold something."""
    return sum(any(not blank(valeur) for valeur in ligne) for ligne in _under(feuilles, plan))


def samples(feuilles: Feuilles, plan: Plan, column: int, most: int = 3) -> list[str]:
    """The first values of a column, as they were written."""
    found: list[str] = []
    for ligne in _under(feuilles, plan):
        valeur = ligne[column] if column < len(ligne) else None
        text = texte(valeur)
        if text and text not in found:
            found.append(text)
        if len(found) == most:
            break
    return found


def _under(feuilles: Feuilles, plan: Plan) -> Iterator[Sequence[Valeur]]:
    if plan.feuille < len(feuilles.feuilles):
        yield from feuilles.feuilles[plan.feuille].lignes[plan.entete :]
