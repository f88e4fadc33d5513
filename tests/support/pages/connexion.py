"""How a browser comes to see the pages that stand between a password and the portal."""

from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import update

from monespace import horloge
from monespace.acteur import Role
from monespace.coffre import Coffre
from monespace.comptes.models import SessionOuverte
from monespace.db import session
from monespace.demo.comptes import CAMILLE, Compte
from tests.support.codes import code_of
from tests.support.live import LivePortal


def give_password(page: Page, portal: LivePortal, account: Compte = CAMILLE) -> None:
    """The first page of signing in."""
    page.goto(f"{portal.url}/connexion")
    page.get_by_label("Adresse e-mail").fill(account.courriel)
    page.get_by_label("Mot de passe", exact=True).fill(account.mot_de_passe)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()


def give_code(page: Page, portal: LivePortal, account: Compte = CAMILLE) -> None:
    """The second page, for those who must have a second factor."""
    if account.administrateur or account.role is not Role.MEMBRE:
        code = code_of(portal.database, Coffre.of(portal.config), account.courriel)
        page.get_by_label("Code à six chiffres").fill(code)
        page.get_by_role("button", name="Se connecter").click()


def refused_code(page: Page, portal: LivePortal) -> None:
    give_password(page, portal)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()


def refused_choice(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/compte/second-facteur/changer")
    page.get_by_role("button", name="Activer le second facteur").click()
    page.wait_for_load_state()


def recovery_codes(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/compte/second-facteur")
    page.get_by_role("button", name="Faire dix nouveaux codes").click()
    page.get_by_role("heading", name="Vos codes de secours").wait_for()


def to_prove(page: Page, portal: LivePortal) -> None:
    """Press, long after one last proved who one is."""
    page.goto(f"{portal.url}/compte/second-facteur")
    with portal.database.transaction():
        long_ago = horloge.now() - timedelta(minutes=11)
        session().execute(update(SessionOuverte).values(prouvee_le=long_ago))
    page.get_by_role("button", name="Faire dix nouveaux codes").click()
    page.get_by_role("heading", name="Confirmez que c’est vous").wait_for()


def refused_proof(page: Page, portal: LivePortal) -> None:
    to_prove(page, portal)
    page.get_by_role("button", name="Confirmer").click()
    page.wait_for_load_state()


def to_go_on(page: Page, portal: LivePortal) -> None:
    """Prove it, and see what was about to be sent."""
    to_prove(page, portal)
    page.get_by_label("Mot de passe", exact=True).fill(CAMILLE.mot_de_passe)
    code = code_of(portal.database, Coffre.of(portal.config), CAMILLE.courriel)
    page.get_by_label("Code à six chiffres").fill(code)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("heading", name="Reprendre votre saisie").wait_for()
