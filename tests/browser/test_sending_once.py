"""A double click, a browser's Back, two tabs: what is done is done once, thirty people at most."""

import re

from playwright.sync_api import expect
from sqlalchemy import func, select

from monespace.dossiers.models import Dossier, Statut
from monespace.exports.models import Export
from tests.browser.drafts import complete_draft, empty_draft, full_but_one, number_of, people_of
from tests.browser.visitor import Arrive, Pick
from tests.support.live import LivePortal


def test_a_double_click_begins_one_dossier(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    camille.open("/dossiers/nouveau")
    before = drafts(demo_portal)
    camille.page.get_by_role("button", name="Commencer").dblclick()
    camille.step("Entreprise et contacts")
    assert drafts(demo_portal) == before + 1


def test_a_double_click_sends_once(arrive: Arrive, demo_portal: LivePortal, script: bool) -> None:
    camille = arrive(script=script)
    address = complete_draft(demo_portal, "Deux clics")
    camille.open(f"{address}/envoi")
    camille.page.get_by_label("J’atteste sur l’honneur").check()
    camille.page.get_by_role("button", name="Transmettre le dossier").dblclick()
    expect(camille.page.locator(".notice-ok")).to_contain_text("transmis le")
    number = number_of(demo_portal, address)
    assert number is not None
    expect(camille.page.locator(".notice-ok")).to_contain_text(number)
    camille.follow("Suivre ce dossier")
    expect(camille.section("Historique").get_by_text("Dossier transmis")).to_have_count(1)


def test_back_then_sending_again_changes_nothing(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = complete_draft(demo_portal, "Retour arrière")
    for page in (camille.page, tab := camille.page.context.new_page()):
        page.goto(f"{demo_portal.url}{address}/envoi")
        page.get_by_label("J’atteste sur l’honneur").check()
    camille.press("Transmettre le dossier")
    expect(camille.page.locator(".notice-ok")).to_be_visible()
    number = number_of(demo_portal, address)

    camille.page.go_back()
    camille.title("Retour arrière")
    expect(camille.page.get_by_role("button", name="Transmettre le dossier")).to_have_count(0)
    expect(camille.page.locator("main")).to_contain_text(number or "no number")
    tab.get_by_role("button", name="Transmettre le dossier").click()
    expect(tab.locator(".notice-ok")).to_contain_text(number or "no number")
    assert number_of(demo_portal, address) == number


def test_a_double_click_adds_one_person(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = empty_draft(demo_portal)
    camille.open(f"{address}/salaries")
    camille.fill({"Nom de naissance": "D’Été", "Prénom": "Zoé"})
    camille.page.get_by_role("button", name="Ajouter ce salarié").dblclick()
    expect(camille.page.get_by_text("1 sur 30")).to_be_visible()
    camille.page.go_back()
    expect(camille.page.get_by_text("1 sur 30")).to_be_visible()
    assert people_of(demo_portal, address) == 1


def test_the_thirty_first_person_of_another_tab_waits_for_a_lot(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = full_but_one(demo_portal, "Complet")
    other = camille.page.context.new_page()
    other.goto(f"{demo_portal.url}{address}/salaries")
    camille.open(f"{address}/salaries")
    camille.fill({"Nom de naissance": "Trentième"})
    camille.press("Ajouter ce salarié")
    expect(camille.page.get_by_text("30 sur 30")).to_be_visible()
    expect(camille.page.get_by_text("30 salariés, le maximum.")).to_be_visible()
    expect(camille.page.get_by_text("des dossiers liés vous seront proposés")).to_be_visible()

    other.get_by_label("Nom de naissance").fill("Trente et unième")
    other.get_by_role("button", name="Ajouter ce salarié").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Répartir les salariés")
    expect(other.get_by_text("1 personne attend une place.")).to_be_visible()
    expect(other.locator("main")).to_contain_text("Trente et unième")
    assert people_of(demo_portal, address) == demo_portal.config.max_stagiaires


def test_a_person_is_corrected_then_taken_out(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = empty_draft(demo_portal)
    camille.open(f"{address}/salaries")
    camille.fill({"Civilité": Pick("Mme"), "Nom de naissance": "Diallo", "Prénom": "Aïcha"})
    camille.press("Ajouter ce salarié")
    camille.page.get_by_role("link", name="Modifier Aïcha Diallo").click()
    camille.fill({"Prénom": "Awa"})
    camille.press("Enregistrer ce salarié")
    expect(camille.page.get_by_role("row", name="Awa Diallo")).to_be_visible()
    camille.page.get_by_role("link", name="Retirer Awa Diallo").click()
    camille.title("Retirer Awa Diallo")
    camille.press("Retirer du dossier")
    expect(camille.page.locator(".notice-ok")).to_contain_text("ne fait plus partie")
    expect(camille.page.get_by_text("0 sur 30")).to_be_visible()


def test_a_double_click_asks_for_one_export(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    camille.open("/dossiers?q=SST")
    before = exports(demo_portal)
    camille.page.get_by_role("button", name="Exporter").dblclick()
    camille.page.wait_for_url(re.compile("/exports/"))
    assert exports(demo_portal) == before + 1


def drafts(portal: LivePortal) -> int:
    with portal.database.reading() as opened:
        return opened.scalar(select(func.count()).where(Dossier.statut == Statut.BROUILLON)) or 0


def exports(portal: LivePortal) -> int:
    with portal.database.reading() as opened:
        return opened.scalar(select(func.count()).select_from(Export)) or 0
