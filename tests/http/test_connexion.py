"""Signing in and out, and what a session is worth."""

from dataclasses import replace
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, select, update

from monespace import horloge
from monespace.blueprints.comptes.entree import MOST_PASSWORDS
from monespace.comptes import passwords
from monespace.comptes.actions import IDLE, IDLE_SHORT, LONGEST
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.portail import create_app
from tests.support.calls import watched
from tests.support.client import AUTOSAVE, Answer, Client
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

POLL = {"HX-Request": "true"}


def tried(client: Client, courriel: str, mot_de_passe: str, suite: str = "") -> Answer:
    page = client.get("/connexion")
    typed = {"courriel": courriel, "mot_de_passe": mot_de_passe, "suite": suite}
    return client.submit(page, "/connexion", typed)


def test_an_address_is_read_however_it_is_typed(terrain: Terrain) -> None:
    typed = f"  {terrain.monde.courriels['administrateur'].upper()} "

    assert tried(terrain.client(), typed, MOT_DE_PASSE).status == 303


def test_nobody_learns_whether_an_account_exists(terrain: Terrain) -> None:
    client = terrain.client()
    known = tried(client, terrain.monde.courriels["administrateur"], "faux")
    unknown = tried(client, "personne@monde.example", "faux")

    assert known.status == unknown.status == 422
    assert known.text == unknown.text
    assert "non reconnus" in known.text
    assert "faux" not in known.page.source


def test_hostile_words_are_only_wrong_ones(terrain: Terrain) -> None:
    client = terrain.client(tolerated=("parses", "loose space", "not rendered"))
    right = terrain.monde.courriels["administrateur"]
    for courriel, mot_de_passe in (
        ("\x00", "\x00"),
        (f"{right}\x00", "\x00"),
        ("' OR 1=1 --", "' OR 1=1 --"),
        (right, "x" * 5000),
        ("a" * 100_000, "a"),
        ("", ""),
    ):
        assert tried(client, courriel, mot_de_passe).status == 422


def test_the_tenth_failure_blocks_the_account_even_for_the_right_password(terrain: Terrain) -> None:
    inside, outside = terrain.client("administrateur"), terrain.client()
    courriel = terrain.monde.courriels["administrateur"]
    for _ in range(MOST_PASSWORDS):
        assert tried(outside, courriel, "faux").status == 422

    blocked = tried(outside, courriel, MOT_DE_PASSE)
    assert blocked.status == 422
    assert "Après dix essais, attendez un quart d’heure" in blocked.text
    assert blocked.page.text == tried(outside, "personne@nulle-part.example", "faux").page.text
    assert inside.get("/").status == 200
    assert tried(outside, terrain.monde.courriels["consultation"], MOT_DE_PASSE).status == 303
    with horloge.frozen(horloge.now() + timedelta(minutes=16)):
        assert tried(terrain.client(), courriel, MOT_DE_PASSE).status == 303


def test_a_session_ends_at_sign_out_and_its_cookie_opens_nothing(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    kept = client.cookie()
    page = client.get("/")

    out = client.submit(page, "/deconnexion")
    assert out.status == 303
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status == 303
    client.set_cookie(kept)
    assert client.get("/").status == 303


def test_a_session_that_is_ended_from_elsewhere_is_over(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    with terrain.database.transaction() as session:
        session.execute(delete(SessionOuverte))

    assert client.get("/dossiers").status == 303


@pytest.mark.parametrize(
    ("personne", "asleep"),
    [
        ("consultation", IDLE),
        ("administrateur", IDLE_SHORT),
        ("conseiller", IDLE_SHORT),
        ("administrateur", LONGEST),
    ],
)
def test_a_session_does_not_last(terrain: Terrain, personne: str, asleep: timedelta) -> None:
    client = terrain.client(personne, checking=False)
    now = horloge.now()
    if asleep == LONGEST:
        for quarter in range(1, 4 * 12):
            with horloge.frozen(now + quarter * timedelta(minutes=15)):
                assert client.get("/").status == 200
    else:
        with horloge.frozen(now + asleep - timedelta(seconds=20)):
            # What refreshes itself is nobody’s presence.
            assert client.get("/", POLL).status == 200
    with horloge.frozen(now + asleep + timedelta(seconds=20)):
        assert client.get("/").status == 303


def test_no_token_of_a_session_is_kept_as_it_is(terrain: Terrain) -> None:
    client = terrain.client("administrateur")

    with terrain.database.reading() as session:
        kept = session.scalars(select(SessionOuverte.empreinte)).all()
    assert all(one not in client.cookie() for one in kept)


def test_one_comes_back_where_one_wanted_to_go(terrain: Terrain) -> None:
    client = terrain.client()
    asked = client.get(terrain.adresse("brouillon") + "?x=1")
    page = client.follow(asked)
    assert page.path == "/connexion"

    typed = {"courriel": terrain.monde.courriels["un SIRET"], "mot_de_passe": MOT_DE_PASSE}
    signed = client.submit(page, "/connexion", typed)
    assert signed.location == terrain.adresse("brouillon") + "?x=1"


@pytest.mark.parametrize(
    "suite",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example/dossiers",
        "javascript:alert(1)",
        "/nulle-part",
        "//[",
        "/dossiers\r\nSet-Cookie: x=1",
        "/dossiers?x=1\r\nSet-Cookie: x=1",
        "/dos\nsiers",
        "/dossiers?x=\x00",
        "/\t/evil.example",
        "/deconnexion",
        "dossiers",
        "/dossiers/../..//evil.example",
    ],
)
def test_nobody_is_sent_elsewhere(terrain: Terrain, suite: str) -> None:
    courriel = terrain.monde.courriels["consultation"]

    signed = tried(terrain.client(), courriel, MOT_DE_PASSE, suite)
    assert (signed.status, signed.location) == (303, "/")


def test_typing_is_shown_back_when_nobody_can_tell_whose_it_is(terrain: Terrain) -> None:
    """Without JavaScript what was typed is given back; with it, the way in is told."""
    client = terrain.client("administrateur")
    path = terrain.adresse("brouillon", "etapes", "formation")
    form = client.get(path).page.form(path)
    sent = form.filled({"objectif": "Ma phrase"}, "continuer")
    with terrain.database.transaction() as session:
        session.execute(delete(SessionOuverte))
    before = terrain.fingerprint()

    posted = client.post(path, sent)
    assert posted.status == 401
    assert "Ma phrase" in posted.text
    saved = client.post(path, sent, AUTOSAVE)
    assert saved.status == 401
    assert saved.headers["HX-Retarget"] == "#alerte"
    assert "Se reconnecter" in saved.text
    assert terrain.fingerprint() == before


def test_a_password_is_never_shown_back(terrain: Terrain) -> None:
    client = terrain.client()
    sent = {"courriel": "a@b.example", "mot_de_passe": "secret-secret", "csrf_token": "faux"}

    answer = client.post("/connexion", sent)
    assert answer.status == 400
    assert "secret-secret" not in answer.page.source


def test_passwords_are_kept_hashed(terrain: Terrain) -> None:
    with terrain.database.reading() as session:
        kept = session.scalars(select(Utilisateur.mot_de_passe)).all()
    assert all(one.startswith("$argon2id$") for one in kept)


# As hashes were made before their cost was raised.
CHEAPER = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)


def kept_hash(terrain: Terrain, courriel: str) -> str:
    wanted = select(Utilisateur.mot_de_passe).where(Utilisateur.courriel == courriel)
    with terrain.database.reading() as session:
        return session.scalars(wanted).one()


def keep_hash(terrain: Terrain, courriel: str, mot_de_passe: str) -> None:
    with terrain.database.transaction() as session:
        session.execute(
            update(Utilisateur)
            .where(Utilisateur.courriel == courriel)
            .values(mot_de_passe=mot_de_passe)
        )


def test_an_older_hash_is_made_again_at_sign_in(terrain: Terrain) -> None:
    courriel, before = terrain.monde.courriels["consultation"], terrain.client("consultation")
    older = CHEAPER.hash(MOT_DE_PASSE)
    keep_hash(terrain, courriel, older)

    assert tried(terrain.client(), courriel, "faux").status == 422
    assert kept_hash(terrain, courriel) == older, "only who knows the password has it hashed again"
    assert tried(terrain.client(), courriel, MOT_DE_PASSE).status == 303
    again = kept_hash(terrain, courriel)
    assert "$m=19456,t=2,p=1$" in again
    # It is the same password, and nothing else happened.
    assert tried(terrain.client(), courriel, MOT_DE_PASSE).status == 303
    assert kept_hash(terrain, courriel) == again
    assert before.get("/").status == 200


@pytest.mark.parametrize(
    "meanwhile", ["", CHEAPER.hash("Un autre, choisi entre-temps")], ids=["same", "changed"]
)
def test_nothing_is_locked_while_it_is_hashed_again(terrain: Terrain, meanwhile: str) -> None:
    """Somebody writes to the same account while the hash is made: theirs counts."""
    courriel = terrain.monde.courriels["consultation"]
    older = CHEAPER.hash(MOT_DE_PASSE)
    keep_hash(terrain, courriel, older)
    written = []

    def somebody_writes(slow: str) -> None:
        keep_hash(terrain, courriel, meanwhile or older)
        written.append(slow)

    client = terrain.client()
    with watched(somebody_writes, passwords.hash_password):
        assert tried(client, courriel, MOT_DE_PASSE).status == 303
    assert written == ["hash_password"]
    kept = kept_hash(terrain, courriel)
    if meanwhile:
        assert kept == meanwhile
    else:
        assert passwords.verify(kept, MOT_DE_PASSE)
        assert not passwords.outdated(kept)


def test_the_cookie_is_for_this_host_over_tls_alone(terrain: Terrain) -> None:
    secret = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
    config = replace(
        terrain.config, mode="production", secret_key=secret, trusted_hosts=("localhost",)
    )
    answer = create_app(config).test_client().get("/connexion", base_url="https://localhost")
    name, _, told = answer.headers["Set-Cookie"].partition("=")
    assert name == "__Host-session"
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {*told.split("; ")}
    assert "Domain" not in told
    # Nothing outlives the browser.
    assert "Expires" not in told
    assert "Max-Age" not in told
