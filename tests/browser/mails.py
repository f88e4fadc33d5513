"""What was written to somebody, for the tests that follow its link."""

import re

from sqlalchemy import select

from monespace.coffre import Coffre
from monespace.courriels.models import Courriel
from monespace.courriels.rendu import rendered
from tests.support.live import LivePortal


def link_sent(portal: LivePortal, courriel: str) -> str:
    """The first link of the last mail to that address."""
    with portal.database.reading() as session:
        texte = session.scalars(
            select(Courriel.texte)
            .where(Courriel.destinataire == courriel)
            .order_by(Courriel.id.desc())
        ).first()
    assert texte
    found = re.search(r"http\S+", rendered(texte, portal.url, Coffre.of(portal.config)))
    assert found
    return found[0].removeprefix(portal.url)
