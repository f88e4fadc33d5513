"""How a browser comes to see what the OPCO’s people see of a company."""

from collections.abc import Iterable

from playwright.sync_api import Page
from sqlalchemy import select

from monespace.db import session
from monespace.demo import opco as societes
from monespace.demo.comptes import JULIE, PAUL
from monespace.demo.entreprises import ATELIER_VERDIER, DELORME
from monespace.organisations.models import Organisation
from tests.support.live import LivePortal
from tests.support.pages.visite import Act, Found, Open, Visit, at, press


def of_company(nom: str, rest: str = "", act: Act | None = None) -> Open:
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


def visits(found: Found) -> Iterable[Visit]:
    """The companies that one looks after."""
    yield Visit("opco-entreprises", JULIE, at("/opco"))
    yield Visit("opco-entreprises-aucune", JULIE, at("/opco?q=introuvable"))
    yield Visit("opco-sans-droit", PAUL, at("/opco"))
    yield Visit("opco-entreprise", JULIE, of_company(DELORME.raison_sociale))
    yield Visit("opco-entreprise-courrier", JULIE, of_company(ATELIER_VERDIER.raison_sociale))
    yield Visit("opco-entreprise-prevue", JULIE, of_company(societes.AGREED))
    yield Visit("opco-entreprise-courrier-demande", JULIE, of_company(societes.LETTER_ASKED))
    yield Visit("opco-courrier", JULIE, of_company(societes.ENDED, "/courrier"))
    received = of_company(ATELIER_VERDIER.raison_sociale, "", reception)
    yield Visit("opco-reception", JULIE, received)
    wrong = of_company(ATELIER_VERDIER.raison_sociale, "", reception_refused)
    yield Visit("opco-reception-refus", JULIE, wrong)
    yield Visit("opco-predesigner", JULIE, of_company(societes.AGREED, "/predesigner"))
    refused = of_company(societes.AGREED, "/predesigner", press("Prévoir cet accès"))
    yield Visit("opco-predesigner-refus", JULIE, refused)
    yield Visit("opco-annuler", JULIE, of_company(societes.AGREED, "", taking_back))
