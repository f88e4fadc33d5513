"""The history of a dossier, and the way back."""

import pytest

from tests.http.gestes import Assistant
from tests.support.html import text_of
from tests.support.terrain import Terrain


@pytest.fixture
def assistant(terrain: Terrain) -> Assistant:
    return Assistant(terrain, terrain.client("administrateur"))


def moments(assistant: Assistant) -> list[tuple[str, str]]:
    """The text of each moment, the latest first, and where its «Revenir à ce moment» leads."""
    page = assistant.client.get(assistant.adresse("historique")).page
    found = []
    for title in page.all("h2"):
        card = page.within(title, "section")
        if card is None or " à " not in text_of(title) or "·" not in text_of(title):
            continue
        links = [one.get("href", "") for one in card.iter("a") if "/revenir" in one.get("href", "")]
        found.append((text_of(card), links[0] if links else ""))
    return found


def test_each_answer_with_its_author_and_its_time(terrain: Terrain, assistant: Assistant) -> None:
    other = Assistant(terrain, terrain.client("un SIRET"))
    other.enregistrer("formation", {"intitule": "Le sien"})

    shown = assistant.client.get(assistant.adresse("historique"))
    assert shown.status == 200
    rows: dict[str, list[str]] = {}
    for row in shown.page.all("tr"):
        question, *cells = (text_of(cell) for cell in row)
        rows.setdefault(question, cells)
    assert rows["Intitulé"][0] == "Le sien"
    assert rows["Intitulé"][1].startswith("Dominique Un siret")
    assert rows["Objectif professionnel"][1].startswith("Dominique Administrateur")
    [person, *_] = shown.page.all("details")
    assert "Salarié 1" in text_of(person)
    assert "Vendeuse" in text_of(person)
    [latest, *_] = moments(assistant)
    assert "Conduite d’équipe" in latest[0]
    assert "Le sien" in latest[0]


def test_the_wizard_and_the_dossier_lead_there(assistant: Assistant) -> None:
    address = assistant.adresse("historique")
    for page in (assistant.adresse(), assistant.adresse("etapes", "formation")):
        assert list(assistant.client.get(page).page.all("a", href=address)), page


def test_back_to_a_moment_and_again(terrain: Terrain, assistant: Assistant) -> None:
    other = Assistant(terrain, terrain.client("un SIRET"))
    before = assistant.etape("formation").page.value("intitule")
    person = terrain.monde.dossiers["brouillon"].salarie
    removing = other.client.get(other.adresse("salaries", person, "retirer"))
    other.client.submit(removing, removing.path)
    other.enregistrer("formation", {"intitule": "Le sien"})

    [(_, here), (_, _), (_, there), *_] = moments(assistant)
    assert here == ""
    confirm = assistant.client.get(there)
    assert "Le sien" in confirm.text
    assert before in confirm.page.text
    assert "Salariés qui reviennent" in confirm.text
    assert "pièces jointes restent comme elles sont" in confirm.text
    done = assistant.client.submit(confirm, confirm.path)
    shown = assistant.client.follow(done)
    assert "Le dossier est revenu au" in shown.text
    assert assistant.etape("formation").page.value("intitule") == before
    assert assistant.client.get(assistant.adresse("salaries", person)).status == 200
    assert "Retour à un moment précédent" in assistant.client.get(assistant.adresse()).text

    # Annuler ce retour.
    [undo] = [one for one in shown.page.all("a") if text_of(one) == "Annuler ce retour"]
    again = assistant.client.get(undo.get("href", ""))
    assistant.client.submit(again, again.path)
    assert assistant.etape("formation").page.value("intitule") == "Le sien"
    assert assistant.client.get(assistant.adresse("salaries", person)).status == 404


def test_somebody_wrote_meanwhile(terrain: Terrain, assistant: Assistant) -> None:
    other = Assistant(terrain, terrain.client("un SIRET"))
    other.enregistrer("formation", {"intitule": "Le sien"})
    [_, (_, there), *_] = moments(assistant)
    confirm = assistant.client.get(there)
    other.enregistrer("formation", {"objectif": "Entre-temps"})

    asked = assistant.client.submit(confirm, confirm.path)
    assert asked.status == 409
    assert "Dominique Un siret a modifié ce dossier" in asked.page.text
    assert "Entre-temps" in asked.text
    assert assistant.etape("formation").page.value("intitule") == "Le sien"
    assert assistant.client.submit(asked, asked.path).status == 303
    assert assistant.etape("formation").page.value("intitule") != "Le sien"


def test_twice_is_once(terrain: Terrain, assistant: Assistant) -> None:
    other = Assistant(terrain, terrain.client("un SIRET"))
    other.enregistrer("formation", {"intitule": "Le sien"})
    [_, (_, there), *_] = moments(assistant)
    confirm = assistant.client.get(there)
    assert assistant.client.submit(confirm, confirm.path).status == 303
    before = terrain.fingerprint()

    assert assistant.client.submit(confirm, confirm.path).status == 303
    assert terrain.fingerprint() == before


@pytest.mark.parametrize("moment", ["0", "999999", "99999999999999999999999", "-1", "un"])
def test_a_moment_that_is_none(assistant: Assistant, moment: str) -> None:
    path = assistant.adresse("historique", moment, "revenir")
    assert assistant.client.get(path).status == 404
    sent = {"csrf_token": assistant.client.token(), "_revision": "1", "_fin": "1"}
    assert assistant.client.post(path, sent).status == 404


@pytest.mark.parametrize("before", ["", "un", "-1", "99999999999999999999", "é"])
def test_a_page_that_is_none(assistant: Assistant, before: str) -> None:
    assert assistant.client.get(f"{assistant.adresse('historique')}?avant={before}").status == 404


def test_older_moments_on_pages_of_their_own(assistant: Assistant) -> None:
    for page in ("0", "3"):
        older = assistant.client.get(f"{assistant.adresse('historique')}?avant={page}")
        assert older.status == 200
        assert "Les réponses d’aujourd’hui" not in older.text
        assert "Revenir aux plus récentes" in older.text


def test_a_sent_dossier_is_read_only(terrain: Terrain) -> None:
    """The OPCO reads its history too; nobody goes back."""
    for who in ("administrateur", "conseiller"):
        assistant = Assistant(terrain, terrain.client(who), "transmis")
        assert (
            "Revenir à ce moment" not in assistant.client.get(assistant.adresse("historique")).text
        )
        assert assistant.client.get(assistant.adresse("historique", "1", "revenir")).status == 403


def test_a_conseiller_sees_nothing_of_a_brouillon(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("conseiller"))
    assert assistant.client.get(assistant.adresse("historique")).status == 404
