"""The end of a session: written on every page, said five minutes before, put off by a button."""

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from sqlalchemy import func, select, update

from monespace import horloge
from monespace.comptes.actions import IDLE, IDLE_SHORT, LONGEST
from monespace.comptes.models import FormulaireGarde, SessionOuverte
from monespace.db import session
from monespace.page import WARNED_BEFORE
from monespace.typographie import time_of
from tests.support.client import Answer, Client
from tests.support.html import text_of
from tests.support.terrain import Terrain

CHEF = "administrateur"
HTMX = {"HX-Request": "true", "HX-Target": "span#echeance"}
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def line(answer: Answer) -> str:
    """What the foot of the page says."""
    found = answer.page.by_id("echeance")
    return "" if found is None else text_of(found)


def asking(answer: Answer) -> Element:
    """The link that asks again."""
    return next(one for one in answer.page.all("a") if one.get("hx-get", "").startswith("/session"))


def wait(answer: Answer) -> int:
    """In how many seconds the page asks again."""
    trigger = asking(answer).get("hx-trigger", "")
    return int(trigger.removeprefix("load delay:").removesuffix("s"))


def seen(terrain: Terrain) -> object:
    with terrain.database.reading():
        return session().scalar(select(func.max(SessionOuverte.vue_le)))


def stay(client: Client, told: Answer) -> Answer:
    """Press «Rester connecté», which htmx sends."""
    return client.post("/session", told.page.form("/session", "/session").filled({}), HTMX)


@pytest.mark.parametrize(
    ("personne", "idle"), [(CHEF, IDLE_SHORT), ("conseiller", IDLE_SHORT), ("consultation", IDLE)]
)
def test_every_page_says_until_when(terrain: Terrain, personne: str, idle: timedelta) -> None:
    client, now = terrain.client(personne), horloge.now() + 2 * MINUTE
    with horloge.frozen(now):
        for path in ("/", "/dossiers", "/compte/identite", "/nulle-part"):
            assert line(client.get(path)) == f"Votre session se termine à {time_of(now + idle)}"
        assert not line(terrain.client().get("/connexion"))
        shown = client.follow(client.post("/session", {"csrf_token": client.token(), "_fin": "1"}))
        assert f"se termine à {time_of(now + idle)} si vous ne faites rien" in shown.text


def test_only_pages_where_something_is_typed_ask_again(terrain: Terrain) -> None:
    client, now = terrain.client(CHEF), horloge.now() + 2 * MINUTE
    with horloge.frozen(now):
        for path in ("/compte/identite", terrain.adresse("brouillon", "etapes", "formation")):
            page = client.get(path)
            assert wait(page) == (IDLE_SHORT - WARNED_BEFORE).total_seconds() + 1
            assert "htmx.min.js" in page.page.source
        assert "htmx.min.js" not in client.get("/accessibilite").page.source


def test_the_end_is_said_before_it_comes_and_put_off(terrain: Terrain) -> None:
    client, start = terrain.client(CHEF), horloge.now() + 2 * MINUTE
    with horloge.frozen(start):
        first = wait(client.get("/compte/identite"))
        before = seen(terrain)
        early = client.get("/session", HTMX)
        # The region may hold the failure of a save: nothing to say, nothing touched.
        assert "alerte" not in early.page.source
    with horloge.frozen(start + first * SECOND):
        told = client.get("/session", HTMX)
        assert "faute d’action de votre part" in told.text
        assert "Rester connecté" in told.text
        assert 290 <= wait(told) <= 301
        assert seen(terrain) == before, "to be told is no sign of life"
        stayed = stay(client, told)
        assert "Votre session continue" in stayed.text
        assert line(stayed).endswith(time_of(horloge.now() + IDLE_SHORT))
        assert wait(stayed) == first
    with horloge.frozen(start + IDLE_SHORT + 20 * MINUTE):
        assert client.get("/compte").status == 200


def test_it_may_be_put_off_more_than_ten_times(terrain: Terrain) -> None:
    client, now = terrain.client(CHEF), horloge.now()
    for rank in range(1, 21):
        with horloge.frozen(now + rank * 29 * MINUTE):
            assert "Votre session continue" in stay(client, client.get("/session", HTMX)).text


def test_an_end_that_was_put_off_elsewhere_is_said_no_more(terrain: Terrain) -> None:
    client, now = terrain.client(CHEF), horloge.now()
    with horloge.frozen(now + 26 * MINUTE):
        told = client.get("/session", HTMX)
        again = asking(told).get("hx-get", "")
        client.get("/dossiers")
    with horloge.frozen(now + 31 * MINUTE):
        quiet = client.get(again, HTMX)
        assert 'hx-swap-oob="innerHTML:#alerte"></div>' in quiet.page.source


def test_an_end_that_came_leaves_the_page_where_it_is(terrain: Terrain) -> None:
    """Nothing leads away from what is typed there: it is kept when it is sent."""
    client, now = terrain.client(CHEF), horloge.now()
    with horloge.frozen(now + 20 * MINUTE):
        told = client.get("/session", HTMX)
    with horloge.frozen(now + 29 * MINUTE):
        near = client.get("/session", HTMX)
    with horloge.frozen(now + 60 * MINUTE):
        for over in (client.get("/session?averti=1", HTMX), stay(client, near)):
            assert over.status == 200
            assert "n’est pas perdu" in over.text
            assert line(over) == "Votre session est terminée"
            assert "hx-get" not in over.page.source
            assert "HX-Redirect" not in over.headers
        assert "Aucune session" in client.get("/session").text
    with terrain.database.reading():
        kept = session().scalar(select(func.count()).select_from(FormulaireGarde)) or 0
    assert kept == len(terrain.monde.saisies)
    assert told.status == 200


def test_twelve_hours_are_said_to_be_the_end(terrain: Terrain) -> None:
    client, now = terrain.client(CHEF), horloge.now()
    with terrain.database.transaction():
        opened = now - LONGEST + 4 * MINUTE
        session().execute(update(SessionOuverte).values(ouverte_le=opened))
    with horloge.frozen(now + 2 * MINUTE):
        told = client.get("/session", HTMX)
        assert "douze heures après votre connexion" in told.text
        assert "Rester connecté" not in told.text
        assert "douze heures" in client.get("/session").text
