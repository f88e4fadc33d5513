"""One's own account: what can be changed of it, and what that ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from monespace import horloge
from monespace.comptes import passwords
from monespace.comptes.models import Courriels, Utilisateur
from tests.http.courrier import letters, link_in
from tests.support.client import Answer, Client
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

NOUVEAU = "hibou tambour violette"
AILLEURS = "ailleurs@monde.example"


def person(terrain: Terrain, nom: str = "consultation") -> Utilisateur:
    with terrain.database.reading() as session:
        found = session.scalar(
            select(Utilisateur).where(Utilisateur.courriel == terrain.monde.courriels[nom])
        )
    assert found
    return found


def send(client: Client, path: str, **typed: str) -> Answer:
    """Through the form of that page."""
    place = path.partition("?")[0]
    return client.post(path, client.get(path).page.form(place, place).filled(typed))


def forgotten(terrain: Terrain, nom: str = "consultation") -> str:
    """Ask for a new password; return the address that the mail gives."""
    courriel = terrain.monde.courriels[nom]
    assert send(terrain.client(), "/mot-de-passe-oublie", courriel=courriel).status == 303
    return link_in(terrain, courriel)


def test_the_account_names_its_owner_from_every_page(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    assert 'href="/compte"' in client.get("/").page.source
    page = client.get("/compte")
    assert terrain.monde.courriels["consultation"] in page.text


def test_ones_name_and_telephone(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    refused = send(client, "/compte/identite", prenom="", nom="Le Goff", telephone="12")
    assert refused.status == 422
    assert "Prénom" in refused.text
    assert "numéro de téléphone français" in refused.text
    assert refused.page.value("nom") == "Le Goff"

    kept = send(client, "/compte/identite", prenom="Anne", nom="Le Goff", telephone="0188131000")
    assert "Votre identité est enregistrée" in client.follow(kept).text
    assert person(terrain).nom_complet == "Anne Le Goff"
    assert person(terrain).telephone == "+33188131000"
    again = send(client, "/compte/identite")
    assert "Rien n’a changé" in client.follow(again).text


@pytest.mark.parametrize("choice", list(Courriels))
def test_which_mails_one_gets(terrain: Terrain, choice: Courriels) -> None:
    client = terrain.client("consultation")
    assert "sécurité de votre compte" in client.get("/compte/courriels").text
    assert send(client, "/compte/courriels", courriels=choice.value).status == 303
    assert person(terrain).courriels is choice


def test_a_new_password_ends_the_other_sessions(terrain: Terrain) -> None:
    here, elsewhere = terrain.client("consultation"), terrain.client("consultation")
    done = send(
        here, "/compte/mot-de-passe", ancien_mot_de_passe=MOT_DE_PASSE, mot_de_passe=NOUVEAU
    )
    assert done.status == 303
    assert here.get("/compte").status == 200
    assert elsewhere.get("/compte").status == 303
    assert passwords.verify(person(terrain).mot_de_passe, NOUVEAU)
    (subject, text) = letters(terrain, terrain.monde.courriels["consultation"])[-1]
    assert subject == "Votre mot de passe a été changé"
    assert NOUVEAU not in text


@pytest.mark.parametrize(
    ("former", "wanted", "said"),
    [
        ("pas le bon du tout", NOUVEAU, "pas votre mot de passe actuel"),
        (MOT_DE_PASSE, "court", "il en faut 12"),
        (MOT_DE_PASSE, "Halles-Dominique-2026", "rappelle votre nom"),
        (MOT_DE_PASSE, "x" * 5000, "Raccourcissez"),
    ],
)
def test_a_password_is_not_changed(terrain: Terrain, former: str, wanted: str, said: str) -> None:
    client = terrain.client("consultation")
    refused = send(client, "/compte/mot-de-passe", ancien_mot_de_passe=former, mot_de_passe=wanted)

    assert refused.status == 422
    assert said in refused.text
    assert wanted not in refused.page.source
    assert passwords.verify(person(terrain).mot_de_passe, MOT_DE_PASSE)


def test_who_found_a_session_open_does_not_guess_the_password(terrain: Terrain) -> None:
    client = terrain.client("consultation", checking=False)
    form = client.get("/compte/mot-de-passe").page.form(
        "/compte/mot-de-passe", "/compte/mot-de-passe"
    )
    for tried in (*(f"essai numéro {rank}" for rank in range(10)), MOT_DE_PASSE):
        sent = form.filled({"ancien_mot_de_passe": tried, "mot_de_passe": NOUVEAU})
        assert client.post("/compte/mot-de-passe", sent).status == 422
    assert passwords.verify(person(terrain).mot_de_passe, MOT_DE_PASSE)


def test_more_is_asked_of_an_administrateur(terrain: Terrain) -> None:
    middling = "butterfly princess"
    assert send(terrain.client(), forgotten(terrain), mot_de_passe=middling).status == 303
    refused = send(terrain.client(), forgotten(terrain, "administrateur"), mot_de_passe=middling)
    assert refused.status == 422


def test_a_forgotten_password_is_replaced_and_every_session_ends(terrain: Terrain) -> None:
    open_before = terrain.client("consultation")
    link, client = forgotten(terrain), terrain.client()
    assert link.startswith("/mot-de-passe/")
    weak = send(client, link, mot_de_passe="azertyuiop12")
    assert weak.status == 422
    assert "trois ou quatre mots" in weak.text

    way_in = client.follow(send(client, link, mot_de_passe=NOUVEAU))
    assert "déconnecté partout" in way_in.text
    assert open_before.get("/compte").status == 303
    courriel = terrain.monde.courriels["consultation"]
    assert letters(terrain, courriel)[-1][0] == "Votre mot de passe a été changé"
    assert client.get(link).status == 410
    sent = {"csrf_token": client.token(), "_fin": "1", "mot_de_passe": "piano radis fusée orteil"}
    assert client.post(link, sent).status == 410
    assert passwords.verify(person(terrain).mot_de_passe, NOUVEAU)


def test_a_link_to_a_password_lasts_an_hour_and_the_last_one_counts(terrain: Terrain) -> None:
    older, newer = forgotten(terrain), forgotten(terrain)
    client = terrain.client()
    assert client.get(older).status == 410
    assert client.get(newer).status == 200
    with horloge.frozen(horloge.now() + timedelta(hours=1, seconds=1)):
        assert client.get(newer).status == 410


def test_an_unknown_address_is_written_nothing(terrain: Terrain) -> None:
    send(terrain.client(), "/mot-de-passe-oublie", courriel="personne@nulle-part.example")
    assert letters(terrain, "personne@nulle-part.example") == []


def test_another_address_is_proved_before_it_counts(terrain: Terrain) -> None:
    client, former = terrain.client("consultation"), terrain.monde.courriels["consultation"]
    asked = client.follow(send(client, "/compte/adresse", courriel=AILLEURS.upper()))
    assert f"Un lien est parti à {AILLEURS}" in asked.text
    assert person(terrain).courriel == former
    assert letters(terrain, former)[-1][0] == "Votre adresse e-mail va changer"

    link, anywhere = link_in(terrain, AILLEURS), terrain.client()
    assert anywhere.get(link).status == 200
    assert person(terrain).courriel == former
    assert send(anywhere, link).status == 303
    assert letters(terrain, former)[-1][0] == "Votre adresse e-mail a changé"
    assert anywhere.get(link).status == 410
    with terrain.database.reading() as session:
        assert session.scalar(select(Utilisateur.courriel).where(Utilisateur.courriel == AILLEURS))


def test_the_address_of_somebody_else_is_told_to_them_alone(terrain: Terrain) -> None:
    client, other = terrain.client("consultation"), terrain.monde.courriels["administrateur"]
    free = client.follow(send(client, "/compte/adresse", courriel=AILLEURS)).text
    taken = client.follow(send(client, "/compte/adresse", courriel=other)).text

    assert free.replace(AILLEURS, "") == taken.replace(other, "")
    (subject, text) = letters(terrain, other)[-1]
    assert subject == "Cette adresse a déjà un compte"
    assert "/compte/adresse/" not in text


def test_an_address_taken_meanwhile_is_not_given_twice(terrain: Terrain) -> None:
    first, second = terrain.client("consultation"), terrain.client("sans droit")
    send(first, "/compte/adresse", courriel=AILLEURS)
    send(second, "/compte/adresse", courriel=AILLEURS)
    links = [link_in(terrain, AILLEURS, rank) for rank in (0, 1)]

    assert send(first, links[0]).status == 303
    page = first.get(links[1])
    sent = [("csrf_token", first.token()), ("_fin", "1")]
    assert (page.status, first.post(links[1], sent).status) in ((200, 410), (410, 410))
    assert person(terrain, "sans droit").courriel == terrain.monde.courriels["sans droit"]


@pytest.mark.parametrize("equipped", [True, False])
def test_a_forgotten_password_does_not_go_round_the_second_factor(
    terrain: Terrain, equipped: bool
) -> None:
    if not equipped:
        with terrain.database.transaction() as session:
            session.execute(update(Utilisateur).values(totp_scelle="", totp_le=None))
    link, client = forgotten(terrain, "administrateur"), terrain.client()
    wanted = "hibou tambour violette cascade"
    assert send(client, link, mot_de_passe=wanted).status == 303
    assert client.get("/dossiers").location.startswith("/connexion?"), "nobody is signed in by it"

    signed = client.give_password(terrain.monde.courriels["administrateur"], wanted)
    where = "/connexion/second-facteur" if equipped else "/compte/second-facteur"
    assert signed.location.startswith(where)
    assert client.get("/dossiers").location.startswith("/connexion/second-facteur")
