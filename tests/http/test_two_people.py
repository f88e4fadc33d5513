"""Two people have the same step open."""

from tests.http.gestes import Assistant
from tests.support.client import AUTOSAVE
from tests.support.terrain import Terrain


def both(terrain: Terrain) -> tuple[Assistant, Assistant]:
    return (
        Assistant(terrain, terrain.client("administrateur")),
        Assistant(terrain, terrain.client("un SIRET")),
    )


def test_different_answers_of_one_step_are_both_kept(terrain: Terrain) -> None:
    first, second = both(terrain)
    path = first.adresse("etapes", "formation")
    shown = first.etape("formation"), second.etape("formation")

    assert first.client.submit(shown[0], path, {"objectif": "Le mien"}, "continuer").status == 303
    later = second.client.submit(shown[1], path, {"intitule": "Le sien"}, "continuer")
    assert later.status == 303
    page = first.etape("formation").page
    assert page.value("objectif").strip() == "Le mien"
    assert page.value("intitule") == "Le sien"


def test_the_same_answer_is_asked_side_by_side(terrain: Terrain) -> None:
    first, second = both(terrain)
    path = first.adresse("etapes", "formation")
    shown = first.etape("formation"), second.etape("formation")
    first.client.submit(shown[0], path, {"intitule": "Le premier"}, "continuer")

    asked = second.client.submit(shown[1], path, {"intitule": "Le second"}, "continuer")
    assert asked.status == 409
    assert "Dominique Administrateur a répondu «\u00a0Le premier\u00a0»" in asked.page.text
    assert asked.page.value("intitule") == "Le second"
    assert first.etape("formation").page.value("intitule") == "Le premier"
    again = second.client.submit(asked, path, {}, "continuer")
    assert again.status == 303
    assert first.etape("formation").page.value("intitule") == "Le second"


def test_an_autosave_tells_of_it_and_overwrites_nothing(terrain: Terrain) -> None:
    first, second = both(terrain)
    path = first.adresse("etapes", "formation")
    shown = first.etape("formation"), second.etape("formation")
    first.client.submit(shown[0], path, {"intitule": "Le premier"}, "continuer")

    sent = shown[1].page.form(path).filled({"intitule": "Le second"})
    saved = second.client.post(path, sent, AUTOSAVE)
    assert saved.status == 200
    assert "Une autre personne a aussi modifié\u00a0: Intitulé" in saved.page.text
    assert first.etape("formation").page.value("intitule") == "Le premier"


def test_a_person_taken_out_meanwhile(terrain: Terrain) -> None:
    """What one goes on typing about them is given back, and does not bring them back."""
    first, second = both(terrain)
    person = terrain.monde.dossiers["brouillon"].salarie
    shown = second.client.get(second.adresse("salaries", person))
    removing = first.client.get(first.adresse("salaries", person, "retirer"))
    assert first.client.submit(removing, removing.path).status == 303

    saved = second.client.submit(shown, second.adresse("salaries"), {"prenom": "Zoé"}, "ajouter")
    assert saved.status == 409
    assert "vient d’être retirée du dossier" in saved.text
    assert "Zoé" in saved.text
    assert "0 sur 30" in first.client.get(first.adresse("salaries")).text
    assert second.client.get(second.adresse("salaries", person)).status == 404
