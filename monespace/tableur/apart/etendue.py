"""Surveys the XML of a sheet before it is read: its extent, and what calamine does not tell.

calamine builds a dense matrix: a file of 4.8 kB that holds A1 and XFD1048576 aborts the process
that opens it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from monespace.tableur.apart.archive import REFAIRE, Refus

MAX_AREA = 4_000_000

ETENDU = (
    "Une feuille de ce classeur s’étend trop loin\u00a0: une cellule isolée est remplie très bas "
    f"ou très à droite. {REFAIRE}"
)
NON_CALCULEE = (
    "Le tableur n’a pas calculé cette formule. Ouvrez le classeur, enregistrez-le, puis "
    "envoyez-le à nouveau, ou tapez la valeur."
)

# As nearly every program writes it; whatever differs is walked through, cell by cell.
USUAL = b'<c r="'
UNUSUAL = (
    b":c ",
    b":c>",
    b":c/",
    b":c\n",
    b":c\r",
    b":c\t",
    b"<c>",
    b"<c/",
    b"<c\n",
    b"<c\r",
    b"<c\t",
)
COLUMN = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,7}"')
ROW = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
# The namespace of a part may have any prefix, or none.
WALKED = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^>]*)>")
PLACE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]*)([0-9]*)[\"']")
ODD = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*"
    rb"(<(?:\w+:)?f(?=[\s/>])[^>]*?(?:/>|>([^<]*)</(?:\w+:)?f>))?\s*"
    rb"(?:<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>)?"
)
# Cheap to look for; most sheets have neither formula, nor error, nor hidden line.
MAY_BE_ODD = (b"<f", b":f", b'"e"', b"'e'")
IS_ERROR = re.compile(rb"(?:^|\s)t\s*=\s*[\"']e[\"']")
IS_TEXT = re.compile(rb"(?:^|\s)t\s*=\s*[\"']str[\"']")
HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'][^>]*(?<!/)>")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)")


@dataclass
class Survey:
    """What the XML of a sheet says that calamine does not."""

    odd: dict[tuple[int, int], dict[str, str]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: int = 0


def survey(xml: bytes) -> Survey:
    """Measure a sheet, find what needs a sentence. Raise Refus when it extends too far."""
    high, wide = extent(xml)
    if high * wide > MAX_AREA:
        raise Refus(ETENDU)
    found = Survey(hidden=len(HIDDEN.findall(xml)) if b"hidden" in xml else 0)
    if any(one in xml for one in MAY_BE_ODD):
        found.odd = dict(oddities(xml))
    for left, top, right, bottom in MERGED.findall(xml):
        found.merged.append((int(top) - 1, rank(left), int(bottom) - 1, rank(right)))
    return found


def extent(xml: bytes) -> tuple[int, int]:
    """How many rows and columns its cells extend over."""
    cells = xml.count(USUAL)
    if xml.count(b"<c ") == cells and not any(one in xml for one in UNUSUAL):
        columns, rows = COLUMN.findall(xml), ROW.findall(xml)
        high = max(map(int, rows), default=0)
        wide = max(map(rank, set(columns)), default=-1) + 1
        # Styled cells that hold nothing are not in the matrix: only walking tells.
        if len(columns) == len(rows) == cells and high * wide <= MAX_AREA:
            return high, wide
    return walk(xml)


def walk(xml: bytes) -> tuple[int, int]:
    """The extent of the cells that hold something; one without a place follows the last one."""
    row = column = -1
    high = wide = 0
    for found in WALKED.finditer(xml):
        place = PLACE.search(found[2])
        if found[1] == b"row":
            row, column = int(place[2]) - 1 if place and place[2] else row + 1, -1
            continue
        if place and place[1] and place[2]:
            row, column = int(place[2]) - 1, rank(place[1])
        else:
            column += 1
        if not found[2].endswith(b"/"):
            high, wide = max(high, row + 1), max(wide, column + 1)
    return high, wide


def oddities(xml: bytes) -> Iterator[tuple[tuple[int, int], dict[str, str]]]:
    """The cells that show an error, and the formulas without a value."""
    for attributes, tag, formula, value in ODD.findall(xml):
        place = PLACE.search(attributes)
        if attributes.endswith(b"/") or not place or not place[2]:
            continue
        where = (int(place[2]) - 1, rank(place[1]))
        if IS_ERROR.search(attributes):
            shown = unescape(value.decode("utf-8", "replace"))
            told = f"Cette cellule affiche {shown}. Corrigez sa formule ou tapez la valeur."
            yield where, {"t": shown or "#", "d": told}
        elif tag and not value and not IS_TEXT.search(attributes):
            shown = "=" + unescape(formula.decode("utf-8", "replace"))
            yield where, {"t": shown, "d": NON_CALCULEE}


def rank(letters: bytes) -> int:
    """The index of a column: A is 0."""
    found = 0
    for letter in letters.upper():
        found = found * 26 + letter - 64
    return found - 1
