"""A dossier from an empty form to the decision of the OPCO, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.typed import BUDGET, ENTREPRISE, FORMATION, ORGANISME, TITLE, salarie
from tests.browser.visitor import Arrive, Visitor
from tests.support.fichiers import pdf
from tests.support.live import LivePortal

NUMBER = re.compile(r"D-\d{4}-\d{6}")


@pytest.fixture(params=["demo_portal", "postgres_portal"], ids=["sqlite", "postgresql"])
def portal(request: pytest.FixtureRequest) -> LivePortal:
    """Both databases."""
    chosen: LivePortal = request.getfixturevalue(request.param)
    return chosen


def test_a_dossier_from_its_first_line_to_its_decision(
    arrive: Arrive, portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script, portal=portal)
    begin(camille)
    write_everything(camille)
    join_the_pieces(camille)
    number = send(camille)
    is_locked(camille, number)

    portal.flask("dossiers", "instruire", number)
    portal.flask("dossiers", "demander-pieces", number, "--message", "Signez la convention.")
    answer_the_opco(camille, number)
    portal.flask("dossiers", "accorder", number, "--tout")
    camille.page.reload()
    expect(camille.page.locator(".tag").first).to_have_text("Accordé")
    expect(camille.section("Montants")).to_contain_text("accordé")
    for act in ("Prise en charge accordée", "Pièces demandées", "Dossier transmis"):
        expect(camille.section("Historique")).to_contain_text(act)


def begin(visitor: Visitor) -> None:
    """«Nouvelle demande», «Commencer»: the six steps are there, in any order."""
    visitor.open("/")
    visitor.follow("Nouvelle demande")
    visitor.press("Commencer")
    visitor.step("Entreprise et contacts")
    expect(visitor.page.locator("#etapes li")).to_have_count(7)


def write_everything(visitor: Visitor) -> None:
    """Every field of every step; the last one typed first, since order is free."""
    go_to(visitor, "Coûts et demande financière")
    visitor.fill(BUDGET)
    save(visitor)
    visitor.step("Pièces justificatives")
    for step, answers in (
        ("Entreprise et contacts", ENTREPRISE),
        ("Action de formation", FORMATION),
        ("Organisme de formation", ORGANISME),
    ):
        go_to(visitor, step)
        visitor.fill(answers)
        save(visitor)
    visitor.step("Salariés")
    for nom, prenom in (("L’Hénaff", "Zoé"), ("D’Été", "Aïcha")):
        visitor.fill(salarie(nom, prenom))
        visitor.press("Ajouter ce salarié")
        expect(visitor.page.get_by_text(f"{prenom} {nom}-Girard : enregistré")).to_be_visible()
    expect(visitor.page.get_by_role("heading", name="Salariés")).to_contain_text("2 sur 30")
    for step, answers in (
        ("Action de formation", FORMATION),
        ("Organisme de formation", ORGANISME),
        ("Coûts et demande financière", BUDGET),
    ):
        go_to(visitor, step)
        expect(visitor.page.locator(f"[aria-current=step]:has-text('{step}')")).to_contain_text(
            "Complète"
        )
        visitor.shows({k: v for k, v in answers.items() if k not in REWRITTEN})


# Shown as the portal writes them, not as they were typed.
REWRITTEN = frozenset(
    "SIRET de l’organisme|Coûts pédagogiques hors taxes|Restauration : prix d’un repas"
    "|Numéro de déclaration d’activité|Garde d’enfants ou de parents à charge"
    "|Diagnostic ou accompagnement|Frais de certification ou de jury|Tutorat : montant par mois"
    "|Montant du cofinancement|Versement volontaire mobilisé|Téléphone du contact".split("|")
)


def join_the_pieces(visitor: Visitor) -> None:
    """Join both, replace one."""
    go_to(visitor, "Pièces justificatives")
    visitor.join("Convention de formation signée", "brouillon.pdf", pdf("Brouillon"))
    expect(visitor.section("Convention de formation signée")).to_contain_text("brouillon.pdf")
    visitor.join("Convention de formation signée", "convention signée.pdf", pdf("Convention"))
    expect(visitor.section("Convention de formation signée")).to_contain_text("signée.pdf")
    expect(visitor.page.get_by_text("brouillon.pdf")).to_have_count(0)
    visitor.join("Programme de la formation", "programme.pdf", pdf("Programme"))
    expect(visitor.page.locator("[aria-current=step]")).to_contain_text("2 pièces sur 2")
    visitor.follow("Vérifier et envoyer")


def send(visitor: Visitor) -> str:
    """Read the whole dossier, correct one answer from there, attest and send. Return its number."""
    page = visitor.page
    expect(page.get_by_role("heading", name="Vérifiez avant de transmettre")).to_be_visible()
    expect(page.get_by_text("Le dossier est complet.")).to_be_visible()
    for said in (TITLE, "Atelier d’Avril", "L’Hénaff", "convention signée.pdf", "3,5 h"):
        expect(page.locator("main")).to_contain_text(said)
    visitor.section("Entreprise et contacts").get_by_role("link", name="Modifier").click()
    visitor.shows({"Votre référence": "RH-0042"})
    go_to(visitor, "Vérification et envoi")
    visitor.press("Transmettre le dossier")
    expect(page.locator(".errors")).to_contain_text("déclaration sur l’honneur")
    page.get_by_label("J’atteste sur l’honneur").check()
    visitor.press("Transmettre le dossier")
    expect(page.locator(".notice-ok")).to_contain_text(NUMBER)
    found = NUMBER.search(page.locator(".notice-ok").inner_text())
    assert found
    return found.group()


def is_locked(visitor: Visitor, number: str) -> None:
    """Nothing can be changed any more; the page tells when it was sent and what happened."""
    visitor.follow("Suivre ce dossier")
    visitor.title(TITLE)
    expect(visitor.page.locator(".tag").first).to_have_text("Transmis")
    expect(visitor.page.locator(".over")).to_contain_text(number)
    expect(visitor.section("Historique")).to_contain_text("Dossier transmis")
    address = visitor.page.url
    visitor.page.goto(f"{address}/etapes/formation")
    expect(visitor.page.locator("h1")).to_have_text("Action refusée")
    visitor.page.goto(address)


def answer_the_opco(visitor: Visitor, number: str) -> None:
    """The request stands on the home; the answer puts the dossier back in instruction."""
    visitor.open("/")
    task = visitor.page.locator(".row").filter(has_text=number)
    expect(task).to_contain_text("Signez la convention.")
    task.get_by_role("link").click()
    expect(visitor.page.locator(".tag").first).to_have_text("À compléter")
    visitor.press("Envoyer ma réponse")
    expect(visitor.page.locator(".errors")).to_contain_text("Joignez la pièce demandée")
    visitor.follow("Joindre une pièce")
    visitor.join("Convention de formation signée", "signée par tous.pdf", pdf("Tous"))
    expect(visitor.page.get_by_text("signée par tous.pdf").first).to_be_visible()
    visitor.follow("Revenir au dossier")
    visitor.fill({"Votre réponse": "Voici la convention\nsignée."})
    visitor.press("Envoyer ma réponse")
    expect(visitor.page.locator(".tag").first).to_have_text("En instruction")
    address = visitor.page.url
    visitor.open("/")
    expect(visitor.page.locator(".row").filter(has_text=number)).to_have_count(0)
    visitor.page.goto(address)


def go_to(visitor: Visitor, step: str) -> None:
    visitor.page.locator("#etapes").get_by_role("link", name=step).click()
    visitor.step(step)


def save(visitor: Visitor) -> None:
    visitor.press("Enregistrer et continuer")
