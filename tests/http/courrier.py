"""What a person finds in their letterbox, and the links they open from it."""

import re

from sqlalchemy import select

from monespace.coffre import Coffre
from monespace.courriels.models import Courriel
from monespace.courriels.rendu import rendered
from tests.support.terrain import Terrain

_LINK = re.compile(r"https?://[^/\s]+(/\S*)")


def letters(terrain: Terrain, courriel: str) -> list[tuple[str, str]]:
    """The subject and the text, as they were sent, of each mail to that address; oldest first."""
    coffre: Coffre = terrain.app.extensions["coffre"]
    with terrain.database.reading() as session:
        found = session.scalars(
            select(Courriel).where(Courriel.destinataire == courriel).order_by(Courriel.id)
        ).all()
    return [(one.sujet, rendered(one.texte, "http://portail.example", coffre)) for one in found]


def link_in(terrain: Terrain, courriel: str, rank: int = -1) -> str:
    """The address, without its host, of the first link of the last mail to that address."""
    found = _LINK.search(letters(terrain, courriel)[rank][1])
    assert found
    return found[1]
