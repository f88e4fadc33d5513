"""Somebody joins a second company, follows their request; a closed door says why."""

import re

from playwright.sync_api import Locator, expect

from monespace.coffre import Coffre
from monespace.demo.comptes import INES, LEA, PAUL
from monespace.demo.courriers import folder_of, letters
from monespace.demo.entreprises import ATELIER_VERDIER, CAP_SAVOIRS, CLAIRE_PROPRETE, DELORME
from monespace.organisations.models import Profil
from tests.activation.texte_pdf import codes_of
from tests.browser.drafts import empty_draft
from tests.browser.visitor import Arrive, Visitor
from tests.support.courrier import issue
from tests.support.live import LivePortal
from tests.support.newcomer import newcomer

WHY = "Pourquoi en avez-vous besoin"


def at_the_doors(visitor: Visitor, profil: str, siren: str, nom: str) -> None:
    """From the header to the two doors of that company, by the search."""
    visitor.open("/")
    visitor.follow("Changer")
    search(visitor, profil, siren, nom)


def search(visitor: Visitor, profil: str, siren: str, nom: str) -> None:
    """From a page that proposes to join one."""
    visitor.follow("Rejoindre une entreprise")
    visitor.page.get_by_label(profil).check()
    visitor.press("Continuer")
    visitor.page.get_by_label("SIREN ou nom").fill(f"{siren[:3]} {siren[3:6]} {siren[6:]}")
    visitor.press("Chercher")
    visitor.follow(nom)
    visitor.title(nom)


def rights(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("group", name=re.compile("dossiers"))


def test_a_request_is_sent_followed_and_taken_back(arrive: Arrive, script: bool) -> None:
    ines, main = arrive(INES, script), "main"
    at_the_doors(ines, "Adhérent", DELORME.siren, DELORME.raison_sociale)
    ines.follow("Je demande à être rattaché(e)")
    ines.press("Envoyer ma demande")
    expect(ines.page.locator(main)).to_contain_text("Cochez au moins un droit")
    rights(ines).get_by_label("Consulter").check()
    ines.page.get_by_label(WHY).fill("Je remplace Léa en mars.")
    ines.press("Envoyer ma demande")
    ines.title("Mes demandes")
    expect(ines.page.locator(main)).to_contain_text(f"administrateurs de {DELORME.raison_sociale}.")
    ines.follow("Retirer cette demande")
    ines.press("Retirer cette demande")
    ines.title("Mes demandes")
    expect(ines.page.get_by_role("link", name="Demander à nouveau").first).to_be_visible()


def test_a_code_opens_a_second_company_and_one_switches(arrive: Arrive, script: bool) -> None:
    """Each run joins a company of its own: they share the portal."""
    place = CAP_SAVOIRS if script else CLAIRE_PROPRETE
    profil = Profil.PRESTATAIRE if script else Profil.ADHERENT
    lea = arrive(LEA, script)
    code = issue(lea.portal.database, Coffre.of(lea.portal.config), place.siren, profil)
    # Under the wrong profile first: nothing is typed twice.
    other = "Adhérent" if script else "Prestataire"
    at_the_doors(lea, other, place.siren, place.raison_sociale)
    lea.follow("J’ai reçu un courrier avec un code")
    lea.page.get_by_label("Code du courrier").fill(code.lower().replace("-", " "))
    lea.press("Vérifier le code")
    lea.press(f"Continuer avec le profil {profil}")
    expect(lea.page.locator("main")).to_contain_text("Le code est bon.")
    lea.follow("Choisir mes droits")
    rights(lea).get_by_label("Consulter").check()
    lea.page.get_by_label(WHY).fill("Je suis les formations.")
    lea.press("Valider mon rattachement")
    expect(lea.page.locator("main")).to_contain_text(
        f"Vous êtes rattaché à {place.raison_sociale}."
    )
    expect(lea.page.locator("header")).to_contain_text(place.raison_sociale)

    stale = lea.page.context.new_page()
    stale.goto(f"{lea.portal.url}/mes-droits/demander")
    lea.open("/entreprises")
    lea.page.get_by_role("button", name=re.compile(DELORME.raison_sociale)).click()
    expect(lea.page.locator("header")).to_contain_text(DELORME.raison_sociale)
    stale.get_by_label(WHY).fill("Écrit dans l’autre onglet.")
    stale.get_by_role("button", name="Envoyer ma demande").click()
    expect(stale.locator("main")).to_contain_text("Rien n’a été enregistré.")
    expect(stale.locator("main")).to_contain_text("Écrit dans l’autre onglet.")
    stale.get_by_role("button", name=f"Revenir à {place.raison_sociale}").click()
    expect(stale.locator("header")).to_contain_text(place.raison_sociale)


def test_a_closed_door_says_why_and_leads_to_a_request(arrive: Arrive, script: bool) -> None:
    paul = arrive(PAUL, script)
    paul.open(empty_draft(paul.portal))
    paul.page.get_by_text(re.compile(r"^Transmettre \(droit manquant")).click()
    opened = paul.page.locator("details[open]")
    expect(opened).to_contain_text("vous n’avez pas le droit «\u00a0Transmettre\u00a0»")
    opened.get_by_role("link").click()
    paul.title("Demander un droit")
    expect(rights(paul).get_by_label("Transmettre")).to_be_checked()
    expect(rights(paul).get_by_label("Supprimer")).not_to_be_checked()


def test_the_letter_makes_an_administrateur_with_a_second_factor(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    [letter] = letters(folder_of(demo_portal.config))
    [code] = codes_of(letter.path.read_bytes())
    nadia = arrive(newcomer(demo_portal), script)
    search(nadia, "Adhérent", ATELIER_VERDIER.siren, ATELIER_VERDIER.raison_sociale)
    nadia.follow("J’ai reçu un courrier avec un code")
    nadia.page.get_by_label("Code du courrier").fill(code)
    nadia.press("Vérifier le code")
    nadia.press("Devenir administrateur")
    shown = nadia.page.get_by_text(re.compile("le code est")).inner_text()
    six = re.search(r"\d{3}\s?\d{3}", shown)
    assert six, shown
    nadia.page.get_by_label("Code à six chiffres").fill(six[0])
    nadia.press("Activer le second facteur")
    nadia.follow("J’ai gardé mes codes")
    nadia.open("/acces/demandes")
    nadia.title("Demandes d’accès")
    expect(nadia.page.locator("header")).to_contain_text(ATELIER_VERDIER.raison_sociale)
