"""Columns and questions linked by hand: what to offer, what was chosen, what to remember."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from monespace.imports.cible import Cible
from monespace.imports.lecture import columns, lacking, plan_at, samples
from monespace.tableur.entetes import Plan, normalised
from monespace.tableur.feuilles import Feuille, Feuilles

# Titles stand in the first lines; a person can name one of these.
DEEPEST_HEADING = 20


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column as it is asked about: `question` is what is known of it, `known` whether it is."""

    index: int
    entete: str
    exemples: Sequence[str]
    question: str
    known: bool


@dataclass(frozen=True, slots=True)
class Liaison:
    """What somebody says the columns are: `errors` are (message, field) and keep it from being."""

    plan: Plan
    linked: Mapping[str, str]
    errors: Sequence[tuple[str, str]] = ()


def shown(feuilles: Feuilles, plan: Plan) -> list[Colonne]:
    """The columns that hold something, in their order."""
    return [
        Colonne(
            index,
            heading,
            samples(feuilles, plan, index),
            plan.colonnes.get(index, ""),
            index in plan.colonnes,
        )
        for index, heading in columns(feuilles, plan)
    ]


def link(
    cible: Cible,
    feuilles: Feuilles,
    remembered: Mapping[str, str],
    place: tuple[int, int],
    chosen: Mapping[int, str],
) -> Liaison:
    """`place`: the sheet and its line of headings; `chosen`: column → question, "" not read."""
    names = {question.name for question in cible.questions}
    found = plan_at(cible, feuilles, remembered, *place)
    kept = {index: name for index, name in chosen.items() if name in names}
    # What the form does not name is not read: nothing is left unknown.
    plan = replace(
        found, colonnes={index: kept.get(index, "") for index, _ in found.entetes(feuilles)}
    )
    return Liaison(
        plan,
        _to_remember(cible, feuilles, remembered, plan),
        [*_twice(cible, plan), *_missing(cible, feuilles, plan)],
    )


def place_named(feuilles: Feuilles, feuille: str, entete: str, otherwise: Plan) -> tuple[int, int]:
    """The sheet and the line of headings that a form names, or those of the plan."""
    sheet = _whole(feuille, otherwise.feuille)
    if not 0 <= sheet < len(feuilles.feuilles):
        sheet = 0
    line = _whole(entete, otherwise.entete)
    return sheet, line if line <= len(feuilles.feuilles[sheet].lignes) else 0


def lines_to_choose(feuilles: Feuilles, feuille: int) -> list[tuple[int, str]]:
    """The first lines of the sheet, as (line of Excel, what begins it)."""
    lines = []
    for line, ligne in enumerate(feuilles.feuilles[feuille].lignes[:DEEPEST_HEADING], start=1):
        words = [str(valeur) for valeur in ligne if isinstance(valeur, str) and valeur.strip()]
        if words:
            lines.append((line, " · ".join(words[:3])[:60]))
    return lines


def _to_remember(
    cible: Cible, feuilles: Feuilles, remembered: Mapping[str, str], plan: Plan
) -> dict[str, str]:
    """Headings whose meaning no question gives by itself, or that were remembered otherwise."""
    headings = [(normalised(heading), index) for index, heading in columns(feuilles, plan)]
    times = Counter(key for key, _ in headings)
    found = {}
    for key, index in headings if plan.entete else ():
        name, alone = plan.colonnes[index], _claimed(cible, key)
        # A heading written twice, or that is left out once though it is clear, says nothing.
        if times[key] > 1 or (alone and not name):
            continue
        if name != alone or key in remembered:
            found[key] = name
    return found


def _claimed(cible: Cible, heading: str) -> str | None:
    """The question that this heading gives, whoever reads it."""
    alone = Feuilles("texte", (Feuille("", [[heading]]),))
    return plan_at(cible, alone, {}, 0, 1).colonnes.get(0)


def _twice(cible: Cible, plan: Plan) -> list[tuple[str, str]]:
    counts = Counter(name for name in plan.colonnes.values() if name)
    labels = {question.name: question.label for question in cible.questions}
    return [
        (
            f"Deux colonnes donnent «\u00a0{labels[name]}\u00a0»\u00a0: gardez-en une, et "
            "choisissez pour l’autre «\u00a0Ne pas lire cette colonne\u00a0».",
            f"#colonne-{[index for index in plan.colonnes if plan.colonnes[index] == name][-1]}",
        )
        for name, times in counts.items()
        if times > 1
    ]


def _missing(cible: Cible, feuilles: Feuilles, plan: Plan) -> list[tuple[str, str]]:
    first = next((index for index, _ in columns(feuilles, plan)), 0)
    return [
        (f"Dites quelle colonne donne «\u00a0{label}\u00a0».", f"#colonne-{first}")
        for label in lacking(cible, plan)
    ]


def _whole(typed: str, otherwise: int) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else otherwise
