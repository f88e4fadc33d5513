"""How a browser comes to see the pages by which one joins a company."""

from playwright.sync_api import Page

from monespace.coffre import Coffre
from monespace.demo.entreprises import CLAIRE_PROPRETE, DELORME
from monespace.organisations.models import Profil
from tests.support.courrier import issue
from tests.support.live import LivePortal

DOORS = f"profil=adherent&siren={DELORME.siren}"
# The code of this one is its own: typing it disturbs no other page.
PROVED = f"profil=adherent&siren={CLAIRE_PROPRETE.siren}"


def wrong_code(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/rattachement/code?{DOORS}")
    _type(page, "0" * 16)


def other_profile(page: Page, portal: LivePortal) -> None:
    """The code of the profile «adhérent», under the profile «prestataire»."""
    page.goto(f"{portal.url}/rattachement/code?{PROVED.replace('adherent', 'prestataire')}")
    _type(page, _code(portal))


def right_code(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/rattachement/code?{PROVED}")
    _type(page, _code(portal))
    page.get_by_role("heading", name="Que voulez-vous faire").wait_for()


def rights_of_the_code(page: Page, portal: LivePortal) -> None:
    right_code(page, portal)
    page.goto(f"{portal.url}/rattachement/code/droits")


def taking_back(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/rattachement/suivi")
    page.get_by_role("link", name="Retirer cette demande").first.click()
    page.wait_for_load_state()


def _code(portal: LivePortal) -> str:
    coffre = Coffre.of(portal.config)
    return issue(portal.database, coffre, CLAIRE_PROPRETE.siren, Profil.ADHERENT)


def _type(page: Page, code: str) -> None:
    page.get_by_label("Code du courrier").fill(code)
    page.get_by_role("button", name="Vérifier le code").click()
    page.wait_for_load_state()
