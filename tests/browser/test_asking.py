"""From what one may not do to doing it: asked, decided in place, in force at the next page."""

import re
from uuid import uuid4

from playwright.sync_api import Locator, expect

from monespace.demo.comptes import CAMILLE, PAUL, Compte
from monespace.demo.entreprises import DELORME
from tests.browser.drafts import complete_draft
from tests.browser.mails import link_sent
from tests.browser.visitor import Arrive, Visitor
from tests.support.newcomer import colleague

WHY = "Pourquoi en avez-vous besoin"


def test_a_newcomer_who_is_let_in_works_at_the_next_page(arrive: Arrive, script: bool) -> None:
    nom = f"Essai{uuid4().hex[:6]}"
    nadia = arrive(None, script)
    sign_up(nadia, Compte(f"{nom}@nouveau.example".lower(), uuid4().hex, "Nadia", nom, "", "", ""))
    nadia.follow("Rejoindre une entreprise")
    nadia.page.get_by_label("Adhérent").check()
    nadia.press("Continuer")
    nadia.page.get_by_label("SIREN ou nom").fill(DELORME.siren)
    nadia.press("Chercher")
    nadia.follow(DELORME.raison_sociale)
    nadia.follow("Je demande à être rattaché(e)")
    dossiers(nadia).get_by_label("Consulter").check()
    nadia.page.get_by_label(WHY).fill("Je suis les formations des magasins.")
    nadia.press("Envoyer ma demande")
    nadia.title("Mes demandes")
    nadia.open("/dossiers")
    expect(nadia.page.locator("tbody tr")).to_have_count(0)

    camille = arrive(CAMILLE, script)
    request = request_of(camille, nom)
    expect(request).to_contain_text("Je suis les formations des magasins.")
    before = waiting(camille)
    examine(camille, request)
    company = camille.page.get_by_role("row", name="Toute l’entreprise")
    company.get_by_role("group", name="Salariés").get_by_label("Consulter").check()
    approved(camille, f"Nadia {nom}")
    assert waiting(camille) == before - 1

    nadia.open("/dossiers")
    expect(nadia.page.locator("header")).to_contain_text(DELORME.raison_sociale)
    expect(nadia.page.locator("tbody tr").first).to_be_visible()
    # The cell that Camille added to what was asked.
    nadia.open("/salaries")
    expect(nadia.page.locator("tbody tr").first).to_be_visible()

    camille.press("Annuler ma décision")
    expect(camille.page.get_by_text("La demande est de nouveau à traiter.")).to_be_visible()
    assert waiting(camille) == before
    nadia.open("/dossiers")
    expect(nadia.page.locator("tbody tr")).to_have_count(0)


def test_what_a_refused_page_proposes_is_granted(arrive: Arrive, script: bool) -> None:
    intitule = f"Accueil des clients {uuid4().hex[:6]}"
    camille = arrive(CAMILLE, script)
    draft = complete_draft(camille.portal, intitule)
    account = colleague(camille.portal, PAUL)
    paul = arrive(account, script)
    paul.open(draft)
    expect(paul.page.get_by_role("link", name="Vérifier et transmettre")).to_have_count(0)
    paul.page.get_by_text(re.compile(r"^Transmettre \(droit manquant")).click()
    opened = paul.page.locator("details[open]")
    expect(opened).to_contain_text("vous n’avez pas le droit «\u00a0Transmettre\u00a0»")
    expect(opened).to_contain_text(CAMILLE.nom_complet)
    opened.get_by_role("link", name="Demander le droit").click()
    paul.title("Demander un droit")
    expect(dossiers(paul).get_by_label("Transmettre")).to_be_checked()
    paul.page.get_by_label(WHY).fill("Camille part en congé.")
    paul.press("Envoyer ma demande")
    paul.title("Mes demandes")

    request = request_of(camille, account.nom)
    expect(request).to_contain_text("Camille part en congé.")
    before = waiting(camille)
    examine(camille, request)
    approved(camille, account.nom_complet)
    assert waiting(camille) == before - 1

    paul.open(draft)
    paul.follow("Vérifier et transmettre")
    paul.page.get_by_label("J’atteste sur l’honneur").check()
    paul.press("Transmettre le dossier")
    expect(paul.page.locator(".notice-ok")).to_contain_text("transmis")


def sign_up(one: Visitor, account: Compte) -> None:
    """By the pages of the portal, up to being signed in."""
    one.open("/inscription")
    one.page.get_by_label("une entreprise adhérente").check()
    one.page.get_by_label("Prénom").fill(account.prenom)
    one.page.get_by_label("Nom", exact=True).fill(account.nom)
    one.page.get_by_label("Adresse e-mail").fill(account.courriel)
    one.page.get_by_label("Mot de passe").fill(account.mot_de_passe)
    one.page.get_by_label("J’ai lu").check()
    one.press("Créer mon compte")
    one.title("Consultez votre boîte aux lettres")
    one.open(link_sent(one.portal, account.courriel))
    one.press("Confirmer mon adresse")
    expect(one.page.get_by_text("Votre adresse est confirmée.")).to_be_visible()
    one.sign_in(account)


def dossiers(visitor: Visitor) -> Locator:
    """The boxes of what one asks to do with the dossiers."""
    return visitor.page.get_by_role("group", name=re.compile("dossiers"))


def request_of(camille: Visitor, nom: str) -> Locator:
    """What that person asks, in the inbox as it stands."""
    camille.open(f"/acces/demandes?q={nom}")
    return camille.page.locator(".request").filter(has_text=nom)


def examine(camille: Visitor, request: Locator) -> None:
    request.get_by_role("link", name="Examiner et décider").click()
    title = camille.page.get_by_role("heading", name="Droits demandés")
    expect(title).to_be_visible()
    if camille.script:
        expect(title).to_be_focused()
        camille.page.evaluate("window.stays = true")


def approved(camille: Visitor, nom: str) -> None:
    """Approve what is open: where it stands with a script, and told to whoever listens."""
    camille.press("Approuver avec ces droits")
    notice = camille.page.locator(".notice-ok").filter(has_text=f"Accès de {nom} approuvé.")
    expect(notice).to_be_visible()
    expect(notice).to_be_focused()
    if camille.script:
        assert camille.page.evaluate("window.stays") is True
        expect(camille.page.locator("#annonce")).to_have_text(f"Accès de {nom} approuvé.")


def waiting(camille: Visitor) -> int:
    return int(camille.page.locator("#pastille .badge").inner_text())
