"""The pages of the directory, as a browser without JavaScript uses them."""

import logging
import re

import pytest
from sqlalchemy import select

from monespace.modeles import metadata
from tests.support.client import Answer, Client
from tests.support.html import text_of
from tests.support.terrain import Terrain

NIR = "294037505600175"
MASKED = "2 94 03 ** *** ***"


def typed(terrain: Terrain, **more: str) -> dict[str, str]:
    """What a person types of somebody, Nora Benali unless told otherwise."""
    return {
        "etablissement": terrain.monde.sirets["halles", "siège"],
        "nom_naissance": "Benali",
        "prenom": "Nora",
        "naissance-jour": "27",
        "naissance-mois": "3",
        "naissance-annee": "1994",
        **more,
    }


def add(client: Client, terrain: Terrain, button: str = "enregistrer", **more: str) -> Answer:
    shown = client.get("/salaries/nouveau")
    return client.submit(shown, "/salaries/nouveau", typed(terrain, **more), button)


def made(client: Client, terrain: Terrain, **more: str) -> str:
    """The address of the fiche of somebody new."""
    answer = add(client, terrain, **more)
    assert answer.status == 303, answer.text
    return answer.location


def test_somebody_is_added_listed_and_found(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    path = made(client, terrain, matricule="00 042", emploi="Vendeuse", civilite="mme")

    fiche = client.get(path)
    assert "Nora Benali est dans l’annuaire." in fiche.page.text
    assert "Vendeuse" in fiche.text
    for query in ("", "?q=BENALI+nora", "?q=00042"):
        assert "Benali Nora" in client.get(f"/salaries{query}").text, query
    assert "Aucun salarié pour ces critères." in client.get("/salaries?q=personne").text
    assert "ancienne plateforme" in client.get("/salaries").text


def test_faults_keep_what_was_typed_but_the_number(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    wrong = {"prenom": "", "telephone": "12", "emploi": "Kanarix", "nir": NIR}
    answer = add(client, terrain, **wrong)

    assert answer.status == 422
    assert "Indiquez le prénom." in answer.text
    assert answer.page.value("telephone") == "12"
    assert answer.page.value("emploi") == "Kanarix"
    assert NIR not in answer.body.decode()
    assert MASKED in answer.text
    mended = client.submit(answer, "/salaries/nouveau", {"prenom": "Nora", "telephone": ""}, "x")
    assert mended.status == 303, mended.text
    assert MASKED in client.follow(mended).text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("123", "13 caractères"), ("294037505600100", "La clé ne correspond pas")],
)
def test_a_number_that_cannot_be_one_is_told(terrain: Terrain, number: str, sentence: str) -> None:
    answer = add(terrain.client("administrateur"), terrain, nir=number, emploi="Kanarix")

    assert answer.status == 422
    assert sentence in answer.text
    assert number not in answer.body.decode()
    assert answer.page.value("emploi") == "Kanarix"


def test_the_same_person_is_shown_side_by_side(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    path = made(client, terrain, emploi="Vendeuse")
    told = add(client, terrain, nom_naissance="BENALI", emploi="Cheffe")

    assert told.status == 409
    assert "Cette personne est déjà dans l’annuaire" in told.text
    assert [one.get("href") for one in told.page.all("a", href=path)] == [path]
    assert "Vendeuse" in told.text
    assert told.page.value("emploi") == "Cheffe"
    again = client.submit(told, "/salaries/nouveau", {}, "enregistrer")
    assert again.status == 409
    other = client.submit(told, "/salaries/nouveau", {}, "autre")
    assert other.status == 303
    assert other.location != path
    assert client.submit(told, "/salaries/nouveau", {}, "autre").location == other.location


def test_somebody_hidden_is_refused_without_a_word(terrain: Terrain) -> None:
    siege = terrain.client("un SIRET")
    annexe = terrain.monde.sirets["halles", "annexe"]
    made(terrain.client("administrateur"), terrain, etablissement=annexe, emploi="Kanarix")

    refused = add(siege, terrain)
    assert refused.status == 422
    assert "Demandez à un administrateur" in refused.text
    assert "Kanarix" not in refused.text
    assert "déjà" not in refused.text


def test_a_place_without_right_is_not_offered_and_not_taken(terrain: Terrain) -> None:
    client = terrain.client("un SIRET")
    page = client.get("/salaries/nouveau").page
    options = [one.get("value") for one in page.all("option")]
    assert terrain.monde.sirets["halles", "annexe"] not in options

    annexe = terrain.monde.sirets["halles", "annexe"]
    champs, token = page.value("_champs"), page.token()
    sent = typed(terrain, _champs=champs, _fin="1", csrf_token=token, etablissement=annexe)
    before = terrain.fingerprint()
    assert client.post("/salaries/nouveau", sent).status == 422
    assert terrain.fingerprint() == before


def test_two_people_who_change_one_fiche_are_asked(terrain: Terrain) -> None:
    first = terrain.client("administrateur")
    path = made(first, terrain, emploi="Vendeuse")
    second, change = terrain.client("un SIRET"), f"{path}/modifier"
    shown = first.get(change), second.get(change)

    first.submit(shown[0], change, {"emploi": "Cheffe"}, "enregistrer")
    asked = second.submit(shown[1], change, {"emploi": "Barista", "telephone": "0188131000"}, "x")
    assert asked.status == 409
    assert "Dominique Administrateur a répondu autre chose" in asked.page.text
    assert "Barista" in asked.text
    assert "Cheffe" in asked.text
    assert second.submit(asked, change, {}, "enregistrer").status == 409

    [mine, theirs] = [one.get("value", "") for one in asked.page.all("input", name="_choix-emploi")]
    kept = second.submit(asked, change, {"_choix-emploi": theirs}, "enregistrer")
    fiche = second.follow(kept).text
    assert "Cheffe" in fiche
    assert "01 88 13 10 00" in fiche
    shown_again = second.get(change)
    second.submit(shown_again, change, {"emploi": "Barista"}, "enregistrer")
    late = first.submit(shown[0], change, {"emploi": "Chargée de"}, "enregistrer")
    saved = first.submit(late, change, {"_choix-emploi": mine}, "enregistrer")
    assert "Chargée de" in first.follow(saved).text


def test_a_departure_is_confirmed_and_undone(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    path = made(
        client, terrain, **{"embauche-jour": "6", "embauche-mois": "1", "embauche-annee": "2020"}
    )
    page = client.get(f"{path}/depart")
    bad = {"le-jour": "31", "le-mois": "2", "le-annee": "2026"}
    refused = client.submit(page, f"{path}/depart", bad)
    assert refused.status == 422
    assert refused.page.value("le-jour") == "31"
    early = {"le-jour": "5", "le-mois": "1", "le-annee": "2020"}
    assert "6 janvier 2020" in client.submit(page, f"{path}/depart", early).text

    left = client.submit(page, f"{path}/depart", {**early, "le-annee": "2024"})
    assert "A quitté l’entreprise le 5 janvier 2024." in client.follow(left).text
    assert "Benali Nora" not in client.get("/salaries").text
    assert "Benali Nora" in client.get("/salaries?presence=partis").text
    back = client.submit(client.get(path), f"{path}/retour")
    assert back.status == 303
    assert "Benali Nora" in client.get("/salaries").text


def test_a_number_is_never_read_again(terrain: Terrain, caplog: pytest.LogCaptureFixture) -> None:
    """Neither on a page, in a log, in the journal, nor in any column."""
    caplog.set_level(logging.DEBUG)
    client = terrain.client("administrateur")
    path = made(client, terrain)
    form = client.get(f"{path}/nir")
    wrong = client.submit(form, f"{path}/nir", {"nir": NIR[:14]}, "enregistrer")
    answers = [wrong, client.submit(form, f"{path}/nir", {"nir": f"{NIR[:13]} 75"}, "enregistrer")]
    assert [one.status for one in answers] == [422, 303]
    assert MASKED in client.get(path).text
    other = made(client, terrain, prenom="Lou")
    taken = client.submit(client.get(f"{other}/nir"), f"{other}/nir", {"nir": NIR}, "x")
    assert taken.status == 422
    assert "Ce numéro est celui de Nora Benali" in taken.page.text

    pages = [path, f"{path}/nir", f"{path}/modifier", "/salaries", f"/salaries?q={MASKED[:7]}"]
    answers += [taken, *map(client.get, pages)]
    # A page that has expired shows what was typed, to be copied: not that.
    answers.append(client.post(f"{path}/nir", {"nir": NIR, "emploi": "Kanarix", "_fin": "1"}))
    assert "Kanarix" in answers[-1].text
    assert not any(NIR[5:13] in one.body.decode() for one in answers)
    assert NIR[5:13] not in caplog.text
    with terrain.database.reading() as session:
        for table in metadata.sorted_tables:
            assert NIR[5:13] not in repr(session.execute(select(table)).all()), table.name
    forgotten = client.submit(client.get(f"{path}/nir"), f"{path}/nir", {}, "effacer")
    assert "Non renseigné." in client.follow(forgotten).text


def test_who_has_no_right_is_told_whom_to_ask(terrain: Terrain) -> None:
    page = terrain.client("sans droit").get("/salaries")

    assert page.status == 200
    assert "Demandez ce droit à Dominique Administrateur." in page.page.text
    assert not list(page.page.all("table"))


def test_a_reader_finds_no_way_to_write(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    one = terrain.monde.salaries["de l’annexe"]
    links = [link.get("href", "") for link in client.get(f"/salaries/{one.cle}").page.all("a")]
    links += [link.get("href", "") for link in client.get("/salaries").page.all("a")]

    assert not [link for link in links if re.search("modifier|depart|nir|nouveau", link)]


def test_pages_follow_each_other_with_their_filters(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    for rank in range(26):
        made(client, terrain, prenom=f"Nora {chr(97 + rank)}")
    first = client.get("/salaries?q=benali")
    assert "26 salariés" in first.page.text.replace("\u00a0", " ")
    [following] = [one for one in first.page.all("a") if text_of(one) == "Page suivante"]
    second = client.get(following.get("href", ""))
    assert "Benali Nora z" in second.text
    assert "Kerbrat" not in second.text
    assert client.get("/salaries?apres=hostile").status == 404
