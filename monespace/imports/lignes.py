"""What becomes of each row of a spreadsheet, seen on its own and beside the others of its file."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from monespace.db import Json
from monespace.imports.cible import NAMES, Cible
from monespace.salaries.fiche import IDENTITE
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.tableur.lignes import LigneLue

MOST_NAMED = 5
# Stands for the birth date that a row does not give.
UNBORN = "-"


class Sort(StrEnum):
    NOUVEAU = "nouveau"
    CONNU = "connu"
    DOUBLE = "double"
    A_CORRIGER = "a_corriger"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row: its line in Excel, what was read, what to mend, who it is in the directory."""

    numero: int
    sort: Sort
    reponses: Mapping[str, Json]
    phrases: tuple[str, ...] = ()
    salarie: Salarie | None = None

    def to_mend(self, phrase: str) -> "Ligne":
        """The same row, that cannot be taken as it is."""
        return replace(self, sort=Sort.A_CORRIGER, phrases=(*self.phrases, phrase))


Key = Callable[[Ligne], str]


def understood(cible: Cible, lues: Iterable[LigneLue]) -> list[Ligne]:
    """Every row, in the order of the file. The directory is not looked at."""
    labels = {question.name: question.label for question in cible.questions}
    lignes = [_alone(cible, labels, lue) for lue in lues]
    lignes = _settled(lignes, lambda one: identity_of(one.reponses), _same_person(labels))
    lignes = _settled(lignes, lambda one: str(one.reponses.get("matricule") or ""), _same_matricule)
    return _settled(lignes, lambda one: names_of(one.reponses), _same_name)


def names_of(reponses: Mapping[str, Json]) -> str:
    """What makes two people bear the same name, or "" when it is not known."""
    return identity_of({**reponses, "naissance": UNBORN})


def _alone(cible: Cible, labels: Mapping[str, str], lue: LigneLue) -> Ligne:
    reponses = {
        name: answer.value
        for name, answer in lue.answers.items()
        if not answer.error and answer.value is not None
    }
    told = {name for name, _ in lue.faults}
    phrases = [sentence for _, sentence in lue.faults]
    phrases += [
        f"{labels[name]}\u00a0: la case est vide, remplissez-la."
        for name in cible.required
        if name not in reponses and name not in told
    ]
    sort = Sort.A_CORRIGER if phrases else Sort.NOUVEAU
    return Ligne(lue.numero, sort, reponses, tuple(phrases))


def _settled(
    lignes: Sequence[Ligne], key: Key, settle: Callable[[Sequence[Ligne]], Iterable[Ligne]]
) -> list[Ligne]:
    """The rows, once `settle` has looked at each group of those that share a key."""
    groups: dict[str, list[Ligne]] = defaultdict(list)
    for one in lignes:
        if one.sort is Sort.NOUVEAU and (found := key(one)):
            groups[found].append(one)
    changed = {
        one.numero: one for group in groups.values() if len(group) > 1 for one in settle(group)
    }
    return [changed.get(one.numero, one) for one in lignes]


def _same_person(labels: Mapping[str, str]) -> Callable[[Sequence[Ligne]], Iterable[Ligne]]:
    """Taken once when the rows agree; when they do not, nobody but their author can choose."""

    def settle(group: Sequence[Ligne]) -> Iterable[Ligne]:
        first, *others = group
        differ = [
            label
            for name, label in labels.items()
            # BENALI and Benali are one name: that is why these rows are together.
            if name not in IDENTITE
            and any(one.reponses.get(name) != first.reponses.get(name) for one in others)
        ]
        if not differ:
            return [replace(one, sort=Sort.DOUBLE) for one in others]
        told = (
            f"Cette personne est aux {_lines(group)} de votre fichier, avec des réponses "
            f"différentes\u00a0: {', '.join(differ)}. Gardez la bonne ligne, supprimez l’autre."
        )
        return [one.to_mend(told) for one in group]

    return settle


def _same_matricule(group: Sequence[Ligne]) -> Iterable[Ligne]:
    told = (
        f"Matricule\u00a0: les {_lines(group)} de votre fichier ont le même pour des personnes "
        "différentes. Corrigez-le."
    )
    return [one.to_mend(told) for one in group]


def _same_name(group: Sequence[Ligne]) -> Iterable[Ligne]:
    """Those whose birth date is not given, when another row might be the same person."""
    first, *others = group
    if all(_beside_names(one) == _beside_names(first) for one in others):
        return [replace(one, sort=Sort.DOUBLE) for one in others]
    told = (
        f"Date de naissance\u00a0: les {_lines(group)} de votre fichier portent le même nom. "
        "Remplissez-la, pour que ces personnes ne soient pas confondues."
    )
    return [one.to_mend(told) for one in group if not one.reponses.get("naissance")]


def _beside_names(ligne: Ligne) -> dict[str, Json]:
    return {name: value for name, value in ligne.reponses.items() if name not in NAMES}


def _lines(group: Sequence[Ligne]) -> str:
    """«lignes 4, 12 et 31»."""
    numbers = [str(one.numero) for one in group]
    if len(numbers) > MOST_NAMED:
        return f"lignes {', '.join(numbers[:MOST_NAMED])}…"
    return f"lignes {', '.join(numbers[:-1])} et {numbers[-1]}"
