"""Open sessions: seen, ended from elsewhere, extended by people and not by pages alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from monespace import horloge
from monespace.blueprints.protection import MOST_OF_A_NETWORK
from monespace.comptes import essais
from monespace.comptes.actions import IDLE_SHORT, forget_ended_sessions
from monespace.comptes.appareils import described
from monespace.comptes.models import Compteur, SessionOuverte, Utilisateur
from monespace.courriels.models import Courriel
from monespace.db import session
from tests.support.client import AUTOSAVE, Client
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

CHEF = "administrateur"
SESSIONS = "/compte/sessions"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"


def seen(terrain: Terrain) -> object:
    with terrain.database.reading():
        return session().scalar(select(func.max(SessionOuverte.vue_le)))


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (EDGE, "Edge sur Windows"),
        (IPHONE, "Safari sur iPhone"),
        ("", "Navigateur inconnu"),
        ("<script>" * 400, "Navigateur inconnu"),
    ],
)
def test_a_browser_is_recognised_by_its_owner(user_agent: str, words: str) -> None:
    assert described(user_agent) == words


def test_one_ends_the_session_of_another_browser(terrain: Terrain) -> None:
    here, lost, third = (terrain.client("consultation") for _ in range(3))
    page = here.get(SESSIONS)
    # These, and the one of the world.
    forms = [one.get("action", "") for one in page.page.all("form")]
    closing = [path for path in forms if path.startswith(f"{SESSIONS}/")]
    assert len(closing) == 4

    done = here.submit(page, closing[0])
    assert "Session fermée" in here.follow(done).text
    assert sorted(one.get("/").status for one in (here, lost, third)) == [200, 200, 303]
    here.submit(here.get(SESSIONS), f"{SESSIONS}/fermer")
    assert [one.get("/").status for one in (here, lost, third)] == [200, 303, 303]
    assert "nulle part ailleurs" in here.get(SESSIONS).text


def test_nobody_ends_the_session_of_somebody_else(terrain: Terrain) -> None:
    chef, other = terrain.client(CHEF), terrain.client("consultation")
    mine = terrain.monde.sessions[CHEF]
    sent = {"csrf_token": other.token(), "_fin": "1"}

    assert other.post(f"{SESSIONS}/{mine}/fermer", sent).status == 404
    assert other.post(f"{SESSIONS}/fermer", sent).status == 303
    assert chef.get("/").status == 200


def test_pages_that_ask_again_by_themselves_do_not_keep_a_session_open(terrain: Terrain) -> None:
    client = terrain.client(CHEF, checking=False)
    before, start = seen(terrain), horloge.now()
    for poll in range(200):
        with horloge.frozen(start + timedelta(seconds=7 * poll)):
            assert client.get("/", {"HX-Request": "true"}).status == 200
    assert seen(terrain) == before


def test_what_is_typed_keeps_the_session_open(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, start = terrain.adresse("brouillon", "etapes", "formation"), horloge.now()
    sent = client.get(path).page.form(path).filled({"objectif": "Ma phrase"})
    for typed in range(1, 5):
        with horloge.frozen(start + typed * timedelta(minutes=25)):
            assert client.post(path, sent, AUTOSAVE).status == 200
    with horloge.frozen(start + timedelta(minutes=100) + IDLE_SHORT + timedelta(seconds=1)):
        assert client.post(path, sent, AUTOSAVE).status == 401


def test_an_ended_session_is_forgotten_a_day_later(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    client.submit(client.get("/"), "/deconnexion")
    for hours, left in ((23, 1), (38, 0)):
        instant = horloge.now() + timedelta(hours=hours)
        with horloge.frozen(instant), terrain.database.transaction():
            forget_ended_sessions()
        with terrain.database.reading():
            ended = SessionOuverte.fermee_le.is_not(None)
            count = session().scalar(select(func.count()).select_from(SessionOuverte).where(ended))
        assert count == left


def test_signing_in_is_dated(terrain: Terrain) -> None:
    terrain.client("consultation")
    courriel = terrain.monde.courriels["consultation"]
    with terrain.database.reading():
        date = session().scalar(
            select(Utilisateur.connecte_le).where(Utilisateur.courriel == courriel)
        )
    assert date
    assert horloge.now() - date < timedelta(minutes=2)


def test_an_address_that_was_not_confirmed_opens_no_session(terrain: Terrain) -> None:
    courriel = terrain.monde.courriels["consultation"]
    with terrain.database.transaction():
        session().execute(update(Utilisateur).values(confirme_le=None))
    client = terrain.client()
    before = terrain.fingerprint()

    assert client.give_password(courriel, "faux").status == 422
    told = client.give_password(courriel, MOT_DE_PASSE)
    assert told.status == 403
    assert "pas encore confirmée" in told.text
    assert client.get("/").status == 303
    assert terrain.fingerprint() == before


def test_the_owner_is_told_of_ten_wrong_passwords(terrain: Terrain) -> None:
    client = terrain.client()
    courriel = terrain.monde.courriels["consultation"]
    for _ in range(12):
        client.give_password(courriel, "faux")

    with terrain.database.reading():
        theirs = select(Courriel.sujet).where(Courriel.destinataire == courriel)
        told = session().scalars(theirs).all()
    assert told == ["La connexion à votre compte est bloquée pendant un quart d’heure"]


def test_the_right_password_forgets_the_wrong_ones(terrain: Terrain) -> None:
    client, courriel = terrain.client(), terrain.monde.courriels["consultation"]
    for _ in range(2):
        for _ in range(9):
            assert client.give_password(courriel, "faux").status == 422
        assert terrain.client().give_password(courriel, MOT_DE_PASSE).status == 303


def test_one_network_cannot_try_one_password_on_everybody(terrain: Terrain) -> None:
    """Right passwords are no tries: a whole company signs in from one address."""
    with terrain.database.transaction():
        nom = "connexion 127.0.0.0/24"
        session().add(Compteur(nom=nom, essais=MOST_OF_A_NETWORK - 1, depuis=horloge.now()))
    for _ in range(3):
        terrain.client("consultation")

    stranger = terrain.client()
    assert stranger.give_password("personne@monde.example", "faux").status == 422
    assert stranger.give_password(terrain.monde.courriels["un SIRET"], MOT_DE_PASSE).status == 422
    with horloge.frozen(horloge.now() + timedelta(minutes=61)):
        terrain.client("un SIRET")


def test_counters_are_forgotten_after_a_day(terrain: Terrain) -> None:
    with terrain.database.transaction():
        assert essais.allow("x", 1, timedelta(hours=1))
        assert not essais.allow("x", 1, timedelta(hours=1))
    for hours, left in ((23, 1), (25, 0)):
        instant = horloge.now() + timedelta(hours=hours)
        with horloge.frozen(instant), terrain.database.transaction():
            essais.forget_old()
            assert session().scalar(select(func.count()).select_from(Compteur)) == left


def test_protections_hold_without_redis(terrain: Terrain) -> None:
    """The portal of the tests has no Redis at all: nothing that protects asks for it."""
    assert terrain.config.redis_url.endswith("nobody-listens")
    client, courriel = terrain.client(), terrain.monde.courriels["consultation"]
    assert terrain.client("consultation").get("/").status == 200
    for _ in range(10):
        assert client.give_password(courriel, "faux").status == 422
    assert client.give_password(courriel, MOT_DE_PASSE).status == 422


def copied(client: Client, terrain: Terrain) -> Client:
    """Another browser with the same cookie."""
    other = terrain.client()
    other.set_cookie(client.cookie())
    return other


def test_a_copied_cookie_is_worth_nothing_after_sign_out(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    thief = copied(client, terrain)
    assert thief.get("/dossiers").status == 200
    client.submit(client.get("/"), "/deconnexion")
    assert thief.get("/dossiers").status == 303
