"""Reads one untrusted workbook: its bytes come in, what `Feuilles.from_json` expects goes out."""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from monespace.tableur.apart.archive import TROP_GROS, Refus, parts_of, sheets_of
from monespace.tableur.apart.etendue import Survey, survey
from monespace.tableur.apart.limites import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_SHEETS,
    VIDE,
    said,
)

MAX_MEMORY = 512 * 1024 * 1024
MAX_CPU_SECONDS = 20
MAX_TEXT = 30_000_000

FUSION = "Cette cellule est fusionnée avec {}. Défusionnez-les, puis remplissez chacune."

Cell = str | float | bool | dict[str, str] | None


def read_sheet(sheet: CalamineSheet, known: Survey) -> tuple[list[list[Cell]], int, int]:
    """Its lines, how many filled ones come after, and how many columns it has."""
    start = sheet.start[1] if sheet.start else 0
    rows = sheet.iter_rows() if sheet.start else iter(())
    before: list[Cell] = [None] * min(start, MOST_COLUMNS)
    most = max(MOST_COLUMNS - start, 0)
    lines = [
        before + [each if each.__class__ is float else plain(each) for each in row[:most]]
        for row in islice(rows, MOST_LINES)
    ]
    rest = sum(1 for row in rows if any(each != "" for each in row))
    for (row, column), told in known.odd.items():
        put(lines, row, column, told)
    for merge in known.merged:
        spread(lines, *merge)
    return lines, rest, (start + sheet.width if sheet.start else 0)


def plain(value: str | float | bool | date | datetime | time | timedelta) -> Cell:
    """A cell as JSON holds it; blank text is no value."""
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            return cut(value)
        return value if value and not value.isspace() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime | time | timedelta):
        return moment(value)
    if isinstance(value, date):
        return {"j": value.isoformat()}
    return float(value)


def cut(text: str) -> Cell:
    """The beginning of a text that is too long, and what to do."""
    told = f"Cette cellule contient {len(text)}\u00a0caractères. Raccourcissez-la."
    return {"t": text[:100] + "…", "d": told}


def moment(value: datetime | time | timedelta) -> Cell:
    """A day, whatever its hour; or a duration such as «37:30»."""
    if isinstance(value, datetime):
        if value.year > 1900:
            return {"j": value.date().isoformat()}
        value = value - datetime(1899, 12, 31)  # noqa: DTZ001 - a workbook knows no time zone
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def put(lines: list[list[Cell]], row: int, column: int, cell: Cell) -> None:
    """Write a cell, within what is read."""
    if row >= MOST_LINES or column >= MOST_COLUMNS:
        return
    lines += [[] for _ in range(row + 1 - len(lines))]
    lines[row] += [None] * (column + 1 - len(lines[row]))
    lines[row][column] = cell


def spread(lines: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Give its value to each line of a cell merged downwards; say so of the others."""
    line = lines[top] if top < len(lines) else []
    value = line[left] if left < len(line) else None
    if value is None:
        return
    other: Cell = {"t": "", "d": FUSION.format(letters(left) + str(top + 1))}
    for row in range(top, min(bottom + 1, len(lines))):
        for column in range(left, min(right + 1, MOST_COLUMNS)):
            if (row, column) != (top, left):
                put(lines, row, column, value if left == right else other)


def squared(lines: list[list[Cell]]) -> None:
    """Take away the blank lines at the end; make the others as long as the longest."""
    while all(each is None for each in lines[-1]):
        lines.pop()
    width = max(map(extent, lines))
    for line in lines:
        del line[width:]
        line += [None] * (width - len(line))


def extent(line: list[Cell]) -> int:
    """How many cells until the last that holds something."""
    return next((rank for rank in range(len(line), 0, -1) if line[rank - 1] is not None), 0)


def letters(column: int) -> str:
    """A for 0."""
    return chr(65 + column) if column < 26 else letters(column // 26 - 1) + chr(65 + column % 26)


def chosen(workbook: CalamineWorkbook) -> tuple[list[str], list[str]]:
    """The sheets to read, and what to say of the others."""
    sheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    seen = [one for one in sheets if one.visible == SheetVisibleEnum.Visible]
    # One that a program hid for good («very hidden») holds its own lists: nobody misses it.
    hidden = [one.name for one in sheets if one.visible == SheetVisibleEnum.Hidden]
    told = []
    if not seen:
        told.append("Toutes les feuilles de ce classeur sont masquées\u00a0: elles ont été lues.")
    elif hidden:
        names = ", ".join(f"«\u00a0{name}\u00a0»" for name in hidden[:5])
        told.append(f"Ce qui est masqué n’a pas été lu\u00a0: feuille {names}.")
    names_of = [one.name for one in (seen or sheets)]
    if len(names_of) > MOST_SHEETS:
        told.append(f"Seules les {MOST_SHEETS} premières feuilles de ce classeur ont été lues.")
    return names_of[:MOST_SHEETS], told


def read(contenu: bytes) -> dict[str, object]:
    """Every sheet that holds something. Raise Refus, or whatever a damaged file raises."""
    parts, since_1904 = sheets_of(parts_of(contenu))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(contenu))
    names, told = chosen(workbook)
    found = []
    for name in names:
        known = survey(parts[name])
        lines, rest, width = read_sheet(workbook.get_sheet_by_name(name), known)
        if any(each is not None for line in lines for each in line):
            squared(lines)
            found.append({"nom": name, "reste": rest, "lignes": lines})
            told += said(name, len(lines), rest, width, known.hidden)
    if not found:
        raise Refus(VIDE)
    return {"format": "xlsx", "feuilles": found, "avis": told, "depuis_1904": since_1904}


def main() -> None:
    """Read the workbook on the standard input, print its cells."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    contenu = sys.stdin.buffer.read()
    try:
        answer = json.dumps(read(contenu))
        if len(answer) > MAX_TEXT:
            raise Refus(TROP_GROS)
    except Refus as refus:
        answer = json.dumps({"refus": str(refus)})
    sys.stdout.write(answer)
