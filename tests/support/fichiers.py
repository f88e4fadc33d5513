"""Sample files made in code: the sound ones, and the simple mistakes."""

import io
import random
import zipfile
from collections.abc import Sequence

import pikepdf
from PIL import Image

MEGABYTE = 1024 * 1024
SECRET = "sésame"


def pdf(texte: str = "Convention de formation", pages: int = 1) -> bytes:
    """A sound PDF that shows `texte` on each of its pages."""
    return saved(document(texte, pages))


def pdf_user_password() -> bytes:
    """Cannot be opened without SECRET."""
    return saved(document(), pikepdf.Encryption(owner=SECRET, user=SECRET))


def pdf_owner_password() -> bytes:
    """Opens and reads without a password; SECRET is asked only to change it."""
    return saved(document(), pikepdf.Encryption(owner=SECRET, user=""))


def jpg(largeur: int = 60, hauteur: int = 40) -> bytes:
    """A sound photograph."""
    return _image("JPEG", largeur, hauteur)


def png(largeur: int = 60, hauteur: int = 40) -> bytes:
    """A sound drawing."""
    return _image("PNG", largeur, hauteur)


def archive() -> bytes:
    """A ZIP file that holds one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        zipped.writestr("x.txt", b"contenu " * 400)
    return buffer.getvalue()


def exe() -> bytes:
    """The beginning of a Windows program, to be given any name."""
    return b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200) + b"This program cannot be run in DOS mode."


def empty() -> bytes:
    """Nothing at all."""
    return b""


def too_heavy() -> bytes:
    """A sound PDF of 11 MB."""
    return sized(11 * MEGABYTE)


def sized(taille: int) -> bytes:
    """A sound PDF of exactly `taille` bytes."""
    return _padded(2 * taille - len(_padded(taille)))


def document(texte: str = "Convention de formation", pages: int = 1) -> pikepdf.Pdf:
    """A sound PDF, still to be changed and saved."""
    projet = pikepdf.new()
    police = projet.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    trace = b"BT /F1 14 Tf 60 760 Td <%s> Tj ET" % texte.encode("cp1252", "replace").hex().encode()
    for _ in range(pages):
        page = projet.add_blank_page(page_size=(595, 842)).obj
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=police))
        page.Contents = projet.make_stream(trace)
    return projet


def saved(projet: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """The bytes of a PDF made with pikepdf."""
    buffer = io.BytesIO()
    projet.save(buffer, encryption=encryption or False)
    return buffer.getvalue()


def written(objets: Sequence[bytes]) -> bytes:
    """The bytes of a PDF made of these objects as they are; the first is its catalog."""
    corps, places = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for numero, objet in enumerate(objets, 1):
        places += b"%010d 00000 n \n" % len(corps)
        corps += b"%d 0 obj\n%s\nendobj\n" % (numero, objet)
    taille = len(objets) + 1
    fin = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (taille, len(corps))
    return corps + b"xref\n0 %d\n" % taille + places + fin


def _padded(blancs: int) -> bytes:
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/Resources<<>>/MediaBox[0 0 595 842]/Contents 4 0 R>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (blancs, b" " * blancs),
        ]
    )


def _image(format_: str, largeur: int, hauteur: int) -> bytes:
    buffer = io.BytesIO()
    points = random.Random(2).randbytes(3 * largeur * hauteur)
    Image.frombytes("RGB", (largeur, hauteur), points).save(buffer, format_)
    return buffer.getvalue()
