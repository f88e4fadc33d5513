"""Finds the line of headings of a spreadsheet, and the question each column answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monespace.db import Json
from monespace.forms.cellules import folded
from monespace.forms.questionnaire import Question
from monespace.tableur.feuilles import Feuille, Feuilles, Valeur, blank, lettre, texte

A_CORRIGER = "À corriger"
"""The column the portal adds to what it gives back; never read."""
FIRST_LINES = 30
"""Lines among which the headings are looked for."""
LONGEST_HEADING = 80

_ASIDE = re.compile(r"\((?:obligatoire|facultatif|optionnel|requis|[jma/.\- ]+|aaaa.*?)\)", re.I)
_CAMEL = re.compile(r"(?<=[a-zé])(?=[A-Z])")
_LINKS = frozenset("d de des du en l la le les un une votre".split())
_SAME = {"numero": "n", "num": "n", "no": "n", "nr": "n", "nbre": "nombre", "nb": "nombre"}
# Who the list is about adds nothing: «Nom du salarié» is «Nom».
_PEOPLE = frozenset(
    "salarie salaries salariee stagiaire stagiaires employe employee collaborateur collaboratrice "
    "agent beneficiaire participant participante personne apprenant".split()
)
# Under such a group, «Nom» is somebody else's.
_OTHERS = frozenset(
    "responsable manager tuteur tutrice maitre contact entreprise societe conjoint organisme "
    "employeur referent urgence".split()
)
_FIGURE = re.compile(r"[\d\s./,+€%()-]*\d[\d\s./,+€%()-]*|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file is read: its sheet, the line of its headings (as Excel numbers it; 0: none),
    and the question of each column («»: told not to be read). `hauteur`: the lines that the
    headings take, the last being `entete`."""

    feuille: int
    entete: int
    colonnes: Mapping[int, str] = field(default_factory=dict)
    hauteur: int = 1

    def as_json(self) -> dict[str, Json]:
        return {
            "feuille": self.feuille,
            "entete": self.entete,
            "hauteur": self.hauteur,
            "colonnes": {str(index): name for index, name in self.colonnes.items()},
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Plan":
        colonnes = {int(index): str(name) for index, name in kept["colonnes"].items()}
        return cls(int(kept["feuille"]), int(kept["entete"]), colonnes, int(kept["hauteur"]))

    def entetes(self, feuilles: Feuilles) -> list[tuple[int, str]]:
        """Every column that holds something, with its heading as it is written."""
        feuille = feuilles.feuilles[self.feuille]
        headings = _headings(feuille, self.entete, self.hauteur)
        used = _used(feuille, self.entete)
        return [
            (index, heading.shown or f"Colonne {lettre(index)}")
            for index, heading in enumerate(headings)
            if heading.shown or index in used
        ]

    def unknown(self, feuilles: Feuilles) -> list[tuple[int, str]]:
        """The columns that hold values and that nobody said how to read."""
        used = _used(feuilles.feuilles[self.feuille], self.entete)
        return [
            (index, heading)
            for index, heading in self.entetes(feuilles)
            if index in used and index not in self.colonnes
        ]


def normalised(heading: str) -> str:
    """«Date de naissance * (JJ/MM/AAAA)» becomes «date naissance»; at most 100 characters."""
    plain = folded(_CAMEL.sub(" ", _ASIDE.sub(" ", heading)).replace("%", " pourcent "))
    words = (_SAME.get(word, word) for word in plain.split() if word not in _LINKS)
    return (" ".join(words) or plain)[:100]


def recognise(
    feuilles: Feuilles, questions: Sequence[Question], remembered: Mapping[str, str]
) -> Plan:
    """The sheet and the line where most columns are recognised, and what they are.

    `remembered`: normalised heading → name of a question, as it was once told by hand.
    """
    known = _Known(questions, remembered)
    best, most = Plan(0, 0), 0
    for rank, feuille in enumerate(feuilles.feuilles):
        for plan in _candidates(rank, feuille, known):
            found = sum(1 for name in plan.colonnes.values() if name)
            # Two people one above the other may read «F M»: one column proves nothing.
            if found > max(most, plan.hauteur - 1):
                best, most = plan, found
    if most:
        return best
    # Nothing is recognised: the headings are still there to be linked by hand.
    rank = max(
        range(len(feuilles.feuilles)), key=lambda index: len(feuilles.feuilles[index].lignes)
    )
    return planned(feuilles, rank, _unnamed(feuilles.feuilles[rank]), questions, remembered)


def planned(
    feuilles: Feuilles,
    feuille: int,
    entete: int,
    questions: Sequence[Question],
    remembered: Mapping[str, str],
) -> Plan:
    """The same when a person says which sheet and which line; 0 when there are no headings."""
    known = _Known(questions, remembered)
    sheet = feuilles.feuilles[feuille]
    plans = [
        Plan(feuille, entete, known.columns(_headings(sheet, entete, height)), height)
        for height in (1, 2)
        if entete >= height
    ]
    return max(plans, key=lambda plan: len(plan.colonnes), default=Plan(feuille, 0))


@dataclass(frozen=True, slots=True)
class _Heading:
    """The heading of a column: as it is shown, and as it may be meant, best first."""

    shown: str
    meant: tuple[str, ...]


class _Known:
    """Every name under which a question may be asked."""

    def __init__(self, questions: Sequence[Question], remembered: Mapping[str, str]) -> None:
        names = {question.name for question in questions}
        self._told = {
            _key(heading): name for heading, name in remembered.items() if not name or name in names
        }
        self._labels = {_key(normalised(one.label)): one.name for one in questions}
        self._aliases: dict[str, str] = {}
        for one in questions:
            for heading in (one.name.replace("_", " "), *one.headings):
                self._aliases.setdefault(_key(normalised(heading)), one.name)

    def columns(self, headings: Sequence[_Heading]) -> dict[int, str]:
        """The question of each column. Two for one question: the surer, then the first."""
        claims = []
        for index, heading in enumerate(headings):
            found = next(filter(None, map(self._claim, heading.meant)), None)
            if found:
                claims.append((found[0], index, found[1]))
        columns: dict[int, str] = {}
        for _, index, name in sorted(claims):
            if not name or name not in columns.values():
                columns[index] = name
        return dict(sorted(columns.items()))

    def _claim(self, heading: str) -> tuple[int, str] | None:
        """How far it is from sure, and which question it is."""
        words = normalised(heading)
        key = _key(words)
        if not key:
            return None
        if key == _key(normalised(A_CORRIGER)):
            return 0, ""
        others = _key(" ".join(word for word in words.split() if word not in _PEOPLE))
        for doubt, names in enumerate((self._told, self._labels, self._aliases)):
            if key in names:
                return doubt, names[key]
        for doubt, names in enumerate((self._labels, self._aliases), 3):
            if others in names:
                return doubt, names[others]
        return None


def _key(words: str) -> str:
    return words.replace(" ", "")


def _candidates(rank: int, feuille: Feuille, known: _Known) -> Iterator[Plan]:
    """Each line that may be that of the headings, alone or with the one above."""
    for line in range(1, min(FIRST_LINES, len(feuille.lignes)) + 1):
        cells = [cell for cell in feuille.ligne(line) if not blank(cell)]
        if 2 * sum(map(_is_figure, cells)) >= len(cells):
            continue
        for height in (1, 2):
            if line >= height:
                yield Plan(rank, line, known.columns(_headings(feuille, line, height)), height)


def _headings(feuille: Feuille, entete: int, height: int) -> list[_Heading]:
    """The heading of each column, from its line, or from that line and the one above."""
    below = [_text(cell) for cell in feuille.ligne(entete)] or [""] * feuille.largeur
    above = [_text(cell) for cell in feuille.ligne(entete - 1)] or [""] * feuille.largeur
    groups = _groups(above)
    if height == 2:
        return list(map(_two_lines, above, below, groups))
    return [
        _Heading(text, () if _somebody_else(group) else (text,))
        for text, group in zip(below, groups, strict=True)
    ]


def _groups(above: Sequence[str]) -> list[str]:
    """The text that stands above each column, alone or at the left of blanks."""
    groups: list[str] = []
    for up in above:
        groups.append(up or (groups[-1] if groups else ""))
    return groups


def _somebody_else(group: str) -> bool:
    return not _OTHERS.isdisjoint(normalised(group).split())


def _two_lines(up: str, down: str, group: str) -> _Heading:
    """«Date de» above «naissance», or «Nom» under the group «Salarié»."""
    if not down or up == down:
        return _Heading(up, (up,))
    both = f"{group} {down}".strip()
    shown = both if up else down
    return _Heading(shown, (both,) if _somebody_else(group) else (both, down))


def _text(cell: Valeur) -> str:
    return " ".join(texte(cell).split())[:LONGEST_HEADING]


def _is_figure(cell: Valeur) -> bool:
    """A number, a date, an address: what no heading is."""
    if isinstance(cell, str):
        return bool(_FIGURE.fullmatch(cell.strip()))
    return isinstance(cell, date | float | bool | int)


def _unnamed(feuille: Feuille) -> int:
    """The line that looks like headings though none is known: texts above figures."""
    for line in range(1, min(FIRST_LINES, len(feuille.lignes)) + 1):
        cells = [cell for cell in feuille.ligne(line) if not blank(cell)]
        if 5 * len(cells) < 3 * feuille.largeur:
            continue
        if any(map(_is_figure, cells)) or len({texte(cell) for cell in cells}) < len(cells):
            return 0
        below = (cell for row in feuille.lignes[line : line + FIRST_LINES] for cell in row)
        return line if any(_is_figure(cell) for cell in below if not blank(cell)) else 0
    return 0


def _used(feuille: Feuille, entete: int) -> set[int]:
    """The columns that hold something under the headings."""
    rows = feuille.lignes[entete:]
    return {index for index in range(feuille.largeur) if any(not blank(row[index]) for row in rows)}
