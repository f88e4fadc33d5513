"""The mails of the demo: read from its own machine, and from nowhere else."""

from dataclasses import replace

import pytest

from monespace.courriels import actions
from monespace.courriels.rendu import signed_link
from monespace.portail import create_app
from tests.support.client import Answer, Client
from tests.support.terrain import Terrain

BOITE = "/demo/courriels"


def links(answer: Answer) -> list[str]:
    """Where the page leads."""
    return [one.get("href", "") for one in answer.page.all("a")]


def write(terrain: Terrain, to: str = "nora@societe.example", texte: str = "") -> str:
    with terrain.database.transaction():
        return actions.send(to, f"Pour {to}", texte or signed_link("/aide")).cle


def test_a_mail_is_read_and_its_link_works(terrain: Terrain) -> None:
    cle = write(terrain)
    client = terrain.client()
    listed = client.get(BOITE)
    assert "Pour nora@societe.example" in listed.text
    read = client.get(f"{BOITE}/{cle}")
    (href,) = [href for href in links(read) if href.startswith("/aide?s=")]
    assert client.get(href).status == 200
    assert f"{terrain.config.base_url}/aide?s=" in read.text


def test_the_latest_first_and_by_address(terrain: Terrain) -> None:
    for to in ("ancienne@societe.example", "nora@societe.example"):
        write(terrain, to)
    client = terrain.client()
    both = client.get(BOITE).text
    assert both.index("Pour nora") < both.index("Pour ancienne")
    only = client.get(f"{BOITE}?adresse=Ancienne@")
    assert "Pour nora" not in only.text
    assert "Pour ancienne" in only.text
    assert "Aucun courriel pour cette adresse" in client.get(f"{BOITE}?adresse=%25").text


def test_what_a_mail_says_stays_text(terrain: Terrain) -> None:
    cle = write(terrain, texte="<script>alert(1)</script> https://ailleurs.example/<b>x")
    read = terrain.client().get(f"{BOITE}/{cle}")
    assert "<script>alert" not in read.body.decode()
    assert not any("ailleurs.example" in href for href in links(read))


def test_it_is_linked_where_one_signs_in(terrain: Terrain) -> None:
    assert BOITE in links(terrain.client().get("/connexion"))


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1"},
        {"X-Real-IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
    ],
)
def test_behind_a_proxy_there_is_nothing(terrain: Terrain, headers: dict[str, str]) -> None:
    cle = write(terrain)
    client = terrain.client()
    assert client.get(BOITE, headers).status == 404
    assert client.get(f"{BOITE}/{cle}", headers).status == 404
    assert BOITE not in links(client.get("/connexion", headers))


@pytest.mark.parametrize("address", ["192.0.2.7", "10.0.0.1", "2001:db8::1", ""])
def test_from_another_machine_there_is_nothing(terrain: Terrain, address: str) -> None:
    cle = write(terrain)
    client = terrain.app.test_client()
    for path in (BOITE, f"{BOITE}/{cle}"):
        assert client.get(path, environ_base={"REMOTE_ADDR": address}).status_code == 404
    page = client.get("/connexion", environ_base={"REMOTE_ADDR": address}).get_data(as_text=True)
    assert BOITE not in page


def test_a_portal_that_knows_of_proxies_shows_nothing(terrain: Terrain) -> None:
    write(terrain)
    assert Client(create_app(replace(terrain.config, proxies=1))).get(BOITE).status == 404


def test_in_production_there_is_nothing(terrain: Terrain) -> None:
    cle = write(terrain)
    real = replace(
        terrain.config,
        mode="production",
        trusted_hosts=("localhost",),
        base_url="https://localhost",
        mail_url="smtp://127.0.0.1:1",
    )
    client = create_app(real).test_client()
    for path in (BOITE, f"{BOITE}/{cle}"):
        assert client.get(path, base_url="https://localhost").status_code == 404
    page = client.get("/connexion", base_url="https://localhost").get_data(as_text=True)
    assert BOITE not in page
