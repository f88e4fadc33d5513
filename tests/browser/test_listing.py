"""Dossiers are found again, and exactly the list that is shown is exported."""

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, expect

from monespace.demo.comptes import INES, KARIM
from tests.browser.visitor import Arrive, Visitor

COUNT = re.compile(r"(\d+)\sdossiers?")
SHEETS = ["Dossiers", "Détail financier", "Stagiaires", "Critères"]


def test_the_list_is_filtered_sorted_and_leafed_through(arrive: Arrive, script: bool) -> None:
    camille = arrive(script=script)
    camille.open("/dossiers")
    everything = count(camille)
    assert everything > 100
    expect(rows(camille)).to_have_count(25)
    first = rows(camille).first.inner_text()
    camille.follow("Page suivante")
    expect(rows(camille).first).not_to_have_text(first)
    camille.follow("Page précédente")
    expect(rows(camille).first).to_contain_text(first.split("\n")[0])

    camille.fill({"Numéro, intitulé, salarié ou organisme": "  EXCEL perfectionnement "})
    camille.page.get_by_label("État").select_option(label="Accordé")
    camille.page.get_by_label("Établissement").select_option(index=1)
    camille.press("Filtrer")
    expect(camille.page).to_have_title(re.compile(r"^Dossiers \(\d+\sdossiers?\)"))
    assert 0 < count(camille) < everything
    for row in rows(camille).all():
        expect(row).to_contain_text("Excel perfectionnement")
        expect(row).to_contain_text("Accordé")
    camille.page.get_by_role("link", name="Demandé").click()
    expect(camille.page.get_by_role("columnheader", name="Demandé")).to_have_attribute(
        "aria-sort", "descending"
    )
    assert amounts(camille) == sorted(amounts(camille), reverse=True)

    camille.follow("Effacer")
    assert count(camille) == everything
    rows(camille).first.get_by_role("link").click()
    expect(camille.section("Historique")).to_be_visible()


def test_a_filter_by_date_and_one_that_finds_nothing(arrive: Arrive, script: bool) -> None:
    camille = arrive(script=script)
    camille.open("/dossiers")
    camille.page.get_by_text("Dates", exact=True).click()
    camille.group("Début à partir du").get_by_label("Jour").fill("1")
    camille.group("Début à partir du").get_by_label("Mois").fill("janvier")
    camille.group("Début à partir du").get_by_label("Année").fill("2090")
    camille.press("Filtrer")
    expect(camille.page.get_by_text("Aucun dossier pour ces critères.")).to_be_visible()
    expect(camille.group("Début à partir du").get_by_label("Mois")).to_be_visible()
    camille.follow("Effacer les filtres")
    assert count(camille) > 100


def test_each_sees_their_own(arrive: Arrive) -> None:
    karim, ines = arrive(KARIM), arrive(INES)
    for visitor in (karim, ines):
        visitor.open("/dossiers")
    expect(karim.page.get_by_role("cell", name="Delorme Croix-Rousse").first).to_be_visible()
    expect(karim.page.get_by_role("cell", name="Delorme Annecy")).to_have_count(0)
    expect(ines.page.get_by_role("cell", name=re.compile("Delorme"))).to_have_count(0)


def test_the_filtered_list_is_exported(arrive: Arrive, script: bool, tmp_path: Path) -> None:
    camille = arrive(script=script)
    camille.open("/dossiers?statut=REFUSE")
    expected = count(camille)
    camille.press("Exporter")
    camille.title("Export de dossiers")
    download = camille.page.get_by_role("link", name="Télécharger le fichier")
    if script:
        expect(download).to_be_visible(timeout=30_000)
        expect(camille.page.locator("#annonce")).not_to_be_empty()
    while not script and not download.count():
        camille.page.wait_for_timeout(500)
        camille.follow("Actualiser")
    with camille.page.expect_download() as waiting:
        download.click()
    path = tmp_path / "export.xlsx"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.endswith(".xlsx")

    book = load_workbook(path)
    assert book.sheetnames == SHEETS
    assert len(lines(book["Dossiers"])) == expected
    assert any("Refusé" in line for line in lines(book["Critères"]))
    camille.open("/exports")
    expect(camille.page.get_by_role("link", name="Télécharger").first).to_be_visible()


def rows(visitor: Visitor) -> Locator:
    return visitor.page.locator("main tbody tr")


def count(visitor: Visitor) -> int:
    said = COUNT.search(visitor.page.get_by_role("heading", level=2).first.inner_text())
    assert said
    return int(said.group(1))


def amounts(visitor: Visitor) -> list[float]:
    cells = visitor.page.locator("main tbody td[data-label=Demandé]").all_inner_texts()
    return [float(re.sub(r"[^\d,]", "", cell).replace(",", ".")) for cell in cells]


def lines(sheet: Worksheet) -> list[list[str]]:
    """The rows under the headings, as texts."""
    return [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
