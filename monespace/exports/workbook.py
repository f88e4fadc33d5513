"""An Excel workbook written line by line: styles, widths, safe texts, sums. Knows no noun."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Generic, Self, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from monespace.forms.columns import TEXT, Column
from monespace.forms.kinds.base import Cell

# Excel opens 1 048 576 rows and drops what comes after without a word.
MOST_ROWS = 1_000_000
LONGEST_TEXT = 32_767

# What XML cannot hold: controls, halves of surrogate pairs, the two last of the plane.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet may take a text that begins so for a formula.
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_HEADER_FONT = Font(bold=True, color="FFFFFF")
_HEADER_FILL = PatternFill("solid", start_color="1F3A5F")
_HEADER_ALIGNMENT = Alignment(wrap_text=True, vertical="center")

R = TypeVar("R")


class Classeur:
    """One workbook; lines go to temporary files until `save`. Its `with` ends one half done."""

    def __init__(self, author: str) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.creator = author

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()

    def add_sheet(self, title: str, headings: Sequence[tuple[str, int]]) -> Worksheet:
        """A sheet with its headings and their widths, handy on screen and on paper."""
        sheet: Worksheet = self._book.create_sheet(title)
        for place, (_, width) in enumerate(headings, start=1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.freeze_panes = "B2"
        sheet.print_title_rows = "1:1"
        sheet.print_title_cols = "A:A"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        sheet.append([_header(sheet, label) for label, _ in headings])
        return sheet

    def save(self, path: Path) -> None:
        self._book.save(path)


class Feuille(Generic[R]):
    """One sheet whose lines are read from an R by its columns; goes on in another when full."""

    def __init__(
        self,
        classeur: Classeur,
        title: str,
        columns: Sequence[Column[R]],
        most_rows: int = MOST_ROWS,
    ) -> None:
        self._classeur = classeur
        self.title = title
        self._columns = columns
        self._most_rows = most_rows
        self._parts = 0
        self._rows_here = 0
        self.rows = 0
        self._sums: dict[str, Decimal] = {c.label: Decimal(0) for c in columns if c.summed}
        self._begin()

    def extend(self, lines: Iterable[R]) -> None:
        for line in lines:
            self.add(line)

    def add(self, line: R) -> None:
        if self._rows_here == self._most_rows:
            self._end()
            self._begin()
        values = [column.value(line) for column in self._columns]
        self._sheet.append(
            [pen.write(value) for pen, value in zip(self._pens, values, strict=True)]
        )
        self._rows_here += 1
        self.rows += 1
        for column, value in zip(self._columns, values, strict=True):
            if column.summed and isinstance(value, Decimal):
                self._sums[column.label] += value

    def close(self) -> "Bilan":
        """The last line is written: set the filters, tell what the sheet adds up to."""
        self._end()
        return Bilan(self.title, self.rows, self._sums)

    def _begin(self) -> None:
        self._parts += 1
        self._rows_here = 0
        title = self.title if self._parts == 1 else f"{self.title} ({self._parts})"
        self._sheet = self._classeur.add_sheet(
            title, [(column.label, column.width) for column in self._columns]
        )
        self._pens = [Pen(self._sheet, column.number_format) for column in self._columns]

    def _end(self) -> None:
        last = get_column_letter(len(self._columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows_here + 1}"


@dataclass(frozen=True, slots=True)
class Bilan:
    """How many lines a sheet holds, and the sum of each column that has one, by label."""

    title: str
    rows: int
    sums: Mapping[str, Decimal]


class Pen:
    """Writes the cells of one column. The same cell serves again: a line is gone once appended."""

    def __init__(self, sheet: Worksheet, number_format: str) -> None:
        self._plain = WriteOnlyCell(sheet)
        self._plain.number_format = number_format
        self._quoted = WriteOnlyCell(sheet)
        self._quoted.number_format = TEXT
        self._quoted.quotePrefix = True

    def write(self, value: Cell) -> ExcelCell | None:
        """The cell that holds `value`, None for an empty one."""
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self._plain.value = value
            return self._plain
        text = clean(value)
        pen = self._quoted if text.startswith(_LIKE_A_FORMULA) else self._plain
        pen.value = text
        # Whatever it looks like, formula or error code, it is a text.
        pen.data_type = "s"
        return pen


def clean(text: str) -> str:
    """`text` as a cell may hold it: no control characters, cut at Excel's limit with «…»."""
    allowed = _FORBIDDEN.sub("", text)
    # Excel counts as UTF-16 does: two for an emoji.
    units = allowed.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return allowed
    return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"


def write_criteria(classeur: Classeur, lines: Iterable[tuple[str, Cell, str]]) -> None:
    """The sheet that tells what the workbook is: label, value and its format on each line."""
    sheet = classeur.add_sheet("Critères", (("Critère", 44), ("Valeur", 90)))
    for label, value, number_format in lines:
        sheet.append([Pen(sheet, TEXT).write(label), Pen(sheet, number_format).write(value)])


def _header(sheet: Worksheet, label: str) -> ExcelCell:
    cell = WriteOnlyCell(sheet, label)
    cell.font, cell.fill, cell.alignment = _HEADER_FONT, _HEADER_FILL, _HEADER_ALIGNMENT
    return cell
