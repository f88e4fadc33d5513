"""No form can be sent from elsewhere: every route that writes asks for the session's token."""

from typing import Any

from flask import url_for

from tests.support import matrice
from tests.support.attendus import SUR_UN_DOSSIER
from tests.support.client import Answer
from tests.support.terrain import Terrain


def addresses(terrain: Terrain) -> list[str]:
    """One address of every route that writes."""
    known = terrain.monde.dossiers["brouillon"]
    parts: dict[str, Any] = {
        "cle": known.cle,
        "etape": "formation",
        "salarie": known.salarie,
        "type_piece": known.type_piece,
        "revision": 1,
    }
    with terrain.app.test_request_context():
        return [
            url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})
            for rule in terrain.app.url_map.iter_rules()
            if "POST" in (rule.methods or set())
        ]


def test_every_route_that_writes_is_protected(terrain: Terrain) -> None:
    client, other = terrain.client("administrateur"), terrain.client("consultation")
    before, foreign = terrain.fingerprint(), other.token()
    sent = {
        "_fin": "1",
        "attestation": "oui",
        "nom_naissance": "Intrus",
        "_champs": "nom_naissance",
    }
    paths = addresses(terrain)
    assert len(paths) >= len([route for route in SUR_UN_DOSSIER if route.startswith("POST")])

    for path in paths:
        for token in ({}, {"csrf_token": ""}, {"csrf_token": "faux"}, {"csrf_token": foreign}):
            answer: Answer = client.post(path, sent | token)
            assert answer.status == 400, (path, token)
            assert "rechargez la page" in answer.text
        assert client.post(f"{path}?csrf_token={client.token()}", sent).status == 400
    assert terrain.fingerprint() == before


def test_signing_in_changes_the_token(terrain: Terrain) -> None:
    client = terrain.client()
    before = client.token()
    client.sign_in(terrain.monde.courriels["administrateur"], "Monde-de-poche-2026")

    assert client.post("/dossiers/nouveau", {"csrf_token": before, "_fin": "1"}).status == 400


def test_every_route_answers_to_reading_or_to_writing_alone(terrain: Terrain) -> None:
    """Nothing is written by an address that a page could be made to open."""
    for route in matrice.routes(terrain.app):
        assert route.split(" ")[0] in ("GET", "POST")
