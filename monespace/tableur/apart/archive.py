"""Measures the archive that a workbook is, before anything in it is read."""

import io
import posixpath
import re
import zipfile

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]

MAX_ENTRIES = 200
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200

REFAIRE = "Copiez ses cellules dans un nouveau classeur, enregistrez-le, puis envoyez celui-ci."
TROP_GROS = (
    "Ce classeur est trop gros une fois ouvert. Copiez seulement les colonnes et les lignes utiles "
    "dans un nouveau classeur, enregistrez-le, puis envoyez celui-ci."
)
SUSPECT = f"Ce classeur contient autre chose que des feuilles de calcul. {REFAIRE}"
CHIFFRE = (
    "Ce classeur est protégé par un mot de passe\u00a0: retirez-le, puis envoyez-le à nouveau."
)
AU_FORMAT = (
    "Ouvrez-le, choisissez «\u00a0Enregistrer sous\u00a0», au format «\u00a0Classeur Excel "
    "(.xlsx)\u00a0», puis envoyez le nouveau fichier."
)
MACROS = f"Ce classeur contient des macros. {AU_FORMAT}"
BINAIRE = f"Ce classeur est au format binaire .xlsb. {AU_FORMAT}"
ODS = f"Ce classeur est au format .ods. {AU_FORMAT}"
AUTRE = (
    "Ce fichier n’est pas un classeur. Envoyez un fichier .xlsx ou .csv, ou collez les cellules "
    "de votre tableau."
)

CODED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)


class Refus(Exception):
    """The file was read, and the portal will not take it; the message says why, in French."""


def parts_of(contenu: bytes) -> dict[str, bytes]:
    """The XML of the archive by name in lower case, once measured. Raise Refus."""
    archive = zipfile.ZipFile(io.BytesIO(contenu))
    entries = archive.infolist()
    names = [entry.filename.lower().replace("\\", "/").lstrip("/") for entry in entries]
    refuse_other_formats(archive, names)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        raise Refus(TROP_GROS)
    if len(set(names)) < len(names) or any(".." in name.split("/") for name in names):
        raise Refus(SUSPECT)
    parts = {}
    for entry, name in zip(entries, names, strict=True):
        if name.endswith((".xml", ".rels", ".vml")):
            parts[name] = harmless(archive.read(entry))
    return parts


def refuse_other_formats(archive: zipfile.ZipFile, names: list[str]) -> None:
    """Say by name what the archive is, when it is not a plain workbook."""
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise Refus(CHIFFRE)
    if "content.xml" in names and "mimetype" in names:
        raise Refus(ODS)
    if "xl/workbook.bin" in names:
        raise Refus(BINAIRE)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Refus(MACROS)
    if "xl/workbook.xml" not in names:
        raise Refus(AUTRE)


def harmless(xml: bytes) -> bytes:
    """`xml`, if it is UTF-8 and declares nothing. Raise Refus."""
    coded = CODED.match(xml.removeprefix(b"\xef\xbb\xbf")[:200])
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:200]:
        raise Refus(SUSPECT)
    if coded and coded[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Refus(SUSPECT)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise Refus(SUSPECT)
    return xml


def sheets_of(parts: dict[str, bytes]) -> tuple[dict[str, bytes], bool]:
    """The XML of each sheet by its name, and whether days are counted from 1904."""
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    found, since_1904 = {}, False
    for element in fromstring(parts["xl/workbook.xml"]).iter():
        if element.tag.endswith("}workbookPr"):
            since_1904 = element.get("date1904", "") in ("1", "true")
        if element.tag.endswith("}sheet"):
            link = next((value for key, value in element.items() if key.endswith("}id")), "")
            path = posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lower()
            found[element.get("name", "")] = parts.get(path.lstrip("/"), b"")
    return found, since_1904
