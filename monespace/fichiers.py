"""What an uploaded file is, and whether the portal may keep it: a PDF, a JPG or a PNG.

The cheap rules are here; opening the file is left to `controle`, in a process of its own.
"""

import io
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from monespace.refus import Refuse

MAX = 10 * 1024 * 1024
LONGEST_NAME = 150
PATIENCE_SECONDS = 20

VIDE = (
    "Ce fichier est vide. Vérifiez qu’il s’ouvre sur votre ordinateur, puis joignez-le à nouveau."
)
TROP_LOURD = "Le fichier dépasse 10\u00a0Mo. Réduisez-le ou envoyez-le en deux parties."
AUTRE_TYPE = (
    "Ce fichier n’est ni un PDF, ni une image JPG ou PNG. Enregistrez le document en PDF, "
    "puis joignez-le à nouveau."
)
ABIME = (
    "Ce fichier est abîmé ou incomplet. Ouvrez-le, choisissez d’imprimer en PDF, "
    "puis joignez le nouveau fichier."
)
MELANGE = (
    "Ce fichier contient autre chose que le document lui-même. Ouvrez-le, choisissez "
    "d’imprimer en PDF, puis joignez le nouveau fichier."
)

_CONTROLE = Path(__file__).with_name("controle.py")
_HTML = re.compile(rb"<(?:!doctype|html|script)\b", re.IGNORECASE)
_END = 1024
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class FichierRefuse(Refuse):
    """An uploaded file that the portal will not keep."""


@dataclass(frozen=True, slots=True)
class Format:
    """A type of file: `end` must stand in its last kilobyte (empty when anything may follow)."""

    label: str
    type_mime: str
    extensions: tuple[str, ...]
    start: bytes
    end: bytes


PDF = Format("un PDF", "application/pdf", ("pdf",), b"%PDF-", b"%%EOF")
# Telephones add a film or a second picture after the end of a JPG.
JPG = Format("une image JPG", "image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", b"")
PNG = Format("une image PNG", "image/png", ("png",), b"\x89PNG\r\n\x1a\n", b"IEND")
FORMATS = (PDF, JPG, PNG)


@dataclass(frozen=True, slots=True)
class FichierSain:
    """A file that was read to its end: its cleaned name, its real type, its size in bytes."""

    nom: str
    type_mime: str
    extension: str
    taille: int
    pages: int


def inspect(nom: str, contenu: BinaryIO) -> FichierSain:
    """Say what the file is, and rewind it. Raise FichierRefuse with the sentence to show."""
    octets = contenu.read(MAX + 1)
    contenu.seek(0)
    if not octets:
        raise FichierRefuse(VIDE)
    if len(octets) > MAX:
        raise FichierRefuse(TROP_LOURD)
    nom = clean_name(nom)
    format_ = _format(nom, octets)
    _refuse_mixture(format_, octets)
    return FichierSain(
        nom=nom,
        type_mime=format_.type_mime,
        extension=format_.extensions[0],
        taille=len(octets),
        pages=_open_apart(octets),
    )


def clean_name(nom: str) -> str:
    """The name to show: no folder, nothing unseen, NFC, at most LONGEST_NAME characters."""
    last = " ".join(re.split(r"[/\\]", nom)[-1].split())
    seen = "".join(char for char in last if unicodedata.category(char) not in _UNSEEN)
    whole = unicodedata.normalize("NFC", seen).strip()
    stem, dot, extension = whole.rpartition(".")
    if not dot or len(extension) > LONGEST_NAME // 2:
        stem, dot, extension = whole, "", ""
    kept = stem.strip(" .")[: LONGEST_NAME - len(dot + extension)].rstrip(" .")
    return (kept or "document") + dot + extension


def _format(nom: str, octets: bytes) -> Format:
    """The one format that both the name and the first bytes announce."""
    extension = PurePath(nom).suffix.lower()[1:]
    named = next((known for known in FORMATS if extension in known.extensions), None)
    found = next((known for known in FORMATS if octets.startswith(known.start)), None)
    if named and named is found:
        return named
    if found:
        raise FichierRefuse(
            f"Le contenu de ce fichier est {found.label}, son nom dit autre chose. "
            f"Terminez son nom par «\u00a0.{found.extensions[0]}\u00a0», puis joignez-le à nouveau."
        )
    if named is PDF and PDF.start in octets[:_END]:
        raise FichierRefuse(MELANGE)
    raise FichierRefuse(AUTRE_TYPE)


def _refuse_mixture(format_: Format, octets: bytes) -> None:
    """Refuse a file cut short, and one that another program would read as something else."""
    if zipfile.is_zipfile(io.BytesIO(octets)):
        raise FichierRefuse(MELANGE)
    # A PDF may speak of HTML in its text; only its beginning could pass for a page.
    if _HTML.search(octets, 0, _END if format_ is PDF else len(octets)):
        raise FichierRefuse(MELANGE)
    if format_.end not in octets[-_END:]:
        raise FichierRefuse(MELANGE if format_.end in octets else ABIME)


def _open_apart(octets: bytes) -> int:
    """The number of pages, counted where neither memory nor time can be exhausted."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", _CONTROLE],
            input=octets,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=True,
        ).stdout
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise FichierRefuse(ABIME) from None
    verdict: dict[str, str | int] = json.loads(answer)
    if "refus" in verdict:
        raise FichierRefuse(str(verdict["refus"]))
    return int(verdict["pages"])
