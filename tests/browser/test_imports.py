"""A list imported in a browser: taken, given back, mended, taken whole; scripts or not."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from monespace.imports.lecture import MOST_AT_ONCE
from tests.browser.visitor import Arrive, Visitor
from tests.imports.classeurs import TITRES, mended, rows_of, salarie, texte, xlsx
from tests.support.live import LivePortal


@pytest.fixture(params=["demo_portal", "postgres_portal"], ids=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest) -> LivePortal:
    """Both databases."""
    chosen: LivePortal = request.getfixturevalue(request.param)
    return chosen


def send(visitor: Visitor, name: str, content: bytes, button: str = "Envoyer ce fichier") -> None:
    payload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    visitor.page.locator("input[type=file]").set_input_files(payload)  # type: ignore[arg-type]
    visitor.press(button)


def confirm(visitor: Visitor, count: int) -> None:
    """Choose the first établissement and press «Importer»."""
    visitor.title("Vérifier avant d’importer")
    visitor.page.get_by_label("Établissement des lignes").select_option(index=1)
    visitor.press(f"Importer {count} lignes" if count > 1 else "Importer 1 ligne")


def people(base: int, script: bool, count: int) -> list[list[object]]:
    """Other people in each run: the portal is the same for all."""
    start = base + (5000 if script else 0)
    return [salarie(rank) for rank in range(start, start + count)]


def test_a_list_is_taken_and_its_faults_are_mended(
    arrive: Arrive, portal: LivePortal, script: bool, tmp_path: Path
) -> None:
    camille = arrive(script=script, portal=portal, width=360)
    camille.open("/importer")
    rows = people(1000, script, 4)
    wrong = [*rows]
    wrong[2] = [*rows[2][:3], "31/02/1980", *rows[2][4:]]
    send(camille, "effectifs.xlsx", xlsx([("Effectifs",), TITRES, *wrong]))
    expect(camille.page.locator("main")).to_contain_text("Ligne 5")
    confirm(camille, 3)

    camille.title("Import terminé")
    with camille.page.expect_download() as download:
        camille.follow("Télécharger le classeur à corriger")
    path = tmp_path / "à corriger.xlsx"
    download.value.save_as(path)
    given = path.read_bytes()
    assert len(rows_of(given)) == 1
    right = mended(given, {0: {"Né le": "03/02/1980"}})
    send(camille, "corrigé.xlsx", right, "Renvoyer le classeur corrigé")
    confirm(camille, 1)
    camille.title("Import terminé")
    expect(camille.page.locator("main")).not_to_contain_text("à corriger")


def test_cells_are_pasted_and_columns_linked(
    arrive: Arrive, portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script, portal=portal)
    camille.open("/importer")
    titres = ("Repère interne", *TITRES[1:])
    camille.page.get_by_label("Cellules copiées").fill(texte([titres, *people(2000, script, 2)]))
    camille.press("Lire ces cellules")
    if camille.page.get_by_role("heading", level=1).inner_text() == "Relier les colonnes":
        camille.page.get_by_label("Repère interne").select_option(label="Matricule")
        camille.press("Continuer")
    confirm(camille, 2)
    camille.title("Import terminé")


def test_a_long_list_is_followed(arrive: Arrive, portal: LivePortal, script: bool) -> None:
    camille = arrive(script=script, portal=portal)
    camille.open("/importer")
    many = people(3000, script, MOST_AT_ONCE + 1)
    send(camille, "longue.csv", texte([TITRES, *many], ";").encode())
    wait(camille, "Vérifier")
    confirm(camille, len(many))
    wait(camille, "Voir le résultat")
    camille.title("Import terminé")
    expect(camille.page.locator("main")).to_contain_text(str(len(many)))


def wait(visitor: Visitor, link: str) -> None:
    """Until the worker is done: the page looks by itself, or somebody does."""
    found = visitor.page.get_by_role("link", name=link, exact=True)
    if not visitor.script:
        for _ in range(100):
            if not visitor.page.get_by_role("link", name="Actualiser").is_visible():
                # Without a script the address gives the next page itself.
                return
            visitor.page.wait_for_timeout(100)
            visitor.page.reload()
    expect(found).to_be_visible(timeout=20_000)
    found.click()
