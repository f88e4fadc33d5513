"""The second factor: asked of those who must have one, worth one sign-in, never gone around."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select, update

from monespace import demonstration, horloge
from monespace.blueprints.comptes.entree import MOST_CODES
from monespace.comptes.models import CodeSecours, SessionOuverte, Utilisateur
from monespace.comptes.totp import code_at, step_of
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.organisations.models import Rattachement
from tests.support.client import CHOICE, SECOND_PAGE, Answer, Client
from tests.support.codes import SECRET
from tests.support.html import text_of
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

CHEF = "administrateur"
SUPER = str.maketrans("0123456789", "０１２３４５６７８９")


def half(terrain: Terrain, personne: str = CHEF) -> Client:
    """Somebody who gave their password and nothing else."""
    client = terrain.client()
    signed = client.give_password(terrain.monde.courriels[personne], MOT_DE_PASSE)
    assert signed.status == 303
    return client


def give(client: Client, code: str) -> Answer:
    return client.submit(client.get(SECOND_PAGE), SECOND_PAGE, {"code": code})


def now_code() -> str:
    return code_at(SECRET, step_of(horloge.now()))


def wrong_code() -> str:
    """A code of no time-step around now."""
    around = {code_at(SECRET, step_of(horloge.now()) + one) for one in range(-3, 4)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in around)


def ready(terrain: Terrain, personne: str = CHEF) -> None:
    """No code was used yet."""
    with terrain.database.transaction():
        session().execute(update(Utilisateur).values(totp_pas=0))


def strip(terrain: Terrain, personne: str = CHEF) -> None:
    """That person has no second factor."""
    with terrain.database.transaction():
        session().execute(
            update(Utilisateur)
            .where(Utilisateur.courriel == terrain.monde.courriels[personne])
            .values(totp_scelle="", totp_le=None)
        )


def mails(terrain: Terrain) -> list[str]:
    with terrain.database.reading():
        return list(session().scalars(select(Courriel.sujet).order_by(Courriel.id)))


@contextmanager
def stopped() -> Iterator[None]:
    """The clock stands still: a code cannot pass away in the middle of a test."""
    with horloge.frozen(horloge.now()):
        yield


@pytest.mark.parametrize("personne", [CHEF, "autre entreprise", "conseiller"])
def test_the_password_alone_opens_nothing(terrain: Terrain, personne: str) -> None:
    client = half(terrain, personne)
    token = client.get(SECOND_PAGE).page.token()
    before = terrain.fingerprint()

    for path in ("/", "/dossiers", terrain.adresse("brouillon"), "/compte/sessions", CHOICE):
        asked = client.get(path)
        assert asked.status == 303
        assert asked.location.startswith(SECOND_PAGE)
    changed = f"{CHOICE}/changer"
    assert client.get(changed).location.startswith(SECOND_PAGE)
    sent = {"csrf_token": token, "_fin": "1", "code": now_code(), "secret_scelle": "x"}
    for path in (CHOICE, f"{CHOICE}/codes", f"{CHOICE}/retirer", "/confirmer-identite"):
        assert client.post(path, sent).location.startswith(SECOND_PAGE)
    assert client.get("/", {"HX-Request": "true"}).headers["HX-Redirect"].startswith(SECOND_PAGE)
    assert terrain.fingerprint() == before


def test_a_code_signs_in_and_leads_where_one_wanted_to_go(terrain: Terrain) -> None:
    client = terrain.client()
    asked = client.follow(client.get(terrain.adresse("brouillon")))
    typed = {"courriel": terrain.monde.courriels[CHEF], "mot_de_passe": MOT_DE_PASSE}
    second = client.follow(client.submit(asked, "/connexion", typed))

    signed = client.submit(second, SECOND_PAGE, {"code": client.code(typed["courriel"])})
    assert (signed.status, signed.location) == (303, terrain.adresse("brouillon"))
    assert client.follow(signed).status == 200


def test_nobody_is_sent_elsewhere_by_the_second_page(terrain: Terrain) -> None:
    client = half(terrain)
    page = client.get(f"{SECOND_PAGE}?suite=//evil.example")

    signed = client.submit(page, SECOND_PAGE, {"code": now_code()})
    assert signed.location == "/"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "0" * 5000, "\x00", "½½½½½½", "१२३४५६"]
)
def test_what_is_not_a_code_is_asked_again(terrain: Terrain, typed: str) -> None:
    client = half(terrain)
    again = give(client, typed)
    assert again.status == 422
    assert "code" in again.text


def test_digits_of_other_scripts_are_no_code(terrain: Terrain) -> None:
    client = half(terrain)
    with stopped():
        assert give(client, now_code().translate(SUPER)).status == 422
        assert give(client, f"{now_code()[:3]} {now_code()[3:]}").status == 303


def test_a_code_is_worth_one_sign_in(terrain: Terrain) -> None:
    with stopped():
        assert give(half(terrain), now_code()).status == 303
        again = give(half(terrain), now_code())
    assert again.status == 422
    assert "a déjà servi" in again.text


def test_a_code_of_before_the_last_one_is_worth_nothing(terrain: Terrain) -> None:
    with stopped():
        earlier = code_at(SECRET, step_of(horloge.now()) - 1)
        assert give(half(terrain), now_code()).status == 303
        assert give(half(terrain), earlier).status == 422


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 303), (0, 303), (1, 303), (2, 422)])
def test_a_telephone_may_be_thirty_seconds_off(terrain: Terrain, steps: int, status: int) -> None:
    client = half(terrain)
    with stopped():
        assert give(client, code_at(SECRET, step_of(horloge.now()) + steps)).status == status


def test_twenty_posts_of_one_code_at_once_sign_in_once(terrain: Terrain) -> None:
    clients = [half(terrain) for _ in range(20)]
    tokens = [client.get(SECOND_PAGE).page.token() for client in clients]
    start, found = Barrier(len(clients)), []
    # The clock of a thread of its own is not this one’s: the code is asked for as late as can be.
    code = now_code()

    def post(client: Client, token: str) -> None:
        start.wait()
        sent = {"csrf_token": token, "code": code, "_fin": "1"}
        found.append(client.post(SECOND_PAGE, sent).status)

    threads = [Thread(target=post, args=pair) for pair in zip(clients, tokens, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [303] + [422] * 19
    assert sum(client.get("/").status == 200 for client in clients) == 1


def test_the_sixth_wrong_code_waits_even_when_it_is_right(terrain: Terrain) -> None:
    client = half(terrain)
    for _ in range(MOST_CODES):
        assert give(client, wrong_code()).status == 422
    assert "Quelqu’un connaît peut-être votre mot de passe" in mails(terrain)
    assert give(client, now_code()).status == 422
    with horloge.frozen(horloge.now() + timedelta(minutes=16)):
        assert give(client, now_code()).status == 303


def test_every_page_leads_to_the_choice_of_an_application(terrain: Terrain) -> None:
    """Somebody must have a second factor, and has none."""
    strip(terrain)
    client = half(terrain)
    for path in ("/", "/dossiers", terrain.adresse("brouillon"), "/compte/sessions"):
        page = client.follow(client.follow(client.get(path)))
        assert page.path == CHOICE
    assert "obligatoire" in page.text
    secret = text_of(next(page.page.all("code"))).replace(" ", "")
    assert secret in text_of(next(client.get(CHOICE).page.all("code"))).replace(" ", "")

    wrong = client.submit(page, CHOICE, {"code": "000000"})
    assert wrong.status == 422
    done = client.submit(wrong, CHOICE, {"code": code_at(secret, step_of(horloge.now()))})
    codes = [text_of(one) for one in client.follow(done).page.all("code")]
    assert len(set(codes)) == 10
    assert client.get("/dossiers").status == 200
    assert client.get(f"{CHOICE}/codes").status == 303, "shown once"


def test_who_becomes_administrateur_chooses_an_application_at_the_next_page(
    terrain: Terrain,
) -> None:
    client = terrain.client("consultation")
    assert client.get("/").status == 200
    with terrain.database.transaction():
        person = select(Utilisateur.id).where(
            Utilisateur.courriel == terrain.monde.courriels["consultation"]
        )
        session().execute(
            update(Rattachement)
            .where(Rattachement.utilisateur_id.in_(person))
            .values(administrateur=True)
        )

    assert client.get("/dossiers").location.startswith(SECOND_PAGE)
    page = client.follow(client.get(SECOND_PAGE))
    assert client.choose_application(page).status == 303
    assert client.get("/dossiers").status == 200


def test_others_may_do_without_and_choose_one(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    chosen = client.choose_application(client.get(CHOICE))
    assert chosen.status == 303
    assert half(terrain, "consultation").get("/").status == 303

    removed = client.submit(client.get(f"{CHOICE}/retirer"), f"{CHOICE}/retirer")
    assert removed.status == 303
    assert half(terrain, "consultation").get("/").status == 200
    assert "Votre second facteur a été retiré" in mails(terrain)


def test_those_who_must_have_one_cannot_remove_it(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    assert client.get(f"{CHOICE}/retirer").status == 403
    refused = client.post(f"{CHOICE}/retirer", {"csrf_token": client.token(), "_fin": "1"})
    assert refused.status == 403
    assert half(terrain).get("/").status == 303


def test_a_recovery_code_is_good_once_and_its_use_is_told(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    made = client.follow(client.submit(client.get(CHOICE), f"{CHOICE}/codes"))
    codes = [text_of(one) for one in made.page.all("code")]
    assert len(codes) == 10
    with terrain.database.reading():
        kept = list(session().scalars(select(CodeSecours.empreinte)))
    assert len(kept) == 10
    assert not any(code.replace(" ", "") in kept for code in codes)

    assert give(half(terrain), codes[0].upper()).status == 303
    assert "Un code de secours vient de servir à ouvrir votre compte" in mails(terrain)
    assert give(half(terrain), codes[0]).status == 422
    assert give(half(terrain), codes[1].replace(" ", "")).status == 303
    assert "Il vous reste 8" in client.get(CHOICE).text

    again = client.follow(client.submit(client.get(CHOICE), f"{CHOICE}/codes"))
    assert "De nouveaux codes ouvrent désormais votre compte." in client.get("/notifications").text
    assert give(half(terrain), codes[2]).status == 422
    fresh = text_of(next(again.page.all("code")))
    assert give(half(terrain), fresh).status == 303


def test_a_recovery_code_of_somebody_else_opens_nothing(terrain: Terrain) -> None:
    other = terrain.client("autre entreprise")
    made = other.follow(other.submit(other.get(CHOICE), f"{CHOICE}/codes"))

    assert give(half(terrain), text_of(next(made.page.all("code")))).status == 422


def test_another_application_takes_the_place_of_the_former_and_ends_other_sessions(
    terrain: Terrain,
) -> None:
    client, elsewhere = terrain.client(CHEF), terrain.client(CHEF)
    page = client.get(f"{CHOICE}/changer")
    assert client.choose_application(page).status == 303

    assert client.get("/").status == 200
    assert elsewhere.get("/").status == 303
    assert "Votre second facteur a changé" in mails(terrain)
    assert give(half(terrain), now_code()).status == 422


def test_the_secret_is_sealed_for_its_account_alone(terrain: Terrain) -> None:
    with terrain.database.transaction():
        chef, other = (
            session()
            .scalars(
                select(Utilisateur).where(Utilisateur.courriel == terrain.monde.courriels[nom])
            )
            .one()
            for nom in (CHEF, "autre entreprise")
        )
        assert SECRET not in chef.totp_scelle
        chef.totp_scelle = other.totp_scelle

    assert give(half(terrain), now_code()).status == 422


def test_the_demo_shows_the_code_on_this_machine_alone(terrain: Terrain) -> None:
    ready(terrain)
    client = half(terrain)
    shown = re.search(r"le code est (\d{3}).(\d{3})", client.get(SECOND_PAGE).text)
    assert shown
    assert give(client, shown[1] + shown[2]).status == 303
    # Used: the next one is shown, that is accepted as well.
    other = half(terrain)
    shown = re.search(r"le code est (\d{3}).(\d{3})", other.get(SECOND_PAGE).text)
    assert shown
    assert give(other, shown[1] + shown[2]).status == 303

    for headers in ({"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}):
        assert "Démonstration :" not in half(terrain).get(SECOND_PAGE, headers).text


@pytest.mark.parametrize(
    "elsewhere", [{"mode": "production"}, {"proxies": 1}], ids=["production", "mandataire"]
)
def test_no_other_portal_shows_anything(terrain: Terrain, elsewhere: dict[str, Any]) -> None:
    terrain.app.extensions["config"] = replace(terrain.config, **elsewhere)
    with terrain.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert not demonstration.visible()


@pytest.mark.parametrize(
    ("address", "shown"), [("127.0.0.1", True), ("::1", True), ("192.0.2.7", False), ("", False)]
)
def test_the_demo_shows_nothing_to_other_machines(
    terrain: Terrain, address: str, shown: bool
) -> None:
    with terrain.app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert demonstration.visible() is shown


def test_who_lost_everything_is_helped_from_a_terminal(terrain: Terrain) -> None:
    client, courriel = terrain.client(CHEF), terrain.monde.courriels[CHEF]
    command = ("comptes", "retirer-second-facteur", courriel)
    assert terrain.app.test_cli_runner().invoke(args=command).exit_code == 0

    assert client.get("/").status == 303
    assert "Votre second facteur a été retiré à votre demande" in mails(terrain)
    chosen = client.follow(client.give_password(courriel, MOT_DE_PASSE))
    assert (chosen.path, chosen.status) == (CHOICE, 200)
    assert terrain.app.test_cli_runner().invoke(args=command).exit_code == 1


def test_renewals_kill_the_token_of_before(terrain: Terrain) -> None:
    """Whoever had the cookie of before has nothing."""
    client = terrain.client()
    thief = terrain.client()
    client.give_password(terrain.monde.courriels[CHEF], MOT_DE_PASSE)
    before_code = client.cookie()
    give(client, client.code(terrain.monde.courriels[CHEF]))
    before_proof = client.cookie()
    page = client.get("/confirmer-identite?suite=/dossiers")
    proved = client.prove(terrain.monde.courriels[CHEF], MOT_DE_PASSE, page)
    assert (proved.status, proved.location) == (303, "/dossiers")

    assert client.get("/dossiers").status == 200
    for kept in (before_code, before_proof):
        thief.set_cookie(kept)
        assert thief.get("/dossiers").location.startswith("/connexion?")
    with terrain.database.reading():
        ended = session().scalars(select(SessionOuverte.fermee_le)).all()
    assert sum(one is None for one in ended) == 3, "this one, and those of the world"
