"""Whatever is typed or sent: no fault, a sentence that says what to do, nothing lost or broken."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from monespace.dossiers.models import Dossier
from tests.http.gestes import Assistant, date_typed
from tests.support.client import AUTOSAVE, Answer
from tests.support.hostile import (
    AMOUNTS,
    CLEANED,
    NAMES,
    NOT_AMOUNTS,
    NOT_DATES,
    NOT_KEYS,
    NOT_SIRETS,
)
from tests.support.html import text_of
from tests.support.terrain import Terrain

# What hostile texts on a page may look like to the rules of the house.
HOSTILE = ("not rendered", "loose space", "forbidden words")


@pytest.fixture
def assistant(terrain: Terrain) -> Assistant:
    """The administrateur in the complete brouillon of the head office."""
    return Assistant(terrain, terrain.client("administrateur", tolerated=HOSTILE))


@pytest.fixture
def unchanged(assistant: Assistant) -> Iterator[None]:
    """Nothing at all is written by the test."""
    before = assistant.terrain.fingerprint()
    yield
    assert assistant.terrain.fingerprint() == before


def dossier_of(terrain: Terrain, nom: str = "brouillon") -> Dossier:
    with terrain.database.reading() as session:
        return session.get_one(Dossier, terrain.monde.dossiers[nom].id)


def said(answer: Answer, status: int, *words: str) -> None:
    assert answer.status == status
    for word in words:
        assert word in answer.text


def test_names_are_kept_shown_and_found(assistant: Assistant) -> None:
    for name in NAMES:
        assert assistant.enregistrer("formation", {"intitule": name}).status == 303

        assert assistant.etape("formation").page.value("intitule") == name
        found = assistant.client.get("/dossiers?" + urlencode({"q": name}))
        assert any(text_of(link).startswith(name) for link in found.page.all("a")), name


def test_what_no_eye_sees_is_dropped(assistant: Assistant) -> None:
    for typed, kept in CLEANED:
        assert assistant.enregistrer("formation", {"intitule": typed}).status == 303

        assert assistant.etape("formation").page.value("intitule") == kept


def test_one_amount_typed_five_ways(assistant: Assistant) -> None:
    for typed in AMOUNTS:
        assistant.enregistrer("budget", {"transport_montant": ""})
        assert assistant.enregistrer("budget", {"transport_montant": typed}).status == 303

        assert dossier_of(assistant.terrain).reponses["transport_montant"] == 123456


def test_no_amount_is_kept_as_typed_and_keeps_from_sending(assistant: Assistant) -> None:
    for typed in NOT_AMOUNTS:
        answer = assistant.enregistrer("budget", {"transport_montant": typed})

        said(answer, 422, "Ce que vous avez saisi est gardé tel quel")
        assert answer.page.value("transport_montant") == typed
        assert assistant.etape("budget").page.value("transport_montant") == typed
    said(assistant.transmettre(), 422, "il n’a pas été transmis", "Transport")
    assert dossier_of(assistant.terrain).numero is None


def test_no_date_is_kept_as_typed(assistant: Assistant) -> None:
    for parts in NOT_DATES:
        answer = assistant.enregistrer("formation", date_typed("date_fin", *parts))

        said(answer, 422, "Date de fin")
        page = assistant.etape("formation").page
        shown = [page.value(f"date_fin-{part}") for part in ("jour", "mois", "annee")]
        assert tuple(shown) == parts
        assert dossier_of(assistant.terrain).date_fin is None


def test_leaving_with_what_cannot_be_read_is_allowed(assistant: Assistant) -> None:
    answer = assistant.enregistrer("formation", {"duree_heures": "longtemps"}, "quitter")

    said(assistant.client.follow(answer), 200, "Brouillon enregistré à")
    assert assistant.etape("formation").page.value("duree_heures") == "longtemps"


def test_no_siret_is_kept_as_typed(assistant: Assistant) -> None:
    for typed in NOT_SIRETS:
        answer = assistant.enregistrer("organisme", {"of_siret": typed})

        said(answer, 422, "SIRET")
        assert assistant.etape("organisme").page.value("of_siret") == typed


def test_a_siret_is_read_with_spaces(assistant: Assistant) -> None:
    typed = "\u00a0005 720\u202f784 00015 "
    assert assistant.enregistrer("organisme", {"of_siret": typed}).status == 303

    assert dossier_of(assistant.terrain).prestataire_siret == "00572078400015"


@pytest.mark.parametrize("question", ["etablissement", "affectation"])
def test_the_siret_of_another_company_is_not_taken(assistant: Assistant, question: str) -> None:
    foreign = assistant.terrain.monde.sirets["fonderie", "siège"]
    if question == "affectation":
        answer = assistant.ajouter({"nom_naissance": "Martin", "affectation": foreign})
    else:
        answer = assistant.enregistrer("entreprise", {"etablissement": foreign})

    said(answer, 422, "Choisissez l’une des réponses proposées")
    dossier = dossier_of(assistant.terrain)
    own = assistant.terrain.monde.sirets["halles", "siège"]
    with assistant.terrain.database.reading() as session:
        assert session.merge(dossier).etablissement.siret == own
    assert "Fonderie" not in answer.text


def test_absent_is_not_empty(assistant: Assistant) -> None:
    """Fields that a damaged form lost are left alone; those it sent empty are emptied."""
    sent = assistant.etape("formation").page.form(assistant.adresse("etapes", "formation"))
    before = dossier_of(assistant.terrain).reponses
    kept = [pair for pair in sent.fields() if pair[0] not in ("intitule", "date_fin-mois")]
    pairs = [("objectif", "") if pair[0] == "objectif" else pair for pair in kept]

    saved = assistant.client.post(assistant.adresse("etapes", "formation"), pairs, AUTOSAVE)
    assert saved.status == 200
    after = dossier_of(assistant.terrain).reponses
    assert after == {name: value for name, value in before.items() if name != "objectif"}


def test_a_field_that_the_form_did_not_list_is_ignored(assistant: Assistant) -> None:
    """Nor can a column of the database be written by its name."""
    before = dossier_of(assistant.terrain)
    columns = [column.name for column in Dossier.__table__.columns]
    token = assistant.client.token()
    sent = dict.fromkeys(columns, "1") | {
        "csrf_token": token,
        "_champs": "contact_nom " + " ".join(columns),
        "contact_nom": "Vu",
        "_revision": "999",
        "_fin": "1",
    }

    saved = assistant.client.post(assistant.adresse("etapes", "entreprise"), sent, AUTOSAVE)
    assert saved.status == 200
    after = dossier_of(assistant.terrain)
    changed = {name for name in columns if getattr(before, name) != getattr(after, name)}
    assert changed == {"reponses", "revision", "maj_le"}
    assert after.reponses == before.reponses | {"contact_nom": "Vu"}


@pytest.mark.usefixtures("unchanged")
def test_a_body_cut_short_changes_nothing(assistant: Assistant) -> None:
    person = assistant.terrain.monde.dossiers[assistant.dossier].salarie
    sent = {"csrf_token": assistant.client.token(), "_champs": "intitule", "intitule": "Coupé"}
    steps = ("etapes/formation", "salaries", f"salaries/{person}/retirer", "envoi", "supprimer")

    for where in (*steps, "pieces/convention"):
        answer = assistant.client.post(assistant.adresse(where), sent)
        said(answer, 400, "n’est pas arrivé en entier", "rien n’a été modifié", "Coupé")
    for path in ("/dossiers/nouveau", "/exports"):
        said(assistant.client.post(path, sent), 400, "n’est pas arrivé en entier")


MALFORMED = [
    (b"", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00garbage", "application/x-www-form-urlencoded"),
    (b"%%%=%%&&&===", "application/x-www-form-urlencoded"),
    (b"--x\r\nContent-Disposition: form-data; name=", "multipart/form-data; boundary=x"),
    (b"no boundary", "multipart/form-data"),
    (b'{"_fin": "1"}', "application/json"),
    (b"<a/>", "text/xml"),
    (b"_fin=1" * 100_000, "text/plain"),
]


@pytest.mark.usefixtures("unchanged")
def test_a_malformed_body_changes_nothing(assistant: Assistant) -> None:
    token = {"X-CSRFToken": assistant.client.token()}
    path = assistant.adresse("etapes", "formation")

    for body, type_mime in MALFORMED:
        answer = assistant.client.post_body(path, body, token, type_mime)
        said(answer, 400, "ien n’a été modifié")


@pytest.mark.usefixtures("unchanged")
def test_a_body_too_large_is_refused_before_it_is_read(assistant: Assistant) -> None:
    sent = {"csrf_token": assistant.client.token(), "objectif": "x" * 1_100_000, "_fin": "1"}

    answer = assistant.client.post(assistant.adresse("etapes", "formation"), sent)
    said(answer, 413, "Rien n’a été enregistré")


FORGED = [
    ("_revision", "²"),
    ("_revision", "-1"),
    ("_revision", "9" * 40),
    ("_revision", "1\x00"),
    ("_jeton", "x" * 4000),
    ("_jeton", "é'\x00;--"),
    ("_fin", "0"),
]


@pytest.mark.usefixtures("unchanged")
def test_forged_hidden_fields_are_refused(assistant: Assistant) -> None:
    sent = {"_champs": "intitule", "intitule": "Forgé", "_revision": "1", "_fin": "1"}
    sent |= {"csrf_token": assistant.client.token()}

    for name, value in FORGED:
        for where in ("etapes/formation", "salaries"):
            answer = assistant.client.post(assistant.adresse(where), sent | {name: value})
            assert answer.status == 400, (name, value, where)


@pytest.mark.usefixtures("unchanged")
def test_no_address_breaks_a_page(assistant: Assistant) -> None:
    client, own = assistant.client, assistant.adresse()
    sent = {"csrf_token": client.token(), "_fin": "1"}

    for key in NOT_KEYS:
        for path in (
            f"/dossiers/{key}",
            f"/dossiers/{key}/envoi",
            f"/dossiers/pieces/{key}",
            f"/exports/{key}",
            f"{own}/etapes/{key}",
            f"{own}/salaries/{key}",
            f"/{key}",
        ):
            assert client.get(path).status == 404, path
        for path in (f"/dossiers/{key}/etapes/formation", f"{own}/etapes/{key}"):
            assert client.post(path, sent).status == 404, path


def test_an_unknown_piece_does_not_exist(assistant: Assistant) -> None:
    sent = {"csrf_token": assistant.client.token(), "_fin": "1"}

    assert assistant.client.post(assistant.adresse("pieces", "inconnue"), sent).status == 404


HOSTILE_QUERIES = [
    "q=%00&dispositif=%00&statut=%00&etablissement=%00",
    "q=" + "a" * 5000,
    "q=%25%25%5F&tri=%00",
    "statut=N%C3%89ANT&dispositif=XXX&etablissement=99901258600015",
    "debut_du-jour=31&debut_du-mois=2&debut_du-annee=2026",
    "tri=demande%3BDROP&apres=x",
    "apres=%FF%FF&avant=%FF",
    # Cursors: no JSON, a key of another type, too large a number, too deep, a day without zone.
    "apres=e30=",
    "tri=demande&apres=WyJ4IiwgMV0=",
    "tri=demande&apres=WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMCwgMV0=",
    "apres=WyIyMDI2LTAxLTAxVDAwOjAwOjAwIiwgMV0=",
    "tri=intitule&apres=WyJhXHUwMDAwYiIsIDFd",
    "tri=intitule&apres=WyJcdWQ4MDAiLCAxXQ==",
    "apres=" + "W1tb" * 800,
]


@pytest.mark.usefixtures("unchanged")
def test_no_filter_breaks_the_list(assistant: Assistant) -> None:
    for query in HOSTILE_QUERIES:
        answer = assistant.client.get(f"/dossiers?{query}")
        assert answer.status in (200, 404), query
