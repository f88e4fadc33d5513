"""How a browser comes to see the pages of the directory that an address alone does not show."""

from collections.abc import Iterable
from urllib.parse import quote

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE, LEA
from monespace.dossiers.models import Dossier
from tests.support.live import LivePortal
from tests.support.pages.visite import Act, Found, Open, Visit, at, press, then

NIR = "2 90 05 75 056 001"


def of_somebody(dossier: Dossier, suffix: str = "", act: Act | None = None) -> Open:
    """A page about somebody who is in that dossier, and what is done on it."""
    reponses = dossier.stagiaires[0].reponses
    name = quote(f"{reponses['prenom']} {reponses['nom_naissance']}")

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}/salaries?presence=tous&q={name}")
        href = page.locator("main tbody th a").first.get_attribute("href")
        page.goto(f"{portal.url}{href}{suffix}")
        if act:
            act(page)
            page.wait_for_load_state()

    return open_it


def doublon(page: Page) -> None:
    """From a fiche: type in a new one what it says already."""
    names = ("Nom de naissance", "Prénom", "Jour", "Mois", "Année")
    said = [page.get_by_label(name).first.input_value() for name in names]
    page.goto(page.url.split("/salaries")[0] + "/salaries/nouveau")
    page.get_by_label("Établissement").select_option(index=1)
    for name, value in zip(names, said, strict=True):
        page.get_by_label(name).first.fill(value)
    page.get_by_label("Emploi occupé").fill("Apprentie")
    page.get_by_role("button", name="Ajouter ce salarié").click()


def contested(page: Page) -> None:
    """Answer in a page what another page has just answered."""
    other = page.context.new_page()
    other.goto(page.url)
    for one, emploi in ((other, "Responsable adjointe"), (page, "Cheffe d’équipe")):
        one.get_by_label("Emploi occupé").fill(emploi)
        one.get_by_role("button", name="Enregistrer").click()
        one.wait_for_load_state()
    other.close()


def numbered(page: Page) -> None:
    """Give a number, and see what is left of it on the fiche."""
    page.get_by_label("Numéro de sécurité sociale").fill(NIR)
    page.get_by_role("button", name="Enregistrer ce numéro").click()


def visits(found: Found) -> Iterable[Visit]:
    """The directory, one of its people, those chosen in it for a dossier."""
    people, about = found["people"], of_somebody
    draft = f"/dossiers/{people.cle}"
    compare = f"{draft}/salaries/{people.stagiaires[0].cle}/annuaire"
    yield Visit("annuaire", CAMILLE, at("/salaries"))
    yield Visit("annuaire-aucun", CAMILLE, at("/salaries?q=introuvable&presence=tous"))
    yield Visit("annuaire-sans-droit", LEA, at("/salaries"))
    yield Visit("annuaire-fiche", CAMILLE, about(people))
    yield Visit("annuaire-ajouter", CAMILLE, at("/salaries/nouveau"))
    wrong = then("/salaries/nouveau", press("Ajouter ce salarié"))
    yield Visit("annuaire-erreurs", CAMILLE, wrong)
    known = about(people, "/modifier", doublon)
    yield Visit("annuaire-doublon", CAMILLE, known)
    two = about(people, "/modifier", contested)
    yield Visit("annuaire-deux-reponses", CAMILLE, two)
    yield Visit("annuaire-comparer", CAMILLE, at(compare))
    yield Visit("annuaire-nir", CAMILLE, about(people, "/nir"))
    yield Visit("annuaire-nir-refus", CAMILLE, about(people, "/nir", press("Enregistrer ce")))
    yield Visit("annuaire-fiche-nir", CAMILLE, about(people, "/nir", numbered))
    yield Visit("annuaire-choisir", CAMILLE, at(f"{draft}/annuaire"))
    nobody = then(f"{draft}/annuaire", press("Ajouter au dossier"))
    yield Visit("annuaire-choisir-rien", CAMILLE, nobody)
    yield Visit("annuaire-depart", CAMILLE, about(people, "/depart"))
    left = about(people, "/depart", press("Noter le départ"))
    yield Visit("annuaire-parti", CAMILLE, left)
