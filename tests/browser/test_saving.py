"""Nothing that was typed is lost: half-filled steps, autosave, a server that stops, a session
that ends."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Response, Route, expect
from sqlalchemy import func, select, update

from monespace import horloge
from monespace.comptes.models import SessionOuverte
from tests.browser.drafts import empty_draft
from tests.browser.visitor import Answers, Arrive, Day, Pick, Visitor
from tests.support.live import LivePortal
from tests.support.pages.connexion import give_code

SAVED_NOW = re.compile(r"Enregistré à \d\d:\d\d")
ODD: Answers = {
    "Intitulé": "Vente & accueil",
    "Durée totale en heures": "deux jours",
    "Date de début": Day("31", "2", "2091"),
}


@pytest.fixture
def stopped(demo_portal: LivePortal) -> Iterator[LivePortal]:
    """A portal whose web server the test stops; it runs again afterwards."""
    yield demo_portal
    if not demo_portal.answers():
        demo_portal.start_web()


def test_the_end_of_a_session_is_said_and_put_off_on_the_page(
    arrive: Arrive, demo_portal: LivePortal
) -> None:
    camille = arrive(script=True)
    camille.page.clock.install()
    camille.open(f"{empty_draft(demo_portal)}/etapes/organisme")
    half = camille.page.locator("main input:not([type=hidden])").first
    half.evaluate("one => { one.value = 'Une phrase à moitié' }")
    with demo_portal.database.transaction() as session:
        session.execute(update(SessionOuverte).values(vue_le=horloge.now() - timedelta(minutes=26)))
    camille.page.clock.fast_forward("25:02")
    alert = camille.page.locator("#alerte")
    expect(alert).to_contain_text("faute d’action de votre part")
    camille.press("Rester connecté", alert)
    expect(alert).to_contain_text("Votre session continue")
    expect(alert.locator("p")).to_be_focused()
    expect(half).to_have_value("Une phrase à moitié")
    with demo_portal.database.reading() as session:
        seen = session.scalars(select(func.max(SessionOuverte.vue_le))).one()
    assert horloge.now() - seen < timedelta(minutes=2)


def test_what_cannot_be_read_is_there_again_with_its_message(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    camille.open(f"{empty_draft(demo_portal)}/etapes/formation")
    camille.fill({**ODD, "Type d’action": Pick("Action de formation")})
    camille.press("Enregistrer et quitter")
    camille.title("Dossiers")
    expect(camille.page.locator(".notice-ok")).to_contain_text("n’est pas encore transmis")

    camille.open("/")
    camille.follow("Date de début : Le 31 février 2091 n’existe pas")
    camille.shows({**ODD, "Type d’action": Pick("Action de formation")})
    expect(camille.group("Date de début")).to_contain_text("ce mois compte 28 jours")
    expect(camille.group("Date de début").get_by_label("Jour")).to_have_attribute(
        "aria-invalid", "true"
    )
    assert camille.page.url.endswith("#date-debut")

    camille.fill({"Date de début": Day("28", "2", "2091"), "Durée totale en heures": "14"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    camille.open("/")
    expect(camille.page.get_by_text("31 février 2091")).to_have_count(0)


def test_a_bad_answer_is_told_once_and_never_keeps_anyone_from_going_on(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    camille.open(f"{empty_draft(demo_portal)}/etapes/formation")
    camille.fill(ODD)
    camille.press("Enregistrer et continuer")
    expect(camille.page).to_have_title(re.compile(r"^Erreur\s: "))
    expect(camille.page.locator(".errors")).to_be_focused()
    expect(camille.page.get_by_text("2 informations sont à corriger")).to_be_visible()
    camille.shows(ODD)
    camille.follow("Continuer quand même")
    camille.step("Organisme de formation")


def test_typing_is_saved_by_itself(arrive: Arrive, demo_portal: LivePortal) -> None:
    camille = arrive()
    address = f"{empty_draft(demo_portal)}/etapes/formation"
    camille.open(address)
    with camille.page.expect_response(is_autosave):
        camille.control("Intitulé").press_sequentially("Gestes de premiers secours")
    expect(camille.page.locator("#enregistrement")).to_have_text(SAVED_NOW)
    expect(camille.control("Intitulé")).to_be_focused()
    camille.open("/dossiers")
    camille.open(address)
    camille.shows({"Intitulé": "Gestes de premiers secours"})


def test_a_slow_autosave_is_no_rival_of_the_person_who_typed_it(
    arrive: Arrive, demo_portal: LivePortal
) -> None:
    camille = arrive()
    camille.open(f"{empty_draft(demo_portal)}/etapes/formation")

    def lose_the_answer(route: Route) -> None:
        if route.request.headers.get("hx-request"):
            route.fetch()
            route.abort()
        else:
            route.continue_()

    camille.page.route("**/etapes/formation", lose_the_answer)
    camille.fill({"Intitulé": "Gestes"})
    expect(camille.page.locator("#alerte")).to_contain_text("Enregistrement impossible")
    camille.fill({"Intitulé": "Gestes et postures"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    camille.title("Gestes et postures")


def test_a_server_that_stops_is_told_and_so_is_its_return(
    arrive: Arrive, stopped: LivePortal
) -> None:
    camille = arrive()
    address = f"{empty_draft(stopped)}/etapes/formation"
    camille.open(address)
    stopped.stop_web()
    camille.fill({"Intitulé": "Pendant la panne"})
    alert = camille.page.locator("#alerte")
    expect(alert).to_contain_text(re.compile(r"Enregistrement impossible depuis \d\d:\d\d"))
    expect(camille.page.locator("#enregistrement")).to_have_text("Non enregistré")
    camille.shows({"Intitulé": "Pendant la panne"})

    stopped.start_web()
    camille.press("Réessayer")
    expect(alert).to_be_empty()
    expect(camille.page.locator("#annonce")).to_have_text(
        "Vos réponses sont de nouveau enregistrées."
    )
    expect(camille.page.locator("#enregistrement")).to_have_text(SAVED_NOW)
    camille.open(address)
    camille.shows({"Intitulé": "Pendant la panne"})


def test_a_session_that_ended_leads_to_the_sign_in_page_and_back(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = f"{empty_draft(demo_portal)}/etapes/formation"
    camille.open(address)
    camille.fill({"Intitulé": "Avant"})
    camille.press("Enregistrer et continuer")
    camille.step("Organisme de formation")
    camille.open(address)
    end_sessions(demo_portal)
    camille.fill({"Intitulé": "Après"})
    if script:
        expect(camille.page.locator("#alerte")).to_contain_text("Vous avez été déconnecté")
        camille.shows({"Intitulé": "Après"})
    else:
        camille.press("Enregistrer et continuer")
        camille.title("Vous avez été déconnecté")
        expect(camille.page.locator("dl.typed")).to_contain_text("Après")
    camille.follow("Se reconnecter")
    come_back(camille)
    camille.title("Reprendre votre saisie")
    expect(camille.page.locator("dl.typed")).to_contain_text("Après")
    camille.press("Continuer")
    camille.step("Organisme de formation")
    camille.open(address)
    camille.shows({"Intitulé": "Après"})


def is_autosave(response: Response) -> bool:
    return response.request.headers.get("hx-request") == "true"


def end_sessions(portal: LivePortal) -> None:
    with portal.database.transaction() as opened:
        opened.execute(update(SessionOuverte).values(fermee_le=horloge.now()))


def come_back(visitor: Visitor) -> None:
    """Sign in where the portal asks for it."""
    visitor.fill(
        {"Adresse e-mail": "camille.martin@delorme.example", "Mot de passe": "Demo-Delorme-2026"}
    )
    visitor.press("Se connecter")
    give_code(visitor.page, visitor.portal)


def test_questions_appear_with_the_answer_that_asks_for_them(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    camille.open(f"{empty_draft(demo_portal)}/etapes/formation")
    asked = camille.control("Code de la certification")
    if not script:
        expect(asked).to_be_visible()
        return
    expect(asked).to_be_hidden()
    camille.fill({"Formation certifiante": Pick("Oui")})
    expect(asked).to_be_visible()
    camille.fill({"Formation certifiante": Pick("Non")})
    expect(asked).to_be_hidden()
