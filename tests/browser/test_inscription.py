"""A newcomer, from nothing to their own account, with and without scripts."""

from playwright.sync_api import expect

from tests.browser.mails import link_sent
from tests.browser.visitor import Arrive
from tests.support.live import LivePortal

SECRET = "hibou tambour violette"


def test_an_account_is_made_confirmed_opened_and_recovered(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    newcomer = arrive(None, script=script)
    page, courriel = newcomer.page, f"nadia.petit-{script}@maison.example".lower()
    newcomer.open("/connexion")
    newcomer.follow("Créer un compte")
    page.get_by_label("une entreprise adhérente").check()
    page.get_by_label("Prénom").fill("Nadia")
    page.get_by_label("Nom", exact=True).fill("Petit")
    page.get_by_label("Adresse e-mail").fill(courriel)
    page.get_by_label("Mot de passe").fill("azertyuiop12")
    page.get_by_label("J’ai lu").check()
    newcomer.press("Créer mon compte")
    expect(page.get_by_role("alert").first).to_contain_text("trois ou quatre mots")
    expect(page.get_by_label("Prénom")).to_have_value("Nadia")
    page.get_by_label("Mot de passe").fill(SECRET)
    newcomer.press("Créer mon compte")
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultez votre boîte aux lettres")

    newcomer.open(link_sent(demo_portal, courriel))
    newcomer.press("Confirmer mon adresse")
    expect(page.get_by_text("Votre adresse est confirmée.")).to_be_visible()

    newcomer.follow("Mot de passe oublié ?")
    page.get_by_label("Adresse e-mail").fill(courriel)
    newcomer.press("Recevoir un lien")
    newcomer.open(link_sent(demo_portal, courriel))
    page.get_by_label("Nouveau mot de passe").fill("piano radis fusée orteil")
    newcomer.press("Enregistrer")
    page.get_by_label("Adresse e-mail").fill(courriel)
    page.get_by_label("Mot de passe", exact=True).fill("piano radis fusée orteil")
    newcomer.press("Se connecter")
    newcomer.open("/compte")
    expect(page.get_by_role("main")).to_contain_text(courriel)
