"""How a browser comes to see the pages of the directory that an address alone does not show."""

from collections.abc import Callable

from playwright.sync_api import Page
from sqlalchemy import select

from monespace.db import session
from monespace.dossiers.models import Dossier
from monespace.salaries.models import Salarie
from tests.support.live import LivePortal

NIR = "2 90 05 75 056 001"

Open = Callable[[Page, LivePortal], None]


def somebody(dossier: Dossier) -> str:
    """The key of somebody of the directory who is in that dossier."""
    known = [one.salarie_id for one in dossier.stagiaires if one.salarie_id]
    cle = session().scalar(select(Salarie.cle).where(Salarie.id.in_(known)).order_by(Salarie.id))
    assert cle
    return cle


def doublon(fiche: str) -> Open:
    """Type in a new fiche what another one says already."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}{fiche}/modifier")
        names = ("Nom de naissance", "Prénom", "Jour", "Mois", "Année")
        said = [page.get_by_label(name).first.input_value() for name in names]
        page.goto(f"{portal.url}/salaries/nouveau")
        page.get_by_label("Établissement").select_option(index=1)
        for name, value in zip(names, said, strict=True):
            page.get_by_label(name).first.fill(value)
        page.get_by_label("Emploi occupé").fill("Apprentie")
        page.get_by_role("button", name="Ajouter ce salarié").click()
        page.wait_for_load_state()

    return open_it


def contested(path: str) -> Open:
    """Answer in a page what another page has just answered."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        other = page.context.new_page()
        other.goto(portal.url + path)
        for one, emploi in ((other, "Responsable adjointe"), (page, "Cheffe d’équipe")):
            one.get_by_label("Emploi occupé").fill(emploi)
            one.get_by_role("button", name="Enregistrer").click()
            one.wait_for_load_state()
        other.close()

    return open_it


def numbered(path: str) -> Open:
    """Give a number, and see what is left of it on the fiche."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        page.get_by_label("Numéro de sécurité sociale").fill(NIR)
        page.get_by_role("button", name="Enregistrer ce numéro").click()
        page.wait_for_load_state()

    return open_it
