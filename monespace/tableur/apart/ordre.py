"""What is asked of the process that makes the workbook given back."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection

WIDTH = 60
LONGEST = 32_767
HEADER = PatternFill("solid", fgColor="F5B041")
TOLD = PatternFill("solid", fgColor="FDEBD0")
DARK = "5C2B00"


@dataclass(frozen=True)
class Order:
    """What to give back. `wrong`: line → what to correct; `dernier`: the last line that was read
    when others follow, else 0; `colonne`: index of a column «À corriger» already there, or -1."""

    feuille: str
    entete: int
    titre: str
    wrong: dict[int, str]
    dernier: int
    non_lue: str
    colonne: int
    neuf: bool
    lignes: list[list[str]]

    @classmethod
    def read(cls, kept: dict[str, Any]) -> "Order":
        wrong = {int(line): told for line, told in kept.pop("wrong").items()}
        return cls(wrong=wrong, **kept)

    def told(self, line: int) -> str | None:
        """What to say of a line; None when it is not given back."""
        if self.dernier and line > self.dernier:
            return self.non_lue
        return self.wrong.get(line)


def write(cell: Cell, text: str) -> None:
    """Write a text that no program can take for a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]
    cell.data_type = "s"
    if text[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True


class Marker:
    """Writes in the coloured column; a style is worked out once, then copied."""

    def __init__(self, fill: PatternFill) -> None:
        self._fill = fill
        self._style: Any = None

    def __call__(self, cell: Any, text: str) -> None:
        if self._style is None:
            cell.fill, cell.font = self._fill, Font(bold=self._fill is HEADER, color=DARK)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.protection = Protection(locked=False)
            cell.number_format = "@"
            self._style = copy(cell._style)
        cell._style = copy(self._style)
        write(cell, text)
