"""What one was told: listed, opened, counted in the header, read by nobody else."""

import re

import pytest
from sqlalchemy import select

from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.notifications.models import Notification
from tests.support.client import Answer
from tests.support.terrain import Terrain

LISTE = "/notifications"


def links(answer: Answer) -> list[str]:
    """Where the page leads."""
    return [one.get("href", "") for one in answer.page.all("a")]


def tell(terrain: Terrain, personne: str, *titres: str, lien: str = "/dossiers") -> list[str]:
    """Tell them, and return the keys."""
    with terrain.database.transaction():
        courriel = terrain.monde.courriels[personne]
        known = session().scalars(select(Utilisateur).where(Utilisateur.courriel == courriel)).one()
        for titre in titres:
            notify([known], titre, "Le détail.", lien)
        session().flush()
        rows = session().scalars(
            select(Notification)
            .where(Notification.utilisateur_id == known.id)
            .order_by(Notification.id)
        )
        return [row.cle for row in rows][-len(titres) :]


def unread(answer: Answer) -> int:
    """How many the header says."""
    found = re.search(r"(\d+)\s*non lues", answer.page.text)
    return int(found.group(1)) if found else 0


def read(terrain: Terrain, cle: str) -> bool:
    with terrain.database.reading():
        row = session().scalars(select(Notification).where(Notification.cle == cle)).one()
        return row.lue_le is not None


def test_opening_one_reads_it_and_leads_there(terrain: Terrain) -> None:
    first, second = tell(terrain, "sans droit", "Première", "Seconde")
    client = terrain.client("sans droit")
    listed = client.get(LISTE)
    assert listed.text.index("Seconde") < listed.text.index("Première")
    assert unread(client.get("/")) == 2

    opened = client.submit(listed, f"{LISTE}/{first}")
    assert (opened.status, opened.location) == (303, "/dossiers")
    assert (read(terrain, first), read(terrain, second)) == (True, False)
    assert unread(client.get("/")) == 1


def test_one_that_leads_nowhere_comes_back_to_the_list(terrain: Terrain) -> None:
    (cle,) = tell(terrain, "sans droit", "Pour information", lien="")
    client = terrain.client("sans droit")
    opened = client.submit(client.get(LISTE), f"{LISTE}/{cle}")
    assert opened.location == LISTE
    assert "Pour information" in client.follow(opened).text


def test_all_that_was_shown_is_read_at_once(terrain: Terrain) -> None:
    tell(terrain, "sans droit", "Première", "Seconde")
    client = terrain.client("sans droit")
    listed = client.get(LISTE)
    (later,) = tell(terrain, "sans droit", "Arrivée entre-temps")
    told = client.follow(client.submit(listed, LISTE))
    assert "2 notifications marquées comme lues." in told.text.replace("\u00a0", " ")
    assert not read(terrain, later)
    assert unread(told) == 1


def test_everything_is_read_from_any_page_of_the_list(terrain: Terrain) -> None:
    tell(terrain, "sans droit", *(f"Nouvelle {rank}" for rank in range(30)))
    client = terrain.client("sans droit")
    first = client.get(LISTE)
    assert first.text.count("Nouvelle ") == 25
    following = next(href for href in links(first) if "apres=" in href)
    second = client.get(following)
    assert second.text.count("Nouvelle ") == 5
    client.submit(second, LISTE)
    assert unread(client.get("/")) == 0


def test_nobody_reads_those_of_somebody_else(terrain: Terrain) -> None:
    (cle,) = tell(terrain, "un SIRET", "Confidentiel")
    other = terrain.client("administrateur")
    assert "Confidentiel" not in other.get(LISTE).text
    token = other.token()
    refused = other.post(f"{LISTE}/{cle}", {"csrf_token": token, "_fin": "1"})
    assert refused.status == 404
    other.post(LISTE, {"csrf_token": token, "_fin": "1", "jusqu_a": "999999999"})
    assert not read(terrain, cle)


@pytest.mark.parametrize("shown", ["", "-1", "x", "9" * 40, "٣"])
def test_a_damaged_number_reads_nothing(terrain: Terrain, shown: str) -> None:
    (cle,) = tell(terrain, "sans droit", "Première")
    client = terrain.client("sans droit")
    sent = {"csrf_token": client.token(), "_fin": "1", "jusqu_a": shown}
    assert client.post(LISTE, sent).status == 303
    assert not read(terrain, cle)


def test_the_header_counts_up_to_a_hundred(terrain: Terrain) -> None:
    tell(terrain, "sans droit", *(f"Nouvelle {rank}" for rank in range(120)))
    assert unread(terrain.client("sans droit").get("/")) == 100
