"""Dossiers made from one."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE
from tests.support.pages.visite import Found, Visit, at, press, then


def visits(found: Found) -> Iterable[Visit]:
    """From the people who wait to the parts of the lot."""
    waiting, part = f"/dossiers/{found['waiting'].cle}", found["part"]
    assert part.lot
    lot = f"/lots/{part.lot.cle}"
    yield Visit("salaries-en-attente", CAMILLE, at(f"{waiting}/salaries"))
    yield Visit("repartir", CAMILLE, at(f"{waiting}/repartir"))
    yield Visit("repartir-deplacer", CAMILLE, then(f"{waiting}/repartir", _unfold))
    yield Visit("repartir-refus", CAMILLE, then(f"{waiting}/repartir", _ask_for_one))
    yield Visit("repartir-retirer", CAMILLE, at(f"{waiting}/en-attente/retirer"))
    yield Visit("scinder", CAMILLE, at(f"/dossiers/{found['people'].cle}/repartir"))
    yield Visit("lots", CAMILLE, at("/lots"))
    yield Visit("lot", CAMILLE, at(lot))
    yield Visit("partie", CAMILLE, at(f"/dossiers/{part.cle}"))
    yield Visit("lot-modifier", CAMILLE, at(f"{lot}/modifier/formation"))
    yield Visit("lot-apercu", CAMILLE, then(f"{lot}/modifier/formation", _change_the_title))
    yield Visit(
        "lot-modifier-refus",
        CAMILLE,
        then(f"{lot}/modifier/formation", press("Voir ce qui change")),
    )
    yield Visit("lot-transmettre", CAMILLE, at(f"{lot}/transmettre"))
    yield Visit("dupliquer", CAMILLE, at(f"/dossiers/{found['people'].cle}/dupliquer"))


def _unfold(page: Page) -> None:
    page.locator("summary").first.click()


def _ask_for_one(page: Page) -> None:
    page.get_by_label("Nombre de dossiers").fill("1")
    press("Enregistrer la répartition")(page)


def _change_the_title(page: Page) -> None:
    page.get_by_label("Intitulé").fill("Conduite d’équipe, une session pour chaque magasin")
    press("Voir ce qui change")(page)
