"""An account: its making, its password, its second factor."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE, LEA, PAUL
from tests.support.pages import connexion
from tests.support.pages.visite import Act, Found, Visit, at, press, then


def accounts(found: Found) -> Iterable[Visit]:
    """From the making of an account to its settings."""
    yield Visit("inscription", None, at("/inscription"))
    yield Visit("inscription-erreurs", None, then("/inscription", press("Créer mon compte")))
    yield Visit("inscription-boite", None, then("/inscription/lien", _ask_for("Envoyer le lien")))
    yield Visit("oubli", None, at("/mot-de-passe-oublie"))
    asked = then("/mot-de-passe-oublie", _ask_for("Recevoir un lien"))
    yield Visit("oubli-envoye", None, asked)
    yield Visit("lien-perime", None, at("/confirmer/zzzzzzzzzzzz"))
    yield Visit("guide-de-connexion", None, at("/guide-de-connexion"))
    yield Visit("compte", LEA, at("/compte"))
    for path in ("identite", "courriels", "mot-de-passe", "adresse"):
        yield Visit(f"compte-{path}", LEA, at(f"/compte/{path}"))
    refused = then("/compte/mot-de-passe", press("Enregistrer"))
    yield Visit("compte-mot-de-passe-refus", LEA, refused)


def _ask_for(button: str) -> Act:
    def ask(page: Page) -> None:
        page.get_by_label("Adresse e-mail").fill("personne@nulle-part.example")
        press(button)(page)

    return ask


def second_factor(found: Found) -> Iterable[Visit]:
    """What stands between a password and the portal."""
    yield Visit("second-facteur", None, connexion.give_password)
    yield Visit("second-facteur-refus", None, connexion.refused_code)
    yield Visit("compte-second-facteur", CAMILLE, at("/compte/second-facteur"))
    yield Visit("compte-second-facteur-choisir", PAUL, at("/compte/second-facteur"))
    yield Visit("compte-application", CAMILLE, at("/compte/second-facteur/changer"))
    yield Visit("compte-application-refus", CAMILLE, connexion.refused_choice)
    yield Visit("compte-codes", CAMILLE, connexion.recovery_codes)
    yield Visit("compte-sessions", CAMILLE, at("/compte/sessions"))
    yield Visit("confirmer-identite", CAMILLE, connexion.to_prove)
    yield Visit("confirmer-identite-refus", CAMILLE, connexion.refused_proof)
    yield Visit("reprendre", CAMILLE, connexion.to_go_on)
