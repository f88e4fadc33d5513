"""Spreadsheets as people make them, and the one they are given back as they mend it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

Cellule = object
Rangee = Sequence[Cellule]

TITRES = ("Matricule", "Nom", "Prénom", "Né le", "Emploi", "E-mail")
A_CORRIGER = "à corriger"


def xlsx(rows: Iterable[Rangee], feuille: str = "Effectifs") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = feuille
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def texte(rows: Iterable[Rangee], separator: str = "\t") -> str:
    """The same cells as a CSV, or as they are pasted."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return target.getvalue()


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opened(contenu: bytes) -> tuple[Workbook, Worksheet]:
    """A workbook given back, and its first sheet."""
    book = load_workbook(io.BytesIO(contenu))
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    return book, sheet


def heading_line(sheet: Worksheet) -> int:
    """The line where «À corriger» stands."""
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if any(str(cell or "").casefold() == A_CORRIGER for cell in row):
            return line
    raise AssertionError("no column «À corriger»")


def rows_of(contenu: bytes) -> list[dict[str, Cellule]]:
    """The rows of a workbook given back, by heading."""
    _, sheet = opened(contenu)
    line = heading_line(sheet)
    headings = [str(cell.value or "") for cell in sheet[line]]
    return [
        dict(zip(headings, row, strict=False))
        for row in sheet.iter_rows(min_row=line + 1, values_only=True)
        if any(cell is not None for cell in row)
    ]


def mended(contenu: bytes, mend: Mapping[int, Mapping[str, Cellule]]) -> bytes:
    """The same workbook with these cells changed: rank of the row → heading → value."""
    book, sheet = opened(contenu)
    line = heading_line(sheet)
    columns = columns_of(sheet, line)
    for rank, cells in mend.items():
        for heading, value in cells.items():
            put(sheet, line + 1 + rank, columns[heading], value)
    return saved(book)


def columns_of(sheet: Worksheet, line: int) -> dict[str, int]:
    """The columns of the headings that stand on that line."""
    return {str(cell.value or "").strip(): rank for rank, cell in enumerate(sheet[line], start=1)}


def put(sheet: Worksheet, line: int, column: int, value: Cellule) -> None:
    """Type `value` in a cell."""
    sheet.cell(line, column).value = value  # type: ignore[assignment]


def salarie(rank: int, **changed: Cellule) -> list[Cellule]:
    """One person, for TITRES."""
    cells = {
        "Matricule": f"M{rank:04}",
        "Nom": f"Nom{_word(rank)}",
        "Prénom": f"Prénom{_word(rank)}",
        "Né le": f"{1 + rank % 28:02}/{1 + rank % 12:02}/{1960 + rank % 40}",
        "Emploi": "Vendeuse",
        "E-mail": f"personne{rank}@entreprise.example",
    }
    return list({**cells, **changed}.values())


def _word(rank: int) -> str:
    """Letters, so that a name is a name."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{rank:04}")
