"""How a browser comes to see what the OPCO’s people see of a company."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from monespace.db import session
from monespace.organisations.models import Organisation
from tests.support.live import LivePortal


def of_company(
    nom: str, rest: str = "", act: Callable[[Page], None] | None = None
) -> Callable[[Page, LivePortal], None]:
    """The page of a company of the portfolio, or one that follows it."""

    def open_it(page: Page, portal: LivePortal) -> None:
        wanted = select(Organisation.cle).where(Organisation.entreprise.has(raison_sociale=nom))
        with portal.database.reading():
            cle = session().scalars(wanted.order_by(Organisation.id)).first()
        page.goto(f"{portal.url}/opco/{cle}{rest}")
        if act:
            act(page)
            page.wait_for_load_state()

    return open_it


def reception(page: Page) -> None:
    page.get_by_role("link", name="Dater la réception").first.click()


def reception_refused(page: Page) -> None:
    reception(page)
    page.get_by_label("Année").fill("1900")
    page.get_by_role("button", name="Enregistrer la date").click()


def taking_back(page: Page) -> None:
    page.get_by_role("link", name="Annuler pour").first.click()
