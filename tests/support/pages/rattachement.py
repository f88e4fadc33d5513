"""How a browser comes to see the pages by which one joins a company."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.coffre import Coffre
from monespace.demo.comptes import INES, KARIM, LEA
from monespace.demo.entreprises import CLAIRE_PROPRETE, DELORME
from monespace.demo.figurants import HUGO
from monespace.organisations.models import Profil
from tests.support.courrier import issue
from tests.support.live import LivePortal
from tests.support.pages.visite import Found, Visit, at, press, then

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


def visits(found: Found) -> Iterable[Visit]:
    """From the choice of a profile to the rights one has."""
    yield Visit("courrier-et-code", None, at("/aide/codes"))
    yield Visit("accueil-sans-entreprise", HUGO, at("/"))
    yield Visit("entreprises-aucune", HUGO, at("/entreprises"))
    yield Visit("rejoindre-profil", HUGO, at("/rattachement"))
    yield Visit("rejoindre-profil-erreur", HUGO, at("/rattachement/entreprise?q=delorme"))
    search = "/rattachement/entreprise?profil=adherent"
    yield Visit("rejoindre-entreprise", HUGO, at(f"{search}&q=de"))
    yield Visit("rejoindre-introuvable", HUGO, at(f"{search}&q=introuvable"))
    yield Visit("rejoindre-choix", HUGO, at(f"/rattachement/choix?{DOORS}"))
    yield Visit("rejoindre-code", HUGO, at(f"/rattachement/code?{DOORS}"))
    yield Visit("rejoindre-code-refus", HUGO, wrong_code)
    yield Visit("rejoindre-code-profil", HUGO, other_profile)
    yield Visit("rejoindre-code-bon", HUGO, right_code)
    yield Visit("rejoindre-code-droits", HUGO, rights_of_the_code)
    request = f"/rattachement/demande?{DOORS}"
    yield Visit("rejoindre-demande", INES, at(request))
    yield Visit("rejoindre-demande-refus", INES, then(request, press("Envoyer ma demande")))
    yield Visit(
        "rejoindre-autre-profil", INES, at(request.replace("profil=adherent", "profil=prestataire"))
    )
    yield Visit("mes-demandes", HUGO, at("/rattachement/suivi"))
    yield Visit("mes-demandes-aucune", KARIM, at("/rattachement/suivi"))
    yield Visit("mes-demandes-retirer", HUGO, taking_back)
    yield Visit("mes-entreprises", INES, at("/entreprises"))
    yield Visit("mes-droits", KARIM, at("/mes-droits"))
    yield Visit("mes-droits-aucun", LEA, at("/mes-droits"))
    yield Visit("mes-droits-administrateur", INES, at("/mes-droits"))
    ask = "/mes-droits/demander?objet=dossiers&verbe=transmettre&dispositif=PDC"
    yield Visit("demander-un-droit", KARIM, at(ask))
    yield Visit("demander-un-droit-refus", KARIM, then(ask, press("Envoyer ma demande")))
