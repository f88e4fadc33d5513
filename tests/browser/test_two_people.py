"""Two people in one dossier, each in a browser of their own, with and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, expect

from monespace.demo.comptes import CAMILLE, SOPHIE
from tests.browser.drafts import empty_draft
from tests.browser.visitor import Arrive, Visitor
from tests.support.live import LivePortal

THEIRS = re.compile(r"^Prendre celle de Camille Martin, le \d+\S*\s\S+\s\d{4} à \d\d:\d\d")


@pytest.fixture(params=["demo_portal", "postgres_portal"], ids=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest) -> LivePortal:
    """Both databases."""
    chosen: LivePortal = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def pair(arrive: Arrive, portal: LivePortal, script: bool) -> tuple[Visitor, Visitor]:
    """Camille and Sophie, with the same step open."""
    camille, sophie = (arrive(one, script=script, portal=portal) for one in (CAMILLE, SOPHIE))
    address = f"{empty_draft(portal)}/etapes/formation"
    camille.open(address)
    camille.fill({"Intitulé": "Au début", "Nombre de jours": "1"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    for one in (camille, sophie):
        one.open(address)
    return camille, sophie


def asked(visitor: Visitor) -> Locator:
    """The choice between two answers to «Intitulé»."""
    legend = visitor.page.locator("legend", has_text="Intitulé")
    return visitor.page.locator("fieldset").filter(has=legend)


def contest(camille: Visitor, sophie: Visitor) -> Locator:
    """Camille answers, then Sophie, who is asked."""
    address = sophie.page.url
    camille.fill({"Intitulé": "Gestes et postures"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    sophie.fill({"Intitulé": "Premiers secours", "Nombre de jours": "3"})
    sophie.press("Enregistrer et continuer")
    expect(sophie.page.locator(".errors")).to_be_focused()
    expect(sophie.page.locator(".errors")).to_contain_text("Camille Martin a répondu autre chose")
    camille.page.goto(address)
    camille.shows({"Intitulé": "Gestes et postures", "Nombre de jours": "3"})
    return asked(sophie)


def test_different_questions_are_both_kept(pair: tuple[Visitor, Visitor]) -> None:
    camille, sophie = pair
    address = camille.page.url
    camille.fill({"Intitulé": "Gestes et postures"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    sophie.fill({"Nombre de jours": "2"})
    sophie.press("Enregistrer et continuer")
    sophie.step("Organisme de formation")
    sophie.page.goto(address)
    sophie.shows({"Intitulé": "Gestes et postures", "Nombre de jours": "2"})


def test_mine_is_kept_by_keyboard(pair: tuple[Visitor, Visitor]) -> None:
    camille, sophie = pair
    choice = contest(camille, sophie)
    expect(choice.get_by_role("radio", checked=True)).to_have_count(0)
    sophie.follow("Intitulé : Camille Martin a répondu autre chose")
    radio = choice.get_by_role("radio", name="Garder ma réponse")
    if not sophie.focused().evaluate("one => one.type == 'radio'"):
        radio.focus()
    sophie.page.keyboard.press("Space")
    expect(radio).to_be_checked()
    sophie.page.locator("form[data-autosave] button").first.focus()
    sophie.page.keyboard.press("Enter")
    sophie.step("Organisme de formation")
    camille.page.reload()
    camille.shows({"Intitulé": "Premiers secours"})


def test_theirs_is_taken_and_the_history_tells_both(pair: tuple[Visitor, Visitor]) -> None:
    camille, sophie = pair
    choice = contest(camille, sophie)
    choice.get_by_role("radio", name=THEIRS).check()
    sophie.shows({"Intitulé": "Premiers secours"})
    sophie.press("Enregistrer et continuer")
    sophie.step("Organisme de formation")
    camille.page.reload()
    camille.shows({"Intitulé": "Gestes et postures"})

    camille.follow("Qui a répondu, et quand")
    camille.title("Historique des réponses")
    row = camille.page.get_by_role("row", name=re.compile("^Nombre de jours"))
    expect(row.first).to_contain_text("Sophie Lefèvre")
    row = camille.page.get_by_role("row", name=re.compile("^Intitulé"))
    expect(row.first).to_contain_text("Camille Martin")


def test_without_a_choice_it_is_asked_again(pair: tuple[Visitor, Visitor]) -> None:
    choice = contest(*pair)
    sophie = pair[1]
    sophie.press("Enregistrer et continuer")
    expect(sophie.page.locator(".errors")).to_be_focused()
    sophie.shows({"Intitulé": "Premiers secours"})
    expect(choice.get_by_role("radio", checked=True)).to_have_count(0)


def test_back_to_a_moment(pair: tuple[Visitor, Visitor]) -> None:
    camille, sophie = pair
    address = camille.page.url
    for visitor, typed in ((camille, "Gestes"), (sophie, "Secours")):
        visitor.open(address.removeprefix(visitor.portal.url))
        visitor.fill({"Intitulé": typed})
        visitor.press("Enregistrer et continuer")
        visitor.step("Organisme de formation")
    camille.follow("Qui a répondu, et quand")
    camille.follow("Revenir à ce moment")
    expect(camille.page.get_by_role("row", name=re.compile("^Intitulé"))).to_contain_text("Secours")

    # Sophie goes on typing: Camille is asked again.
    sophie.page.goto(address)
    sophie.fill({"Nombre de jours": "5"})
    sophie.press("Enregistrer et continuer")
    sophie.step("Organisme de formation")
    camille.press("Revenir à ce moment")
    expect(camille.page.locator(".notice")).to_contain_text("Sophie Lefèvre a modifié ce dossier")
    expect(camille.page.locator(".notice")).to_be_focused()
    camille.press("Revenir à ce moment")
    expect(camille.page.locator(".notice-ok")).to_contain_text("Le dossier est revenu au")
    camille.page.goto(address)
    camille.shows({"Intitulé": "Gestes", "Nombre de jours": "1"})
