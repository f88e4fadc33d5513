"""Makes the workbook given back: the person's own, with only the lines to correct.

On the standard input: 8 bytes that give the length of an order in JSON, the order, the workbook.
"""

import io
import json
import resource
import sys
from contextlib import suppress
from copy import copy
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from monespace.tableur.apart.neuf import build
from monespace.tableur.apart.ordre import HEADER, TOLD, WIDTH, Marker, Order

MAX_MEMORY = 1024 * 1024 * 1024
MAX_CPU_SECONDS = 60


def give_back(contenu: bytes, order: Order) -> bytes:
    """The person's workbook. Raise whatever openpyxl raises on what it does not know."""
    workbook = load_workbook(io.BytesIO(contenu))
    sheet = workbook[order.feuille]
    split_merged(sheet, order.entete)
    moved = kept_lines(sheet, order)
    cached = Cached(contenu, order.feuille)
    cells: dict[tuple[int, int], Any] = {}
    for (row, column), cell in sheet._cells.items():
        if row <= order.entete:
            cells[row, column] = cell
        elif row in moved:
            cells[moved[row], column] = settle(cell, moved[row], cached)
    sheet._cells = cells
    for row in [row for row in sheet.row_dimensions if row > order.entete]:
        del sheet.row_dimensions[row]
    shorten(sheet, order.entete, order.entete + max(len(moved), 1))
    tell(sheet, order, moved)
    show_top(sheet)
    workbook.active = sheet
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def split_merged(sheet: Worksheet, entete: int) -> None:
    """Under the headings no cell is merged: each gets the value that it showed."""
    for merged in list(sheet.merged_cells.ranges):
        if merged.max_row <= entete:
            continue
        first: Any = sheet.cell(merged.min_row, merged.min_col)
        sheet.unmerge_cells(merged.coord)
        if merged.min_col < merged.max_col:
            continue
        for row in range(merged.min_row + 1, min(merged.max_row, sheet.max_row) + 1):
            below: Any = sheet.cell(row, merged.min_col)
            below.value, below.data_type = first.value, first.data_type
            below._style = copy(first._style)


def kept_lines(sheet: Worksheet, order: Order) -> dict[int, int]:
    """Where each line that is given back goes."""
    filled = {row for (row, _), cell in sheet._cells.items() if cell.value is not None}
    kept = (row for row in sorted(filled) if row > order.entete and order.told(row) is not None)
    return {row: order.entete + rank for rank, row in enumerate(kept, 1)}


class Cached:
    """The values that formulas had: a workbook that openpyxl writes holds none."""

    def __init__(self, contenu: bytes, feuille: str) -> None:
        self._contenu, self._feuille = contenu, feuille
        self._rows: list[list[Any]] | None = None

    def __call__(self, row: int, column: int) -> Any:
        if self._rows is None:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(self._contenu))
            sheet = workbook.get_sheet_by_name(self._feuille)
            self._rows = sheet.to_python(skip_empty_area=False)
        line = self._rows[row - 1] if row <= len(self._rows) else []
        return line[column - 1] if column <= len(line) else ""


def settle(cell: Any, row: int, cached: Cached) -> Any:
    """Put a cell on its new line, its formula replaced by its value."""
    before = cell.coordinate
    if cell.data_type == "f":
        value = cached(cell.row, cell.column)
        if value != "":
            assign(cell, value)
        elif isinstance(cell.value, str):
            after = f"{cell.column_letter}{row}"
            cell.value = Translator(cell.value, origin=before).translate_formula(after)
        else:
            cell.value = None
    cell.row = row
    if cell.hyperlink:
        cell.hyperlink.ref = cell.coordinate
    return cell


def assign(cell: Cell, value: Any) -> None:
    """Give a cell a value; text never becomes a formula."""
    shown = cell.number_format
    cell.value = value
    cell.number_format = shown
    if isinstance(value, str):
        cell.data_type = "s"


def shorten(sheet: Worksheet, entete: int, last: int) -> None:
    """End tables and filters on the last line; nothing is filtered out any more."""
    for table in sheet.tables.values():
        start, _, end = table.ref.partition(":")
        column = end.rstrip("0123456789")
        first = int(start[len(start.rstrip("0123456789")) :])
        if first <= entete:
            table.ref = f"{start}:{column}{max(last, first + 1)}"
            table.totalsRowCount = table.totalsRowShown = None
            table.sortState = None
            if table.autoFilter:
                table.autoFilter.ref = table.ref
                table.autoFilter.filterColumn = []
    if sheet.auto_filter.ref:
        start, _, end = sheet.auto_filter.ref.partition(":")
        sheet.auto_filter.ref = f"{start}:{(end or start).rstrip('0123456789')}{last}"
        sheet.auto_filter.filterColumn = []
        sheet.auto_filter.sortState = None


def tell(sheet: Worksheet, order: Order, moved: dict[int, int]) -> None:
    """Write the column that says what to correct, coloured."""
    used = (column for (_, column), cell in sheet._cells.items() if cell.value is not None)
    column = order.colonne + 1 if order.colonne >= 0 else max(used, default=0) + 1
    cell: Any
    for merged in list(sheet.merged_cells.ranges):
        if (order.entete, column) in merged.cells:
            sheet.unmerge_cells(merged.coord)
    if order.entete:
        cell = sheet.cell(order.entete, column)
        Marker(HEADER)(cell, order.titre)
    mark = Marker(TOLD)
    for row, place in moved.items():
        cell = sheet.cell(place, column)
        mark(cell, order.told(row) or "")
    sheet.column_dimensions[get_column_letter(column)].width = WIDTH


def show_top(sheet: Worksheet) -> None:
    """Open on the headings, not where the sheet had been left."""
    view = sheet.sheet_view
    view.topLeftCell = None
    if view.pane and view.pane.state == "frozen":
        column = get_column_letter(int(view.pane.xSplit or 0) + 1)
        view.pane.topLeftCell = f"{column}{int(view.pane.ySplit or 0) + 1}"


def lines_of(contenu: bytes, order: Order) -> list[list[Any]]:
    """The values of the sheet, for a workbook that openpyxl cannot open."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
    return workbook.get_sheet_by_name(order.feuille).to_python(skip_empty_area=False)


def main() -> None:
    """Read the order, write the workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    whole = sys.stdin.buffer.read()
    size = int.from_bytes(whole[:8])
    order, contenu = Order.read(json.loads(whole[8 : 8 + size])), whole[8 + size :]
    sys.stdout.buffer.write(made(contenu, order))


def made(contenu: bytes, order: Order) -> bytes:
    """The person's own workbook if it can be kept, else a new one with the same columns."""
    with suppress(Exception):  # openpyxl raises anything on what it does not know
        if not order.neuf:
            return give_back(contenu, order)
    return build(order, order.lignes or lines_of(contenu, order))
