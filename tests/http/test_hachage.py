"""Passwords are weighed and hashed before a request writes: nobody waits behind a slow hash."""

from collections.abc import Callable
from typing import Any

import pytest

from monespace.comptes import passwords
from monespace.comptes.robustesse import weakness
from tests.http.courrier import link_in
from tests.support.calls import watched
from tests.support.client import Client
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

NOUVEAU = "hibou tambour violette"
SLOW = (passwords.hash_password, passwords.verify, weakness)


def _signs_up(terrain: Terrain) -> tuple[Client, str, dict[str, str]]:
    typed = {
        "profil": "adhérent",
        "prenom": "Zoé",
        "nom": "Neuve",
        "courriel": "zoe@nouvelle.example",
        "mot_de_passe": NOUVEAU,
        "accord": "oui",
    }
    return terrain.client(), "/inscription", typed


def _forgot(terrain: Terrain) -> tuple[Client, str, dict[str, str]]:
    client, courriel = terrain.client(), terrain.monde.courriels["consultation"]
    asked = "/mot-de-passe-oublie"
    client.post(asked, client.get(asked).page.form(asked, asked).filled({"courriel": courriel}))
    return client, link_in(terrain, courriel), {"mot_de_passe": NOUVEAU}


def _changes(terrain: Terrain) -> tuple[Client, str, dict[str, str]]:
    typed = {"ancien_mot_de_passe": MOT_DE_PASSE, "mot_de_passe": NOUVEAU}
    return terrain.client("consultation"), "/compte/mot-de-passe", typed


def _signs_in(terrain: Terrain) -> tuple[Client, str, dict[str, str]]:
    typed = {"courriel": terrain.monde.courriels["consultation"], "mot_de_passe": MOT_DE_PASSE}
    return terrain.client(), "/connexion", typed


def _proves(terrain: Terrain) -> tuple[Client, str, dict[str, str]]:
    return terrain.client("consultation"), "/confirmer-identite", {"mot_de_passe": MOT_DE_PASSE}


@pytest.mark.parametrize("way", [_signs_up, _forgot, _changes, _signs_in, _proves])
def test_nothing_slow_is_done_while_the_request_writes(
    terrain: Terrain, way: Callable[[Terrain], tuple[Client, str, dict[str, str]]]
) -> None:
    client, path, typed = way(terrain)
    place = path.partition("?")[0]
    form = client.get(path).page.form(place, place)
    # How many writing connections were in use each time something slow was done.
    held: list[int] = []
    pool: Any = terrain.database._writing.pool
    with watched(lambda slow: held.append(pool.checkedout()), *SLOW):
        assert client.post(path, form.filled(typed)).status == 303
    assert held
    assert not any(held)
