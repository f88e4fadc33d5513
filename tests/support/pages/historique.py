"""The history of a dossier, and an answer that two people gave."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE
from monespace.dossiers.models import Statut
from tests.support.live import LivePortal
from tests.support.pages.visite import Found, Open, Visit, at, press


def visits(found: Found) -> Iterable[Visit]:
    """What was changed, and by whom."""
    history = f"/dossiers/{found['complete'].cle}/historique"
    yield Visit("historique", CAMILLE, at(history))
    yield Visit(
        "historique-transmis", CAMILLE, at(f"/dossiers/{found[Statut.TRANSMIS].cle}/historique")
    )
    yield Visit("historique-revenir", CAMILLE, at(f"{history}/1/revenir"))
    formation = f"/dossiers/{found['unreadable'].cle}/etapes/formation"
    yield Visit("etape-deux-reponses", CAMILLE, _contested(formation))


def _contested(path: str) -> Open:
    """Answer in a page what another page has just answered."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        other = page.context.new_page()
        other.goto(portal.url + path)
        _answer(other, "Vente et accueil en magasin", "3")
        _answer(page, "Accueillir, vendre et fidéliser une clientèle exigeante", "4")
        other.close()

    return open_it


def _answer(page: Page, intitule: str, jours: str) -> None:
    page.get_by_label("Intitulé").fill(intitule)
    page.get_by_label("Nombre de jours").fill(jours)
    press("Enregistrer et continuer")(page)
    page.wait_for_load_state()
