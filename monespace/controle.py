"""Opens one untrusted file, alone in a process of bounded memory and time.

Run by its path, never imported: `fichiers` gives it a file on its standard input and reads back
`{"pages": 3}` or `{"refus": "…"}`. Opening is enough to be attacked: a PDF of 222 kB took 540 MB,
because its objects are themselves in a compressed stream. No page is rendered, no text is read.
"""

import io
import json
import resource
import sys
from collections.abc import Iterable

import pikepdf
from PIL import Image

MAX_PAGES = 200
MAX_PIXELS = 60_000_000
MAX_MEMORY = 512 * 1024 * 1024
MAX_CPU_SECONDS = 10

MOT_DE_PASSE = "Ce PDF est protégé par un mot de passe\u00a0: retirez-le puis joignez-le à nouveau."
ACTIF = (
    "Ce PDF contient un script, un fichier joint ou un formulaire dynamique. Ouvrez-le, choisissez "
    "d’imprimer en PDF, puis joignez le nouveau fichier."
)
SANS_PAGE = "Ce PDF ne contient aucune page. Enregistrez-le à nouveau puis joignez-le."
TROP_DE_PAGES = (
    f"Ce PDF compte plus de {MAX_PAGES}\u00a0pages. Séparez-le en plusieurs fichiers plus courts."
)
TROP_GRANDE = (
    "Cette image est trop grande (plus de 60\u00a0millions de pixels). Réduisez ses dimensions, "
    "ou enregistrez-la en PDF, puis joignez-la à nouveau."
)

# A script, an XFA form, an embedded file.
ACTIVE_KEYS = frozenset({"/JS", "/XFA", "/EF"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch"})


class Refus(Exception):
    """The file was read, and the portal will not keep it; the message says why, in French."""


def read_pdf(contenu: bytes) -> int:
    """Its number of pages. Raise Refus, or whatever a damaged file makes pikepdf raise."""
    try:
        pdf = pikepdf.open(io.BytesIO(contenu))
    except pikepdf.PasswordError:
        raise Refus(MOT_DE_PASSE) from None
    pages = count_pages(pdf.Root["/Pages"])
    if pages == 0:
        raise Refus(SANS_PAGE)
    if pages > MAX_PAGES:
        raise Refus(TROP_DE_PAGES)
    if any(is_active(found) for found in pdf.objects):
        raise Refus(ACTIF)
    return pages


def count_pages(root: pikepdf.Object) -> int:
    """Pages under `root`, at most MAX_PAGES + 1: one page named a million times took 2 GB."""
    waiting, seen, pages = [root], set[tuple[int, int]](), 0
    while waiting and pages <= MAX_PAGES:
        node = waiting.pop()
        if "/Kids" not in node:
            pages += 1
        elif node.objgen in seen:
            raise ValueError("the tree of pages loops")
        else:
            seen.add(node.objgen)
            waiting += containers(node["/Kids"])
    return pages


def is_active(found: pikepdf.Object) -> bool:
    """Whether this object, or one written inside it, runs, launches or carries something."""
    waiting = [found]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Dictionary | pikepdf.Stream) and (
            not ACTIVE_KEYS.isdisjoint(node.keys()) or str(node.get("/S")) in ACTIVE_ACTIONS
        ):
            return True
        waiting += [inside for inside in containers(node) if not inside.is_indirect]
    return False


def containers(node: pikepdf.Object) -> list[pikepdf.Object]:
    """The arrays and dictionaries found in this one."""
    inside: Iterable[pikepdf.Object] = ()
    if isinstance(node, pikepdf.Array):
        inside = node.as_list()
    elif isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        inside = (value for _, value in node.items())
    return [value for value in inside if isinstance(value, pikepdf.Array | pikepdf.Dictionary)]


def read_image(contenu: bytes) -> int:
    """One page, once the image is read to its end. Raise Refus, or whatever Pillow raises."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit, just below, has a sentence of its own
    with Image.open(io.BytesIO(contenu), formats=("JPEG", "PNG")) as image:
        if image.width * image.height > MAX_PIXELS:
            raise Refus(TROP_GRANDE)
        if image.format == "PNG":
            image.verify()
        else:  # verify() does nothing for a JPG: decode it, at an eighth of its size
            image.draft(None, (1, 1))
            image.load()
    return 1


def main() -> None:
    """Read the file, print what it is; end with an error when it cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    contenu = sys.stdin.buffer.read()
    verdict: dict[str, str | int]
    try:
        pages = read_pdf(contenu) if contenu.startswith(b"%PDF-") else read_image(contenu)
        verdict = {"pages": pages}
    except Refus as refus:
        verdict = {"refus": str(refus)}
    json.dump(verdict, sys.stdout)


if __name__ == "__main__":
    main()
