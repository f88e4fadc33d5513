"""Makes a new workbook of the lines to correct, when there is none to keep."""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from monespace.tableur.apart.ordre import HEADER, TOLD, WIDTH, Marker, Order, write

NARROW, WIDE = 12, 40
DAY = "dd/mm/yyyy"
_FORBIDDEN = re.compile(r"[\\/*?:\[\]']")


def build(order: Order, lines: Sequence[Sequence[Any]]) -> bytes:
    """The headings and what is above, then the lines to correct, each with its sentence."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet((_FORBIDDEN.sub(" ", order.feuille).strip() or "Tableau")[:31])
    kept = [
        (numero, line)
        for numero, line in enumerate(lines, 1)
        if numero <= order.entete or (order.told(numero) is not None and any(map(shows, line)))
    ]
    width = max((extent(line) for _, line in kept), default=0)
    column = order.colonne if order.colonne >= 0 else width
    lay_out(sheet, order, [line for _, line in kept[:100]], column)
    mark = Marker(TOLD)
    for numero, line in kept:
        heading = numero == order.entete
        cells = [made(sheet, value, heading) for value in line[:column]]
        cells += [None] * (column - len(cells))
        told = WriteOnlyCell(sheet)
        if heading:
            Marker(HEADER)(told, order.titre)
        elif numero > order.entete:
            mark(told, order.told(numero) or "")
        cells += [told, *(made(sheet, value, heading) for value in line[column + 1 :])]
        sheet.append(cells)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def lay_out(sheet: Any, order: Order, sample: list[Sequence[Any]], column: int) -> None:
    """Widths after the first lines, headings that stay in sight."""
    for index in range(max(map(len, sample), default=0)):
        longest = max((len(str(line[index])) for line in sample if index < len(line)), default=0)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(
            max(longest + 2, NARROW), WIDE
        )
    sheet.column_dimensions[get_column_letter(column + 1)].width = WIDTH
    if order.entete:
        sheet.freeze_panes = f"A{order.entete + 1}"


def made(sheet: WriteOnlyWorksheet, value: Any, heading: bool) -> Cell | None:
    """A cell that shows `value`, text kept as text with its zeros."""
    if not shows(value):
        return None
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        write(cell, value)
        cell.number_format = "@"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DAY
    if heading:
        cell.font = Font(bold=True)
    return cell


def shows(value: Any) -> bool:
    """Whether a cell holds something."""
    return value is not None and value != ""


def extent(line: Sequence[Any]) -> int:
    """How many cells until the last that holds something."""
    return next((rank for rank in range(len(line), 0, -1) if shows(line[rank - 1])), 0)
