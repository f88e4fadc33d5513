"""Two people have the same step open."""

import re

import pytest

from tests.http.gestes import Assistant
from tests.support.client import AUTOSAVE, Answer
from tests.support.html import text_of
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


def contest(terrain: Terrain) -> tuple[Assistant, Assistant, Answer]:
    """Both answered «Intitulé»; the second is asked."""
    first, second = both(terrain)
    path = first.adresse("etapes", "formation")
    shown = first.etape("formation"), second.etape("formation")
    first.client.submit(shown[0], path, {"intitule": "Le premier"}, "continuer")
    typed = {"intitule": "Le second", "objectif": "Compter."}
    asked = second.client.submit(shown[1], path, typed, "continuer")
    assert asked.status == 409
    return first, second, asked


def theirs(asked: Answer, question: str = "intitule") -> str:
    """What the form sends to take the other's answer."""
    choices = [one.get("value", "") for one in asked.page.all("input", name=f"_choix-{question}")]
    assert choices[0] == "mienne"
    return choices[1]


def test_the_same_answer_is_asked_side_by_side(terrain: Terrain) -> None:
    """Both are shown, with who and when; nothing is chosen for the person, the rest is kept."""
    first, _, asked = contest(terrain)

    assert "Dominique Administrateur a répondu autre chose, le" in asked.page.text
    [sides] = asked.page.has_class("sides")
    mine, other = (text_of(label) for label in sides.iter("label"))
    assert mine == "Garder ma réponse Le second"
    assert re.fullmatch(
        r"Prendre celle de Dominique Administrateur, le \S+\s\S+\s\d{4} à \d\d:\d\d Le premier",
        other,
    )
    assert not [one for one in sides.iter("input") if "checked" in one.attrib]
    fieldset = asked.page.within(sides, "fieldset")
    assert fieldset is not None
    assert "Intitulé\u00a0: quelle réponse garder" in text_of(fieldset)
    assert asked.page.value("intitule") == "Le second"
    kept = first.etape("formation").page
    assert kept.value("intitule") == "Le premier"
    assert kept.value("objectif").strip() == "Compter."


def test_nothing_chosen_is_asked_again(terrain: Terrain) -> None:
    first, second, asked = contest(terrain)
    path = first.adresse("etapes", "formation")

    again = second.client.submit(asked, path, {"intitule": "Le second, mieux"}, "continuer")
    assert again.status == 409
    assert again.page.value("intitule") == "Le second, mieux"
    assert theirs(again) == theirs(asked)
    assert first.etape("formation").page.value("intitule") == "Le premier"


def test_mine_is_chosen_and_may_still_be_changed(terrain: Terrain) -> None:
    first, second, asked = contest(terrain)
    typed = {"_choix-intitule": "mienne", "intitule": "Le second, mieux"}

    path = first.adresse("etapes", "formation")
    assert second.client.submit(asked, path, typed, "continuer").status == 303
    assert first.etape("formation").page.value("intitule") == "Le second, mieux"


def test_theirs_is_chosen_whatever_stays_typed(terrain: Terrain) -> None:
    first, second, asked = contest(terrain)
    path = first.adresse("etapes", "formation")

    typed = {"_choix-intitule": theirs(asked)}
    assert second.client.submit(asked, path, typed, "continuer").status == 303
    assert first.etape("formation").page.value("intitule") == "Le premier"


def test_a_choice_that_was_saved_while_typing_can_be_undone(terrain: Terrain) -> None:
    """The autosave keeps mine; the button that takes theirs finds them again."""
    first, second, asked = contest(terrain)
    path = first.adresse("etapes", "formation")

    sent = asked.page.form(path).filled({"_choix-intitule": "mienne"})
    assert second.client.post(path, sent, AUTOSAVE).status == 200
    assert first.etape("formation").page.value("intitule") == "Le second"
    typed = {"_choix-intitule": theirs(asked)}
    assert second.client.submit(asked, path, typed, "continuer").status == 303
    assert first.etape("formation").page.value("intitule") == "Le premier"


@pytest.mark.parametrize("choice", ["mienne", "la leur"])
def test_a_third_person_meanwhile_is_asked_about_too(terrain: Terrain, choice: str) -> None:
    first, second, asked = contest(terrain)
    path = first.adresse("etapes", "formation")
    third = Assistant(terrain, terrain.client("un dispositif"))
    assert third.enregistrer("formation", {"intitule": "Le troisième"}).status == 303

    chosen = "mienne" if choice == "mienne" else theirs(asked)
    again = second.client.submit(asked, path, {"_choix-intitule": chosen}, "continuer")
    assert again.status == 409
    assert "Un dispositif a répondu autre chose" in again.page.text
    assert "Le troisième" in again.page.text
    assert again.page.value("intitule") == "Le second"
    assert first.etape("formation").page.value("intitule") == "Le troisième"
    typed = {"_choix-intitule": theirs(again)}
    assert second.client.submit(again, path, typed, "continuer").status == 303
    assert first.etape("formation").page.value("intitule") == "Le troisième"


def test_a_person_is_asked_about_side_by_side_too(terrain: Terrain) -> None:
    first, second = both(terrain)
    person = terrain.monde.dossiers["brouillon"].salarie
    path, form = first.adresse("salaries", person), first.adresse("salaries")
    shown = first.client.get(path), second.client.get(path)
    first.client.submit(shown[0], form, {"prenom": "Zoé", "naissance-jour": "28"}, "ajouter")

    typed = {"prenom": "Chloé", "naissance-jour": "29"}
    asked = second.client.submit(shown[1], form, typed, "ajouter")
    assert asked.status == 409
    assert "29 mars 1994" in asked.text
    choices = {"_choix-prenom": theirs(asked, "prenom"), "_choix-naissance": "mienne"}
    assert second.client.submit(asked, form, choices, "ajouter").status == 303
    kept = first.client.get(path).page
    assert (kept.value("prenom"), kept.value("naissance-jour")) == ("Zoé", "29")


def test_two_pages_of_one_person_are_two_forms(terrain: Terrain) -> None:
    """What they typed in another tab is asked like anybody's."""
    one = both(terrain)[0]
    path = one.adresse("etapes", "formation")
    shown = one.etape("formation"), one.etape("formation")
    one.client.submit(shown[0], path, {"intitule": "Premier onglet"}, "continuer")

    asked = one.client.submit(shown[1], path, {"intitule": "Second onglet"}, "continuer")
    assert asked.status == 409
    assert "Vous avez répondu autre chose dans une autre page" in asked.page.text


def test_an_autosave_that_comes_after_the_button_is_too_late(terrain: Terrain) -> None:
    one = both(terrain)[0]
    path = one.adresse("etapes", "formation")
    form = one.etape("formation").page.form(path)
    early = form.filled({"intitule": "Condui", "_frappe": "6"})
    pressed = form.filled({"intitule": "Conduite", "_frappe": "8"}, "continuer")

    assert one.client.post(path, pressed).status == 303
    assert one.client.post(path, early, AUTOSAVE).status == 200
    assert one.etape("formation").page.value("intitule") == "Conduite"


def test_an_autosave_sent_again_is_no_rival(terrain: Terrain) -> None:
    """Its answer got lost: the next one says more, from the same page."""
    one = both(terrain)[0]
    path = one.adresse("etapes", "formation")
    form = one.etape("formation").page.form(path)

    for frappe, typed in (("6", "Condui"), ("8", "Conduite")):
        sent = form.filled({"intitule": typed, "_frappe": frappe})
        assert one.client.post(path, sent, AUTOSAVE).status == 200
    assert one.etape("formation").page.value("intitule") == "Conduite"


def test_a_choice_that_nobody_offered_changes_nothing(terrain: Terrain) -> None:
    """The key of another question's answer, of nothing, or a mark on a question never answered."""
    first, second, asked = contest(terrain)
    path = first.adresse("etapes", "formation")
    form = asked.page.form(path)
    for forged in ("1", "999999999999999999999", "é", "-1"):
        sent = [pair for pair in form.filled({}, "continuer") if pair[0] != "_choix-intitule"]
        again = second.client.post(path, [*sent, ("_choix-intitule", forged)])
        assert again.status == 409
        assert first.etape("formation").page.value("intitule") == "Le premier"
    sent = [*form.filled({"_choix-intitule": "mienne"}, "continuer"), ("_contestes", "inconnue")]
    assert second.client.post(path, sent).status == 303


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
