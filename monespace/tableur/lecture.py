"""Reads a spreadsheet: a workbook, a CSV or pasted cells, told by its content, not by its name."""

import json
import re
from itertools import islice
from pathlib import PurePath
from typing import BinaryIO

from monespace.fichiers import MAX, FichierRefuse
from monespace.forms.validators import printable
from monespace.tableur.apart.archive import AU_FORMAT, CHIFFRE
from monespace.tableur.apart.limites import ABIME, LONGEST_CELL, MOST_COLUMNS, MOST_LINES, said
from monespace.tableur.apart.limites import VIDE as SANS_DONNEES
from monespace.tableur.feuilles import Defaut, Feuille, Feuilles, Valeur, squared
from monespace.tableur.processus import Epuise, run
from monespace.tableur.texte import GUILLEMETS, ILLISIBLE, decoded, rows_of, well_quoted
from monespace.typographie import count

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "read_file", "read_text", "text_of"]

MOST_ROWS = MOST_LINES - 1
PATIENCE_SECONDS = 30

VIDE = (
    "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre ordinateur, puis envoyez-le à nouveau."
)
RIEN = "Aucune cellule n’a été collée. Copiez les cellules de votre tableau, puis collez-les ici."
TROP_LOURD = (
    "Le fichier dépasse 10\u00a0Mo. Supprimez les feuilles et les images inutiles, ou envoyez-le "
    "en deux parties."
)
PAGE_WEB = f"Ce fichier est une page web, pas un classeur, malgré son nom. {AU_FORMAT}"
ANCIEN = f"Ce classeur est à l’ancien format .xls. {AU_FORMAT}"
MOST_REST = 1_000_000
TROP_LONG = "Ce tableau dépasse un million de lignes. Envoyez-le en plusieurs parties."
PDF = (
    "Ce fichier est un PDF. Envoyez le classeur d’où il vient, au format .xlsx ou .csv, ou collez "
    "les cellules de votre tableau."
)
EST_UN_CSV = "Malgré son nom, ce fichier est un texte (CSV)\u00a0: il a été lu comme tel."
EST_UN_XLSX = "Malgré son nom, ce fichier est un classeur Excel\u00a0: il a été lu comme tel."

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|meta|table|\?xml|script|!--|style|div)", re.I)
_OTHERS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc")


def read_file(nom: str, contenu: BinaryIO) -> Feuilles:
    """What a file holds. Raise FichierRefuse with the sentence to show."""
    octets = contenu.read(MAX + 1)
    contenu.seek(0)
    if not octets:
        raise FichierRefuse(VIDE)
    if len(octets) > MAX:
        raise FichierRefuse(TROP_LOURD)
    extension = PurePath(nom).suffix.lower()
    if octets.startswith(_ZIP):
        misnamed = (EST_UN_XLSX,) if extension not in (".xlsx", ".xltx", "") else ()
        return _workbook(octets, misnamed)
    _refuse_others(octets)
    misnamed = (EST_UN_CSV,) if extension not in (".csv", ".txt", ".tsv", "") else ()
    return _text("csv", decoded(octets), misnamed)


def read_text(colle: str) -> Feuilles:
    """The cells that somebody pasted. Raise FichierRefuse with the sentence to show."""
    if len(colle) > MAX:
        raise FichierRefuse(TROP_LOURD)
    if not colle.strip():
        raise FichierRefuse(RIEN)
    return _text("texte", colle, ())


def text_of(format_: str, contenu: bytes) -> list[list[str]]:
    """Every line of a CSV or of a pasted text (in UTF-8), those beyond the limits included."""
    text = decoded(contenu) if format_ == "csv" else contenu.decode()
    return list(rows_of(text, lines_apart=not well_quoted(text)))


def _refuse_others(octets: bytes) -> None:
    """Say by name what the file is, when it is neither a workbook nor a text."""
    if octets.startswith(_OLE):
        raise FichierRefuse(CHIFFRE if _ENCRYPTED in octets else ANCIEN)
    if octets.startswith(b"%PDF-"):
        raise FichierRefuse(PDF)
    if _MARKUP.match(octets.removeprefix(b"\xef\xbb\xbf")):
        raise FichierRefuse(PAGE_WEB)
    if octets.startswith(_OTHERS):
        raise FichierRefuse(ILLISIBLE)


def _workbook(octets: bytes, avis: tuple[str, ...]) -> Feuilles:
    try:
        answer = json.loads(run("ouvre", octets, PATIENCE_SECONDS))
    except Epuise:
        raise FichierRefuse(ABIME) from None
    if "refus" in answer:
        raise FichierRefuse(answer["refus"])
    return Feuilles.from_json(answer | {"avis": [*avis, *answer["avis"]]})


def _text(format_: str, text: str, avis: tuple[str, ...]) -> Feuilles:
    quoted = well_quoted(text)
    rows = iter(rows_of(text, lines_apart=not quoted))
    width = 0
    lines: list[list[Valeur]] = []
    for row in islice(rows, MOST_LINES):
        width = max(width, len(row))
        lines.append([_cell(each) for each in row[:MOST_COLUMNS]])
    rest = sum(1 for row in rows if any(map(str.strip, row)))
    if rest > MOST_REST:
        raise FichierRefuse(TROP_LONG)
    lines = squared(lines)
    if not lines:
        raise FichierRefuse(SANS_DONNEES if format_ == "csv" else RIEN)
    told = said("Tableau", len(lines), rest, width, 0) + [GUILLEMETS] * (not quoted)
    return Feuilles(format_, (Feuille("Tableau", lines, rest),), (*avis, *told))


def _cell(text: str) -> Valeur:
    if len(text) > LONGEST_CELL:
        told = f"Cette cellule contient {count(len(text))} caractères. Raccourcissez-la."
        return Defaut(f"{text[:100]}…", told)
    return printable(text) if text.strip() else None
