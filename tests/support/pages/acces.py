"""The inbox, and the people of a company."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE, PAUL
from tests.support.live import LivePortal
from tests.support.pages.visite import Act, Found, Open, Visit, at, press, then


def inbox(found: Found) -> Iterable[Visit]:
    """What waits for an answer."""
    yield Visit("demandes", CAMILLE, at("/acces/demandes"))
    yield Visit("demandes-aucune", CAMILLE, at("/acces/demandes?q=introuvable"))
    yield Visit("demandes-sans-droit", PAUL, at("/acces/demandes"))
    yield Visit("demande", CAMILLE, _open_request())
    yield Visit("demande-apercu", CAMILLE, _open_request(press("Voir ce qui change")))
    yield Visit("demande-refuser", CAMILLE, _open_request(_refuse))
    yield Visit("demande-refuser-erreur", CAMILLE, _open_request(_refuse_without_reason))
    chosen = then("/acces/demandes", _choose_requests)
    yield Visit("demandes-ensemble", CAMILLE, chosen)
    nothing = then("/acces/demandes", press("Approuver la sélection"))
    yield Visit("demandes-ensemble-rien", CAMILLE, nothing)
    approved = _open_request(press("Approuver avec ces droits"))
    yield Visit("demande-approuvee", CAMILLE, approved)


def _open_request(act: Act = lambda page: None) -> Open:
    def open_it(page: Page) -> None:
        page.get_by_role("link", name="Examiner et décider").first.click()
        page.get_by_role("heading", name="Droits demandés").wait_for()
        act(page)
        page.wait_for_load_state("networkidle")

    return then("/acces/demandes", open_it)


def _refuse(page: Page) -> None:
    page.get_by_role("link", name="Refuser…").click()


def _refuse_without_reason(page: Page) -> None:
    _refuse(page)
    press("Refuser l’accès")(page)


def _choose_requests(page: Page) -> None:
    for box in page.locator("[name=d]").all():
        box.check()
    press("Approuver la sélection")(page)


def personnes(found: Found) -> Iterable[Visit]:
    """Who may do what, and since when."""
    yield Visit("personnes", CAMILLE, at("/acces/personnes"))
    yield Visit("personnes-aucune", CAMILLE, at("/acces/personnes?q=introuvable"))
    yield Visit("personnes-sans-droit", PAUL, at("/acces/personnes"))
    yield Visit("invitations", CAMILLE, at("/acces/invitations"))
    yield Visit("inviter", CAMILLE, at("/acces/invitations/nouvelle"))
    wrong = then("/acces/invitations/nouvelle", press("Envoyer l’invitation"))
    yield Visit("inviter-refus", CAMILLE, wrong)
    yield Visit("journal-des-acces", CAMILLE, at("/acces/journal"))
    yield Visit("reglages", CAMILLE, at("/acces/reglages"))
    yield Visit("personne", CAMILLE, _of_paul())
    yield Visit("personne-droits", CAMILLE, _of_paul("/droits?modele=comptable"))
    preview = _of_paul("/droits?modele=comptable", press("Voir ce qui change"))
    yield Visit("personne-apercu", CAMILLE, preview)
    for rest in ("dates", "retirer", "administrateur"):
        yield Visit(f"personne-{rest}", CAMILLE, _of_paul(f"/{rest}"))


def _of_paul(rest: str = "", act: Act | None = None) -> Open:
    """A page about Paul, whose rights others look after."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}/acces/personnes?q={PAUL.courriel}")
        page.get_by_role("link", name=PAUL.nom).click()
        page.wait_for_load_state()
        if rest:
            page.goto(page.url + rest)
        if act:
            act(page)
            page.wait_for_load_state()

    return open_it
