"""The pages of an import, each in the states that look different."""

from collections.abc import Iterable

from playwright.sync_api import FilePayload, Page

from monespace.demo.comptes import CAMILLE, KARIM, LEA
from tests.imports.classeurs import TITRES, salarie, texte, xlsx
from tests.support.live import LivePortal
from tests.support.pages.visite import Found, Open, Visit, at

MANY = 600


def choosing(path: str = "/importer") -> Open:
    """Where a file is chosen."""
    return lambda page, portal: _open(page, portal, path)


def refused(page: Page, portal: LivePortal) -> None:
    """Cells that hold nothing but titles."""
    _open(page, portal)
    page.get_by_label("Cellules copiées").fill(texte([TITRES]))
    _press(page, "Lire ces cellules")


def linking(page: Page, portal: LivePortal) -> None:
    """Columns that nobody knows yet."""
    titres = (*TITRES, "Couleur préférée", "Badge")
    rows = [(*salarie(rank), "bleu", f"B{rank}") for rank in range(7001, 7004)]
    _send(page, portal, xlsx([("Effectifs",), titres, *rows]))


def linking_refused(page: Page, portal: LivePortal) -> None:
    linking(page, portal)
    page.get_by_label("Prénom").select_option(label="Nom de naissance")
    _press(page, "Continuer")


def preview(page: Page, portal: LivePortal) -> None:
    """Good rows, wrong ones and the same one twice."""
    rows = [salarie(rank) for rank in range(7101, 7131)]
    rows[3][3] = "31/02/1980"
    rows[8][1], rows[8][5] = None, "pas une adresse"
    rows.append(rows[0])
    _send(page, portal, xlsx([TITRES, *rows]))


def preview_refused(page: Page, portal: LivePortal) -> None:
    preview(page, portal)
    _press(page, "Importer 28 lignes")


def result(page: Page, portal: LivePortal) -> None:
    preview(page, portal)
    page.get_by_label("Établissement des lignes").select_option(index=1)
    _press(page, "Importer 28 lignes")


def waiting(page: Page, portal: LivePortal) -> None:
    """A long file, as the worker begins to read it."""
    _send(page, portal, xlsx([TITRES, *[salarie(rank) for rank in range(1, MANY)]]))


def _send(page: Page, portal: LivePortal, content: bytes) -> None:
    _open(page, portal)
    payload: FilePayload = {"name": "Effectifs 2026.xlsx", "mimeType": "", "buffer": content}
    page.locator("input[type=file]").set_input_files(payload)
    _press(page, "Envoyer ce fichier")


def _open(page: Page, portal: LivePortal, path: str = "/importer") -> None:
    page.goto(portal.url + path)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.wait_for_load_state()


def visits(found: Found) -> Iterable[Visit]:
    """From a file to what became of its rows."""
    yield Visit("imports-aucun", KARIM, at("/importer/mes-imports"))
    yield Visit("importer", CAMILLE, at("/importer"))
    dossier = found["people"].cle
    yield Visit("importer-dans-un-dossier", CAMILLE, at(f"/importer?dossier={dossier}"))
    yield Visit("importer-sans-droit", LEA, at("/importer"))
    yield Visit("importer-refus", CAMILLE, refused)
    yield Visit("importer-colonnes", CAMILLE, linking)
    yield Visit("importer-colonnes-refus", CAMILLE, linking_refused)
    yield Visit("importer-apercu", CAMILLE, preview)
    yield Visit("importer-apercu-refus", CAMILLE, preview_refused)
    yield Visit("importer-resultat", CAMILLE, result)
    yield Visit("importer-attente", CAMILLE, waiting)
    yield Visit("imports", CAMILLE, at("/importer/mes-imports"))
