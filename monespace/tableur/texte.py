"""Reads the cells of a CSV or of a pasted text, whoever wrote it."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from monespace.fichiers import FichierRefuse

ILLISIBLE = (
    "Ce fichier n’est pas un tableau que le portail sait lire. Envoyez un classeur .xlsx ou un "
    "fichier .csv, ou collez les cellules de votre tableau."
)
GUILLEMETS = (
    "Des guillemets ne se referment pas dans ce tableau\u00a0: chaque ligne a été lue à part. "
    "Vérifiez l’aperçu\u00a0; si une cellule y est coupée, envoyez plutôt un classeur .xlsx."
)
CHARACTERS = "éèêëàâäîïôöùûüçœæÉÈÊËÀÂÎÏÔÙÛÜÇŒ’°€«»–\u00a0"
# Windows, the «CSV (MS-DOS)» and «CSV (Macintosh)» of Excel; the first wins when none is better.
ENCODINGS = ("cp1252", "cp850", "mac_roman")
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = "\t;|,"
_TOLD = re.compile(r"\ufeff?\"?sep=([;,\t|])\"?\r?\n", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_SAMPLE = 200_000
_SAMPLE_LINES = 60


def decoded(octets: bytes) -> str:
    """The text of a CSV. Raise FichierRefuse when it is none."""
    for bom, encoding in BOMS:
        if octets.startswith(bom):
            return _strict(octets[len(bom) :], encoding)
    if b"\0" in octets:
        if octets[1::2][:50].count(0) > octets[::2][:50].count(0):
            return _strict(octets, "utf-16-le")
        raise FichierRefuse(ILLISIBLE)
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode(_guessed(octets), "replace")


def rows_of(text: str, lines_apart: bool = False) -> Iterator[list[str]]:
    """The cells of each line. Raise csv.Error when quotes do not close, unless `lines_apart`."""
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else separator_of(text)
    if not lines_apart:
        lines = io.StringIO(text, newline="")
        return csv.reader(lines, delimiter=separator, strict=True)
    return (_apart(line, separator) for line in text.splitlines())


def well_quoted(text: str) -> bool:
    """Whether the whole text is a CSV that ends as it should."""
    try:
        for _ in rows_of(text):
            pass
    except csv.Error:
        return False
    return True


def separator_of(text: str) -> str:
    """The sign that stands between the cells: the first that most lines hold as many times."""
    # What stands between quotes may hold any of them.
    bare = _QUOTED.sub("", text[:_SAMPLE])
    lines = [line for line in bare.splitlines() if line][:_SAMPLE_LINES]
    found = {sign: _usual(line.count(sign) for line in lines) for sign in SEPARATORS}
    for sign, (_, share) in found.items():
        if 2 * share > len(lines):
            return sign
    best = max(SEPARATORS, key=lambda sign: found[sign][0] * found[sign][1])
    return best if found[best][1] else ";"


def _usual(counts: Iterable[int]) -> tuple[int, int]:
    """The most frequent count above zero, and how many lines have it."""
    common = Counter(count for count in counts if count).most_common(1)
    return common[0] if common else (0, 0)


def _apart(line: str, separator: str) -> list[str]:
    if line.count('"') % 2:
        return line.split(separator)
    return next(csv.reader([line], delimiter=separator), [])


def _strict(octets: bytes, encoding: str) -> str:
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        raise FichierRefuse(ILLISIBLE) from None


def _guessed(octets: bytes) -> str:
    """The encoding in which most of what is not ASCII is what French people type."""
    strange = bytes(each for each in octets[:_SAMPLE] if each > 127)
    return max(
        ENCODINGS,
        key=lambda name: sum(char in CHARACTERS for char in strange.decode(name, "replace")),
    )
