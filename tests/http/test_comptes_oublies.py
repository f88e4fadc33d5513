"""Accounts whose address nobody proved: forgotten a month after their last link, with all of it."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Text, cast, select, update

from jobs.ticker import Ticker
from monespace import horloge
from monespace.acteur import Role
from monespace.comptes.actions import forget_old_links, forget_unproved
from monespace.comptes.actions.liens import KEPT_FOR
from monespace.comptes.models import Lien, Utilisateur
from monespace.db import session
from monespace.modeles import metadata
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from tests.http.courrier import link_in
from tests.http.test_inscription import NEUVE, SECRET, account, confirm, sign_up
from tests.support.terrain import Terrain

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
# The link lasts a day.
OVER = DAY + KEPT_FOR


def tick(terrain: Terrain, later: timedelta, times: int = 1) -> None:
    """What the ticker does that much later; there is no Redis here."""
    with horloge.frozen(horloge.now() + later):
        ticker = Ticker(terrain.config)
        for _ in range(times):
            ticker.tick()
        ticker.close()


def said_anywhere(terrain: Terrain, words: str) -> Sequence[str]:
    """The tables where these words stand."""
    found = []
    with terrain.database.reading() as reading:
        for table in metadata.sorted_tables:
            columns = [cast(column, Text).contains(words) for column in table.columns]
            if any(reading.scalar(select(one).where(one).limit(1)) for one in columns):
                found.append(table.name)
    return found


def test_an_account_that_nobody_confirmed_is_forgotten_with_its_mails(terrain: Terrain) -> None:
    sign_up(terrain.client(), prenom="Apolline")
    assert {*said_anywhere(terrain, NEUVE)} == {"courriels", "liens", "utilisateurs"}
    # The journal forgets nothing: it must not learn a name that nobody proved.
    assert said_anywhere(terrain, "Apolline") == ["utilisateurs"]
    tick(terrain, OVER - timedelta(minutes=1))
    assert account(terrain, NEUVE)
    tick(terrain, OVER + timedelta(minutes=1))
    assert account(terrain, NEUVE) is None
    assert not said_anywhere(terrain, NEUVE)
    assert not said_anywhere(terrain, "Apolline")
    # Who comes at last begins again, as anybody.
    with horloge.frozen(horloge.now() + OVER + DAY):
        client = terrain.client()
        sign_up(client)
        confirm(client, link_in(terrain, NEUVE))
    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le


def test_one_more_link_is_one_more_month(terrain: Terrain) -> None:
    client = terrain.client()
    page = client.follow(sign_up(client))
    with horloge.frozen(horloge.now() + 20 * DAY):
        client.submit(page, "/inscription/renvoyer")
    tick(terrain, OVER + DAY)
    assert account(terrain, NEUVE)
    tick(terrain, OVER + 21 * DAY)
    assert account(terrain, NEUVE) is None


def test_a_confirmed_account_stays(terrain: Terrain) -> None:
    client = terrain.client()
    sign_up(client)
    confirm(client, link_in(terrain, NEUVE))
    tick(terrain, OVER + 400 * DAY, times=3)
    assert account(terrain, NEUVE)
    for courriel in terrain.monde.courriels.values():
        assert account(terrain, courriel)


@pytest.mark.parametrize("what", ["rôle", "rattachement", "connexion", "repris"])
def test_an_account_that_is_something_to_somebody_stays(terrain: Terrain, what: str) -> None:
    """None of them can be had through the pages: a mistake elsewhere must not delete anybody."""
    sign_up(terrain.client())
    with terrain.database.transaction():
        made = session().scalars(select(Utilisateur).where(Utilisateur.courriel == NEUVE)).one()
        if what == "rôle":
            made.role = Role.CONSEILLER
        elif what == "connexion":
            made.connecte_le = horloge.now()
        elif what == "rattachement":
            session().add(
                Rattachement(
                    utilisateur_id=made.id,
                    organisation_id=session().scalars(select(Organisation.id)).first(),
                    etat=EtatRattachement.DEMANDE,
                    cree_le=horloge.now(),
                )
            )
    if what == "repris":
        # Brought from elsewhere: it was never made by a sign-up.
        other = terrain.monde.courriels["consultation"]
        with terrain.database.transaction():
            session().execute(
                update(Utilisateur)
                .where(Utilisateur.courriel == other)
                .values(confirme_le=None, connecte_le=None)
            )
        tick(terrain, OVER + DAY, times=2)
        assert account(terrain, other)
        return
    tick(terrain, OVER + DAY, times=2)
    assert account(terrain, NEUVE)


def test_many_go_one_at_a_time(terrain: Terrain) -> None:
    for rank in range(3):
        sign_up(terrain.client(), courriel=f"{rank}{NEUVE}")
    with horloge.frozen(horloge.now() + OVER + DAY), terrain.database.transaction():
        forget_old_links()
        assert [forget_unproved() for _ in range(4)] == [True, True, True, False]


def test_a_link_leaves_with_the_address_it_was_sent_to(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    client.submit(client.get("/compte/adresse"), "/compte/adresse", {"courriel": NEUVE})
    for later, left in ((OVER - SECOND, 1), (OVER + DAY, 0)):
        with horloge.frozen(horloge.now() + later), terrain.database.transaction():
            forget_old_links()
            kept = session().scalars(select(Lien.cle).where(Lien.courriel == NEUVE)).all()
            assert len(kept) == left


def test_signing_up_again_at_that_moment_is_not_lost(terrain: Terrain) -> None:
    """The month starts again with the link."""
    sign_up(terrain.client())
    with horloge.frozen(horloge.now() + OVER + DAY):
        with terrain.database.transaction():
            forget_old_links()
        sign_up(terrain.client(), mot_de_passe=SECRET)
        with terrain.database.transaction():
            assert not forget_unproved()
    assert account(terrain, NEUVE)
