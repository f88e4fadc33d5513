"""Past thirty without JavaScript: the split, the lot, «modifier partout», the sending together."""

from uuid import uuid4

from sqlalchemy import select

from monespace.db import session
from monespace.dossiers.models import Dossier, EnAttente, Lot, Stagiaire, Statut
from tests.http.gestes import Assistant
from tests.support.client import AUTOSAVE, Answer, Client
from tests.support.html import text_of
from tests.support.terrain import Terrain


def wait(terrain: Terrain, people: int, dossier: str = "brouillon") -> None:
    """That many people wait for a place in that dossier."""
    with terrain.database.transaction():
        held = session().scalars(select(Dossier).where(Dossier.cle == terrain.cle(dossier))).one()
        for rank in range(people):
            answers = {"nom_naissance": f"Attente {rank}", "prenom": "Lou"}
            held.en_attente.append(EnAttente(jeton=uuid4().hex, reponses=answers, saisies={}))


def alone(terrain: Terrain) -> None:
    """The dossier of the tests is in no lot yet."""
    with terrain.database.transaction():
        lot = terrain.monde.lots["halles"]
        for dossier in session().scalars(select(Dossier).where(Dossier.lot.has(cle=lot))):
            dossier.lot_id = dossier.part = None


def split_page(assistant: Assistant) -> Answer:
    return assistant.client.get(assistant.adresse("repartir"))


def press(assistant: Assistant, page: Answer, button: str, **typed: str) -> Answer:
    path = assistant.adresse("repartir")
    return assistant.client.submit(page, path, typed, button)


def sizes(page: Answer) -> list[str]:
    return [text_of(one) for one in page.page.has_class("count")]


def keys(page: Answer) -> list[str]:
    names = [one.get("name", "") for one in page.page.all("select")]
    return [name.removeprefix("partie_") for name in names if name.startswith("partie_")]


def people_of(terrain: Terrain, cle: str) -> list[list[str]]:
    """Who is in each part of the lot."""
    with terrain.database.reading() as opened:
        lot = opened.scalars(select(Lot).where(Lot.cle == cle)).one()
        return [
            [str(one.reponses.get("nom_naissance")) for one in part.stagiaires]
            for part in lot.dossiers
        ]


def lot_of(answer: Answer) -> str:
    assert "/lots/" in answer.location, answer.location
    return answer.location.rpartition("/")[2]


def test_the_lot_is_proposed_changed_and_made(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 86)
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    page = split_page(assistant)
    assert sizes(page) == ["(30)", "(30)", "(27)"]

    balanced = press(assistant, page, "enregistrer", mode="equilibrer")
    page = assistant.client.follow(balanced)
    assert sizes(page) == ["(29)", "(29)", "(29)"]
    moved = keys(page)[0]
    page = assistant.client.follow(
        press(assistant, page, "enregistrer", **{f"partie_{moved}": "3"})
    )
    assert sizes(page) == ["(28)", "(29)", "(30)"]

    made = press(assistant, page, "creer")
    lot = lot_of(made)
    # Pressed twice: the same lot, told once.
    twice = press(assistant, page, "creer")
    assert lot_of(twice) == lot
    assert assistant.client.follow(twice).text.count("3 dossiers liés sont créés") == 1
    assert [len(part) for part in people_of(terrain, lot)] == [28, 29, 30]
    # Back, and the same press again: the same lot, told again.
    again = assistant.client.follow(press(assistant, page, "creer"))
    assert "3 dossiers liés sont créés" in again.text
    assert len(people_of(terrain, lot)) == 3


def test_what_is_made_is_what_was_on_the_screen(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 35)
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    page = split_page(assistant)
    wait(terrain, 1)

    again = press(assistant, page, "creer")
    assert again.location.endswith("/repartir")
    shown = assistant.client.follow(again)
    assert "La répartition a changé" in shown.text
    assert "37" in "".join(sizes(shown)) or sizes(shown) == ["(30)", "(7)"]
    chosen = press(assistant, shown, "creer", mode="equilibrer")
    assert chosen.location.endswith("/repartir")
    made = press(assistant, assistant.client.follow(chosen), "creer")
    assert [len(part) for part in people_of(terrain, lot_of(made))] == [19, 18]


def test_a_number_nobody_can_use_is_told_and_kept(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 35)
    assistant = Assistant(terrain, terrain.client("un SIRET"))

    for typed in ("trois", "1", "51", "9" * 40, "²"):
        refused = press(assistant, split_page(assistant), "enregistrer", parties=typed)
        assert refused.status == 422
        assert "Indiquez un nombre de dossiers entre 2 et 36" in refused.text
        assert refused.page.value("parties") == typed
    many = press(assistant, split_page(assistant), "enregistrer", parties="12")
    page = assistant.client.follow(many)
    assert len(sizes(page)) == 12


def test_an_empty_part_is_told(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 1)
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    page = split_page(assistant)
    everybody = {f"partie_{cle}": "1" for cle in keys(page)}

    refused = press(assistant, page, "creer", **everybody)
    assert refused.status == 422
    assert "La partie 2 n’a personne" in refused.text


def test_those_who_wait_are_dropped_one_by_one_or_all(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 3)
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    client, page = assistant.client, split_page(assistant)
    links = [str(one.get("href")) for one in page.page.all("a")]
    one_of_them = next(href for href in links if "personne=" in href)
    asked = client.get(one_of_them)
    assert "Attente 0" in asked.text
    dropped = client.submit(asked, assistant.adresse("en-attente", "retirer"))
    shown = client.follow(dropped)
    assert "2 personnes attendent" in shown.text
    again = client.follow(client.get(one_of_them))
    assert "n’attend plus de place" in again.text

    everybody = client.get(assistant.adresse("en-attente", "retirer"))
    assert "Attente 2" in everybody.text
    client.submit(everybody, assistant.adresse("en-attente", "retirer"))
    with terrain.database.reading() as opened:
        assert opened.scalars(select(EnAttente)).all() == []
        assert len(opened.scalars(select(Stagiaire)).all()) > 0


def test_back_to_one_dossier(terrain: Terrain) -> None:
    wait(terrain, 2)
    assistant = Assistant(terrain, terrain.client("un SIRET"))

    back = press(assistant, split_page(assistant), "reunir")
    people = assistant.client.follow(back)
    assert "3 sur 30" in people.text
    assert "attend" not in people.text


def test_a_draft_is_split_in_two(terrain: Terrain) -> None:
    alone(terrain)
    assistant = Assistant(terrain, terrain.client("administrateur"))
    assert "au moins deux salariés" in split_page(assistant).text
    assistant.ajouter({"nom_naissance": "Seconde"})
    page = split_page(assistant)
    assert "Scinder ce dossier" in page.text

    made = press(assistant, page, "creer")
    assert [len(part) for part in people_of(terrain, lot_of(made))] == [1, 1]


def test_the_thirty_first_by_autosave_is_told_and_kept_once(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    client, path = assistant.client, assistant.adresse("salaries")
    page = client.get(path)
    form = page.page.form(path)
    for rang in range(29):
        client.post(path, form.filled({"prenom": f"L {rang}", "_jeton": f"{rang:032d}"}, "ajouter"))

    typing = client.post(path, form.filled({"prenom": "Tren"}), AUTOSAVE)
    assert typing.status == 200
    assert "gardée en attente" in typing.text
    client.post(path, form.filled({"prenom": "Trente et un"}), AUTOSAVE)
    sent = client.post(path, form.filled({"prenom": "Trente et un", "heures": "x"}, "continuer"))
    assert sent.location.endswith("/repartir")
    with terrain.database.reading() as opened:
        waiting = opened.scalars(select(EnAttente)).one()
        assert waiting.reponses == {"prenom": "Trente et un"}
        assert waiting.saisies["heures"]


def test_only_answers_that_are_asked_are_to_be_corrected(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    assistant.enregistrer("budget", {"remu_demandee": "oui"})
    assistant.ajouter({"nom_naissance": "Dupont", "salaire_horaire": "treize"}, "quitter")
    people = assistant.client.get(assistant.adresse("salaries"))
    assert "1 réponse à corriger" in people.text

    assistant.enregistrer("budget", {"remu_demandee": "non"})
    people = assistant.client.get(assistant.adresse("salaries"))
    assert "à corriger" not in people.text


def test_the_second_click_on_retirer_is_told(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    client = assistant.client
    path = assistant.adresse("salaries", terrain.monde.dossiers["brouillon"].salarie, "retirer")
    page = client.get(path)
    client.submit(page, path)

    again = client.submit(page, path)
    assert again.status == 303
    assert "n’est plus dans ce dossier" in client.follow(again).text
    assert "n’est plus dans ce dossier" in client.follow(client.get(path)).text
    assert client.get(assistant.adresse("salaries", "zzzzzzzzzzzz", "retirer")).status == 404
    assert client.get(assistant.adresse("salaries", "%00", "retirer")).status == 404


def test_a_lot_shows_only_the_parts_one_may_see(terrain: Terrain) -> None:
    lot = terrain.monde.lots["halles"]
    hidden = terrain.monde.dossiers["brouillon de l’annexe"]
    whole = terrain.client("administrateur").get(f"/lots/{lot}")
    part = terrain.client("un SIRET").get(f"/lots/{lot}")

    assert "3 dossiers liés" in whole.text
    assert "1 dossier lié " in part.text
    assert hidden.mark in whole.text or hidden.designation in whole.text
    assert hidden.designation not in part.text
    listed = terrain.client("un SIRET").get("/lots")
    assert terrain.monde.lots["fonderie"] not in listed.page.source
    assert terrain.client("sans droit").get(f"/lots/{lot}").status == 404
    assert "pas encore de lot" in terrain.client("sans droit").get("/lots").text


def test_the_list_and_the_dossier_name_the_lot(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    lot = f"/lots/{terrain.monde.lots['halles']}"

    for page in (client.get("/dossiers"), client.get(terrain.adresse("brouillon"))):
        links = {text_of(one).strip(): one.get("href") for one in page.page.all("a")}
        assert lot in [href for label, href in links.items() if label.startswith("Partie 1 du lot")]
    assert "/lots" in {one.get("href") for one in client.get("/dossiers").page.all("a")}


def test_hostile_forms_change_nothing_and_never_fail(terrain: Terrain) -> None:
    alone(terrain)
    wait(terrain, 35)
    client = terrain.client("administrateur")
    sent = {"csrf_token": client.token(), "_fin": "1", "mode": "équi\0", "parties": "3"}
    sent |= {"_places": "\0x:1 zz:99999 :: a:b", "partie_\0x": "2", "suite": "creer"}
    assert client.post(terrain.adresse("brouillon", "repartir"), sent).status == 303
    personne = terrain.adresse("brouillon", "en-attente", "retirer") + "?personne=%00"
    assert client.get(personne).status == 303

    lot = terrain.monde.lots["fonderie"]
    stranger = terrain.client("autre entreprise", tolerated=("(1, 1): invalid-codepoint",))
    token = {"csrf_token": stranger.token(), "_fin": "1"}
    preview = f"/lots/{lot}/modifier/formation"
    typed = {"_champs": "intitule objectif", "intitule": "a\0b\x1f", "objectif": "x"}
    shown = stranger.post(preview, token | typed | {"_revision": "999"})
    assert shown.status == 200
    wrong = token | typed | {"_revisions": "x:y ::: \0:1 " + "9" * 50}
    assert stranger.post(f"{preview}/confirmer", wrong).status == 303
    for cursor in ("apres=%00", "avant=zzzz", "apres=" + "é" * 50):
        assert client.get(f"/lots?{cursor}").status == 404


def modify(client: Client, lot: str, step: str, typed: dict[str, str]) -> Answer:
    path = f"/lots/{lot}/modifier/{step}"
    return client.submit(client.get(path), path, typed)


def test_modify_everywhere_after_a_preview(terrain: Terrain) -> None:
    lot, client = terrain.monde.lots["halles"], terrain.client("administrateur")
    before = terrain.fingerprint()
    form = client.get(f"/lots/{lot}/modifier/formation")
    assert "partie 3 (à compléter)" in form.text
    preview = modify(client, lot, "formation", {"intitule": "Partout", "objectif": "Un\nDeux"})
    assert terrain.fingerprint() == before
    assert preview.text.count("Partout") == 2
    assert "Nature" not in preview.text

    done = client.submit(preview, f"/lots/{lot}/modifier/formation/confirmer")
    assert "Modifié dans 2 dossiers" in client.follow(done).text
    with terrain.database.reading() as opened:
        rows = opened.scalars(select(Dossier).where(Dossier.lot.has(cle=lot))).all()
        assert {one.part: one.intitule == "Partout" for one in rows} == {1: True, 2: True, 3: False}
        assert {one.reponses["objectif"] for one in rows if one.part != 3} == {"Un\nDeux"}


def test_modify_everywhere_says_what_it_leaves(terrain: Terrain) -> None:
    lot, client = terrain.monde.lots["halles"], terrain.client("administrateur")
    company = client.get(f"/lots/{lot}/modifier/entreprise")
    assert "Propre à chaque partie" in company.text
    assert "etablissement" not in company.page.value("_champs").split()

    nothing = modify(client, lot, "entreprise", {})
    assert nothing.status == 422
    assert "Changez au moins une réponse" in nothing.text
    wrong = modify(client, lot, "entreprise", {"contact_telephone": "douze"})
    assert wrong.status == 422
    assert wrong.page.value("contact_telephone") == "douze"
    assert client.get(f"/lots/{lot}/modifier/stagiaires").status == 404
    assert client.get(f"/lots/{lot}/modifier/rien").status == 404


def test_modify_everywhere_leaves_what_changed_since_the_preview(terrain: Terrain) -> None:
    lot, client = terrain.monde.lots["halles"], terrain.client("administrateur")
    preview = modify(client, lot, "formation", {"intitule": "Partout"})
    colleague = Assistant(terrain, terrain.client("un dispositif"), "brouillon de l’annexe")
    colleague.enregistrer("formation", {"intitule": "Le titre du collègue"})

    done = client.submit(preview, f"/lots/{lot}/modifier/formation/confirmer")
    told = client.follow(done)
    assert "Modifié dans 1 dossier" in told.text
    assert "Partie 2, « Intitulé » n’a pas été modifié" in told.text
    assert "Le titre du collègue" in told.text


def test_the_ready_parts_are_sent_together(terrain: Terrain) -> None:
    lot, client = terrain.monde.lots["halles"], terrain.client("administrateur")
    Assistant(terrain, client, "brouillon de l’annexe").enregistrer("formation", {"intitule": ""})
    path = f"/lots/{lot}/transmettre"
    page = client.get(path)
    assert "1 dossier prêt" in page.text
    assert "1 information manque" in page.text

    unattested = client.submit(page, path)
    assert unattested.status == 422
    assert "déclaration sur l’honneur" in unattested.text
    sent = client.submit(page, path, {"attestation": "oui"})
    assert "1 dossier transmis" in client.follow(sent).text
    twice = client.submit(page, path, {"attestation": "oui"})
    assert "1 dossier transmis" in client.follow(twice).text
    with terrain.database.reading() as opened:
        rows = opened.scalars(select(Dossier).where(Dossier.lot.has(cle=lot))).all()
        assert {one.part: one.statut for one in rows} == {
            1: Statut.TRANSMIS,
            2: Statut.BROUILLON,
            3: Statut.A_COMPLETER,
        }


def test_a_part_that_lost_an_answer_meanwhile_keeps_all_from_being_sent(terrain: Terrain) -> None:
    lot, client = terrain.monde.lots["halles"], terrain.client("administrateur")
    path = f"/lots/{lot}/transmettre"
    page = client.get(path)
    assert "2 dossiers prêts" in page.text
    Assistant(terrain, client, "brouillon").enregistrer("formation", {"intitule": ""})

    refused = client.submit(page, path, {"attestation": "oui"})
    assert refused.status == 409
    assert "Aucun n’a été transmis" in refused.text
    with terrain.database.reading() as opened:
        drafts = Dossier.statut == Statut.BROUILLON
        rows = opened.scalars(select(Dossier).where(Dossier.lot.has(cle=lot), drafts)).all()
        assert len(rows) == 2
