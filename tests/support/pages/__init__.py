"""Every page of the portal, and how a browser comes to see it on the data of the demo."""

from collections.abc import Callable, Iterable, Mapping

from playwright.sync_api import Page

from monespace.demo.comptes import Compte
from tests.support.live import LivePortal
from tests.support.pages import (
    acces,
    annuaire,
    comptes,
    connexion,
    demande,
    historique,
    imports,
    lots,
    opco,
    public,
    rattachement,
)
from tests.support.pages.demo import dossiers_of_the_demo
from tests.support.pages.visite import Found, Visit

__all__ = ["FAMILIES", "Visit", "every_page", "sign_in"]


def every_page(portal: LivePortal, family: str = "") -> Iterable[Visit]:
    """The pages of the portal, or of one family, each in the states that look different."""
    with portal.database.reading():
        found = dossiers_of_the_demo(portal.config.max_stagiaires)
    for name, visits in FAMILIES.items():
        if family in ("", name):
            yield from visits(found)


def sign_in(page: Page, portal: LivePortal, account: Compte) -> None:
    """Sign in by the pages of the portal."""
    connexion.give_password(page, portal, account)
    connexion.give_code(page, portal, account)
    page.get_by_role("heading", name=f"Bonjour {account.prenom}").wait_for()


FAMILIES: Mapping[str, Callable[[Found], Iterable[Visit]]] = {
    "public": public.visits,
    "compte": comptes.second_factor,
    "lists": demande.lists,
    "wizard": demande.wizard,
    "history": historique.visits,
    "lots": lots.visits,
    "imports": imports.visits,
    "details": demande.details,
    "few-rights": demande.of_people_with_few_rights,
    "annuaire": annuaire.visits,
    "acces": acces.inbox,
    "accounts": comptes.accounts,
    "personnes": acces.personnes,
    "rattachement": rattachement.visits,
    "opco": opco.visits,
}
