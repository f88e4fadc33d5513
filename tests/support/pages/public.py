"""Pages that need nobody signed in."""

from collections.abc import Iterable

from playwright.sync_api import Page

from tests.support.live import LivePortal
from tests.support.pages.visite import Found, Open, Visit, at, press, then


def visits(found: Found) -> Iterable[Visit]:
    """What anybody sees."""
    yield Visit("connexion", None, at("/connexion"))
    yield Visit("connexion-erreur", None, then("/connexion", press("Se connecter")))
    yield Visit("aide", None, at("/aide"))
    yield Visit("contact", None, at("/aide/contact?sujet=code&siren=999001001"))
    yield Visit("contact-erreur", None, then("/aide/contact", press("Envoyer le message")))
    yield Visit("courriels-aucun", None, at("/demo/courriels?adresse=personne"))
    yield Visit("courriels", None, _written(at("/demo/courriels")))
    yield Visit("courriel", None, _written(_first_mail))
    for path in ("plan-du-site", "accessibilite", "donnees-personnelles", "mentions-legales"):
        yield Visit(path, None, at(f"/{path}"))
    yield Visit("composants", None, at("/composants"))
    yield Visit("courriers-demo", None, at("/demo/courriers"))


def _written(open_it: Open) -> Open:
    """The same, once somebody has written to the OPCO."""

    def write(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}/aide/contact?sujet=code")
        page.get_by_label("Prénom et nom").fill("Nora Benali")
        page.get_by_label("Adresse e-mail").fill("nora.benali@societe.example")
        page.get_by_label("Message", exact=True).fill("Le courrier n’est pas arrivé.")
        press("Envoyer le message")(page)
        open_it(page, portal)

    return write


def _first_mail(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/demo/courriels")
    page.locator("tbody a").first.click()
    page.wait_for_load_state()
