"""Making an account: who learns what, what a link opens, and for whom."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from monespace import horloge
from monespace.coffre import Coffre
from monespace.comptes import passwords
from monespace.comptes.models import Lien, Utilisateur
from tests.http.courrier import letters, link_in
from tests.support.calls import watched
from tests.support.client import Answer, Client
from tests.support.terrain import Terrain

NEUVE = "nadia.petit@maison.example"
SECRET = "hibou tambour violette"
TYPED = {
    "profil": "prestataire",
    "prenom": "Nadia",
    "nom": "Petit",
    "courriel": NEUVE,
    "mot_de_passe": SECRET,
    "accord": "oui",
}


def sign_up(client: Client, **other: str) -> Answer:
    return client.submit(client.get("/inscription"), "/inscription", {**TYPED, **other})


def account(terrain: Terrain, courriel: str) -> Utilisateur | None:
    with terrain.database.reading() as session:
        return session.scalar(select(Utilisateur).where(Utilisateur.courriel == courriel))


def confirm(client: Client, link: str, **typed: str) -> Answer:
    path = link.partition("?")[0]
    return client.post(link, client.get(link).page.form(path, path).filled(typed))


def neutral(answer: Answer, *known: str) -> str:
    """The page without what differs from one request to the next, nor the address typed."""
    source = re.sub(r'name="csrf_token" value="[^"]*"', "", answer.page.source)
    for one in known:
        source = source.replace(one, "…")
    return source


def signs_up_and_forgets(client: Client, courriel: str) -> list[Answer]:
    """Ask for an account, for its link again, then for another password: what is answered."""
    first = sign_up(client, courriel=courriel)
    letterbox = client.follow(first)
    again = client.submit(letterbox, "/inscription/renvoyer")
    lost = client.submit(
        client.get("/mot-de-passe-oublie"), "/mot-de-passe-oublie", {"courriel": courriel}
    )
    return [first, letterbox, again, client.follow(again), lost, client.follow(lost)]


@pytest.mark.parametrize("profil", ["adhérent", "prestataire"])
def test_the_whole_way_without_javascript(terrain: Terrain, profil: str) -> None:
    client = terrain.client()
    page = client.follow(sign_up(client, profil=profil))
    assert page.page.title.startswith("Consultez votre boîte aux lettres")
    assert NEUVE in page.text
    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le is None

    link = link_in(terrain, NEUVE)
    assert link.startswith("/confirmer/")
    opened = client.get(link)
    assert "Confirmer mon adresse" in opened.text
    assert "mot_de_passe" not in opened.page.source
    way_in = client.follow(confirm(client, link))
    assert "Votre adresse est confirmée" in way_in.text
    signed = client.submit(way_in, "/connexion", {"courriel": NEUVE, "mot_de_passe": SECRET})
    # Straight to the company they came for, under the profile they chose.
    joining = client.follow(signed)
    assert joining.status == 200
    assert "SIREN" in joining.text
    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le is not None
    assert "Nadia Petit" in client.get("/compte").text


def test_opening_the_link_of_a_mail_confirms_nothing(terrain: Terrain) -> None:
    client = terrain.client()
    sign_up(client)
    for _ in range(3):
        assert client.get(link_in(terrain, NEUVE)).status == 200

    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le is None


def test_nobody_learns_who_has_an_account(terrain: Terrain) -> None:
    """The same pages and as many hashes, whether the address is known or not."""
    known = terrain.monde.courriels["administrateur"]
    seen: dict[str, list[object]] = {}
    for courriel in (known, NEUVE):
        client, hashed = terrain.client(), list[str]()
        with watched(hashed.append, passwords.hash_password, passwords.verify):
            answers = signs_up_and_forgets(client, courriel)
        seen[courriel] = [
            *((one.status, one.location, neutral(one, courriel)) for one in answers),
            *hashed,
        ]
    assert seen[known] == seen[NEUVE]
    assert "hash_password" in seen[known]


def test_who_has_an_account_is_told_by_mail_and_keeps_it(terrain: Terrain) -> None:
    known = terrain.monde.courriels["administrateur"]
    before = account(terrain, known)
    sign_up(terrain.client(), courriel=known.upper(), prenom="Voleur")

    after = account(terrain, known)
    assert before
    assert after
    assert (after.mot_de_passe, after.prenom) == (before.mot_de_passe, before.prenom)
    ((subject, text),) = letters(terrain, known)
    assert subject == "Vous avez déjà un compte"
    assert "/connexion" in text
    assert "/mot-de-passe-oublie" in text
    assert SECRET not in text
    terrain.client("administrateur")


def test_mails_say_nothing_that_a_stranger_typed(terrain: Terrain) -> None:
    sign_up(terrain.client(), prenom="http://evil.example", nom="Cliquez ici")

    ((_, text),) = letters(terrain, NEUVE)
    assert "evil" not in text
    assert "Cliquez" not in text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("prenom", "", "Prénom"),
        ("nom", "x" * 101, "Raccourcissez"),
        ("courriel", "nadia", "adresse électronique"),
        ("courriel", "nadia@maison.example\x00", "Consultez"),
        ("profil", "pirate", "Choisissez"),
        ("accord", "", "cochez la case"),
        ("mot_de_passe", "court", "il en faut 12"),
        ("mot_de_passe", "nadia.petit@maison.example", "rappelle votre nom"),
        ("mot_de_passe", "x" * 5000, "Raccourcissez votre mot de passe"),
    ],
)
def test_what_is_to_be_mended_is_said_and_the_rest_kept(
    terrain: Terrain, field: str, typed: str, said: str
) -> None:
    client = terrain.client()
    page = client.get("/inscription")
    form = page.page.form("/inscription", "/inscription")
    sent = [
        (name, typed if name == field else value)
        for name, value in form.filled({k: v for k, v in TYPED.items() if v})
        if not (name == field and not typed and field == "accord")
    ]
    answer = client.post("/inscription", sent)
    if said == "Consultez":
        answer = client.follow(answer)
    else:
        assert answer.status == 422
        assert account(terrain, NEUVE) is None
    assert said in answer.text
    assert SECRET not in answer.page.source
    if field != "prenom" and answer.status == 422:
        assert answer.page.value("prenom") == "Nadia"


def test_a_link_works_once_for_a_day_and_signed(terrain: Terrain) -> None:
    client = terrain.client()
    sign_up(client)
    link = link_in(terrain, NEUVE)
    path, _, query = link.partition("?")
    coffre: Coffre = terrain.app.extensions["coffre"]
    elsewhere = "/confirmer/zzzzzzzzzzzz"
    opens_nothing = [
        path,
        f"{path}?s=",
        f"{path}?s={'0' * 64}",
        f"{path}?s=é",
        f"{elsewhere}?{query}",
        f"{elsewhere}?s={coffre.sign(elsewhere)}",
        # The same key, signed, on the page of another purpose.
        link_for(terrain, path.replace("confirmer", "mot-de-passe")),
        link_for(terrain, path.replace("confirmer", "compte/adresse")),
    ]
    shown = {neutral(client.get(one)) for one in opens_nothing[:6]}
    assert len(shown) == 1
    for one in opens_nothing:
        assert client.get(one).status == 410
        sent = {"csrf_token": client.token(), "_fin": "1", "mot_de_passe": SECRET}
        assert client.post(one, sent).status == 410
    with horloge.frozen(horloge.now() + timedelta(hours=24, seconds=1)):
        assert client.get(link).status == 410
    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le is None

    assert confirm(client, link).status == 303
    assert client.get(link).status == 410
    sent = {"csrf_token": client.token(), "_fin": "1"}
    assert client.post(link, sent).status == 410


def link_for(terrain: Terrain, path: str) -> str:
    coffre: Coffre = terrain.app.extensions["coffre"]
    return f"{path}?s={coffre.sign(path)}"


def test_a_link_is_for_the_address_it_was_sent_to(terrain: Terrain) -> None:
    client = terrain.client()
    sign_up(client)
    link = link_in(terrain, NEUVE)
    with terrain.database.transaction() as session:
        session.execute(
            update(Utilisateur).where(Utilisateur.courriel == NEUVE).values(courriel="x@y.example")
        )

    assert client.get(link).status == 410


def test_a_newer_link_kills_the_older(terrain: Terrain) -> None:
    client = terrain.client()
    letterbox = client.follow(sign_up(client))
    client.submit(letterbox, "/inscription/renvoyer")
    older, newer = link_in(terrain, NEUVE, 0), link_in(terrain, NEUVE, 1)

    assert client.get(older).status == 410
    assert confirm(client, newer).status == 303


def test_a_stranger_does_not_have_the_owner_confirm_an_account_of_his(terrain: Terrain) -> None:
    """He signs up with somebody's address; she opens the link, in her own browser."""
    stranger, owner = terrain.client(), terrain.client()
    sign_up(stranger)
    link = link_in(terrain, NEUVE)
    page = owner.get(link)
    assert "Celui que vous avez choisi en créant ce compte" in page.text

    refused = confirm(owner, link, mot_de_passe="le sien à elle, autre")
    assert refused.status == 422
    assert "choisissez-en un nouveau" in refused.text
    made = account(terrain, NEUVE)
    assert made
    assert made.confirme_le is None
    assert confirm(owner, link, mot_de_passe=SECRET).status == 303


def test_who_signs_up_last_replaces_what_nobody_confirmed(terrain: Terrain) -> None:
    first, second = terrain.client(), terrain.client()
    sign_up(first)
    sign_up(second, mot_de_passe="piano radis fusée orteil", prenom="Nadège")
    assert first.get(link_in(terrain, NEUVE, 0)).status == 410

    # The browser of the first no longer made this account.
    link = link_in(terrain, NEUVE)
    assert "Celui que vous avez choisi" in first.get(link).text
    assert confirm(second, link).status == 303
    made = account(terrain, NEUVE)
    assert made
    assert made.prenom == "Nadège"
    assert passwords.verify(made.mot_de_passe, "piano radis fusée orteil")


def test_an_address_is_written_to_five_times_an_hour(terrain: Terrain) -> None:
    client = terrain.client()
    for _ in range(8):
        letterbox = client.follow(sign_up(client))
        assert letterbox.status == 200
    assert len(letters(terrain, NEUVE)) == 5

    with horloge.frozen(horloge.now() + timedelta(hours=1, seconds=1)):
        client.submit(letterbox, "/inscription/renvoyer")
        assert len(letters(terrain, NEUVE)) == 6


def test_nobody_has_the_portal_write_to_everybody(terrain: Terrain) -> None:
    client = terrain.client(checking=False)
    form = client.get("/mot-de-passe-oublie").page.form(
        "/mot-de-passe-oublie", "/mot-de-passe-oublie"
    )
    statuses = [
        client.post("/mot-de-passe-oublie", form.filled({"courriel": f"{i}@x.example"})).status
        for i in range(62)
    ]
    assert statuses == [303] * 60 + [429] * 2


def test_nothing_that_opens_is_in_the_database(terrain: Terrain) -> None:
    client = terrain.client()
    sign_up(client)
    signature = link_in(terrain, NEUVE).partition("?s=")[2]

    with terrain.database.reading() as session:
        kept = repr([dict(row._mapping) for row in session.execute(select(Lien.__table__))])
    assert len(signature) == 64
    assert signature not in kept
    assert "hibou" not in repr(letters(terrain, NEUVE))


def test_who_is_signed_in_needs_no_other_account(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    assert client.get("/inscription").status == 303
    sent = {"csrf_token": client.token(), "_fin": "1", **TYPED}
    assert client.post("/inscription", sent).status == 303
    assert account(terrain, NEUVE) is None


def test_the_way_there_is_on_the_page_to_sign_in(terrain: Terrain) -> None:
    client = terrain.client()
    source = client.get("/connexion").page.source
    for path in ("/inscription", "/mot-de-passe-oublie", "/guide-de-connexion"):
        assert f'href="{path}"' in source
        assert client.get(path).status == 200
    assert "L’ancien mot de passe n’est pas repris" in client.get("/inscription").text


def test_nobody_signs_in_before_the_address_is_proved(terrain: Terrain) -> None:
    """The right password opens one page, that says what to do; nothing else."""
    client = terrain.client()
    sign_up(client)
    stopped = client.give_password(NEUVE, SECRET)
    assert stopped.status == 403
    assert "pas encore confirmée" in stopped.text
    assert client.get("/compte").status == 303

    again = client.submit(stopped, "/inscription/renvoyer")
    assert "Un nouveau message est en route" in client.follow(again).text
    assert len(letters(terrain, NEUVE)) == 2
