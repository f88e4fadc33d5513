"""Invitations: a signed link for one address, two weeks, once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from monespace import horloge
from monespace.acces.models import Invitation
from monespace.comptes.models import Utilisateur
from monespace.courriels.models import Courriel
from monespace.courriels.rendu import rendered
from monespace.db import session
from tests.http.courrier import link_in
from tests.support.client import Answer, Client
from tests.support.terrain import Terrain

BASE = "http://portail.example"
ADDRESS = "Sans-Rien@Monde.example"


def invite(client: Client, button: str = "inviter", **typed: str | list[str]) -> Answer:
    shown = client.get("/acces/invitations/nouvelle")
    boxes = {"courriel": ADDRESS, "*.f": ["c"], **typed}
    return client.submit(shown, "/acces/invitations/nouvelle", boxes, button)


def link(terrain: Terrain, address: str) -> str:
    """What the last mail to that address opens."""
    with terrain.database.reading():
        mails = session().scalars(
            select(Courriel)
            .where(Courriel.destinataire == address.casefold())
            .order_by(Courriel.id.desc())
        )
        text = rendered(next(iter(mails)).texte, BASE, terrain.app.extensions["coffre"])
    found = re.search(rf"{BASE}(/invitation/\S+)", text)
    assert found, text
    return found[1]


def newcomer(terrain: Terrain, nom: str = "rattachement retiré", address: str = ADDRESS) -> Client:
    """Somebody with an account under that address, who belongs nowhere any more."""
    client = terrain.client(nom)
    with terrain.database.transaction():
        session().execute(
            update(Utilisateur)
            .where(Utilisateur.courriel == terrain.monde.courriels[nom])
            .values(courriel=address.casefold())
        )
    return client


def accept(client: Client, where: str) -> Answer:
    return client.submit(client.get(where), where)


def test_invited_they_accept_and_have_what_was_promised(terrain: Terrain) -> None:
    admin = terrain.client("administrateur")
    sent = invite(admin, message="Bienvenue [[!/mot-de-passe/zzz]]")
    assert "est envoyée à sans-rien@monde.example" in admin.follow(sent).text
    where = link(terrain, ADDRESS)

    stranger = terrain.client().get(where)
    assert "Créer un compte" in stranger.text
    assert ADDRESS.casefold() not in stranger.text.casefold()
    whom = newcomer(terrain)
    shown = whom.get(where)
    assert "Consulter les factures pour toute l’entreprise" in shown.text
    joined = whom.follow(whom.submit(shown, where))
    assert "Vos droits sont ouverts" in joined.text
    assert "Les Halles d’Ajaccio" in whom.get("/").text
    # Twice is once.
    assert accept_again(whom, where).status == 303
    told = admin.get("/acces/invitations").text
    assert "Acceptée le" in told
    fiche = admin.get(f"/acces/personnes/{terrain.monde.rattachements['rattachement retiré']}")
    assert "par une invitation" in fiche.text


def accept_again(client: Client, where: str) -> Answer:
    return client.post(where, {"csrf_token": client.token(), "_fin": "1"})


def test_a_typed_text_makes_no_signed_link(terrain: Terrain) -> None:
    invite(terrain.client("administrateur"), message="[[!/invitation/zzzzzzzzzzzz]]")
    with terrain.database.reading():
        mail = (
            session()
            .scalars(select(Courriel).where(Courriel.destinataire == ADDRESS.casefold()))
            .one()
        )
        text = rendered(mail.texte, BASE, terrain.app.extensions["coffre"])
    assert "zzzzzzzzzzzz?s=" not in text


def test_a_link_is_for_its_address_alone(terrain: Terrain) -> None:
    invite(terrain.client("administrateur"))
    where, other = link(terrain, ADDRESS), terrain.client("autre entreprise")
    shown = other.get(where)

    assert "une autre adresse" in shown.text
    assert ADDRESS.casefold() not in shown.text.casefold()
    before = terrain.fingerprint()
    assert accept_again(other, where).status == 422
    assert terrain.fingerprint() == before
    assert other.get(where[:-1]).status == 404
    assert other.get(where.partition("?")[0]).status == 404


def test_it_ends_after_two_weeks(terrain: Terrain) -> None:
    invite(terrain.client("administrateur"))
    where, whom = link(terrain, ADDRESS), newcomer(terrain)
    with terrain.database.transaction():
        session().execute(
            update(Invitation)
            .where(Invitation.courriel == ADDRESS.casefold())
            .values(expire_le=horloge.now() - timedelta(seconds=1))
        )
    assert "a expiré" in whom.get(where).text
    assert accept_again(whom, where).status == 410
    assert "Expirée le" in terrain.client("administrateur").get("/acces/invitations").text
    # It gives way to a new one, whose link is another.
    assert invite(terrain.client("administrateur")).status == 303
    assert link(terrain, ADDRESS) != where


def test_cancelled_it_opens_nothing(terrain: Terrain) -> None:
    admin = terrain.client("administrateur")
    invite(admin)
    where, whom = link(terrain, ADDRESS), newcomer(terrain)
    listed = admin.get("/acces/invitations")
    cancel = next(
        str(one.get("href"))
        for one in listed.page.all("a")
        if str(one.get("href")).endswith("/annuler")
    )
    done = admin.submit(admin.get(cancel), cancel)
    assert "n’ouvre plus rien" in admin.follow(done).text
    assert "a été annulée" in whom.get(where).text


def test_who_invited_must_still_have_the_power(terrain: Terrain) -> None:
    trusted = terrain.client("accès confiés")
    shown = trusted.get("/acces/invitations/nouvelle")
    typed = {"courriel": ADDRESS, "*.d": ["c"]}
    assert trusted.submit(shown, "/acces/invitations/nouvelle", typed, "inviter").status == 303
    where, whom = link(terrain, ADDRESS), newcomer(terrain)
    admin = terrain.client("administrateur")
    stop = f"/acces/personnes/{terrain.monde.rattachements['accès confiés']}/suspendre"
    admin.post(stop, {"csrf_token": admin.token(), "_fin": "1"})

    before = terrain.fingerprint()
    refused = accept_again(whom, where)
    assert refused.status == 422
    assert "ne peut plus donner ces droits" in refused.text
    assert terrain.fingerprint() == before


def test_only_an_administrateur_invites_another(terrain: Terrain) -> None:
    trusted = terrain.client("accès confiés")
    shown = trusted.get("/acces/invitations/nouvelle")
    assert not [*shown.page.all("input", name="administrateur")]
    form = shown.page.form("/acces/invitations/nouvelle", shown.path)
    forged = [*form.filled({"courriel": ADDRESS}, "inviter"), ("administrateur", "1")]
    before = terrain.fingerprint()
    refused = trusted.post("/acces/invitations/nouvelle", forged)
    assert refused.status == 422
    assert "Seul un administrateur" in refused.text
    assert terrain.fingerprint() == before


def test_a_removed_member_does_not_come_back_by_an_old_link(terrain: Terrain) -> None:
    admin, whom = terrain.client("administrateur"), newcomer(terrain)
    invite(admin)
    accept(whom, link(terrain, ADDRESS))
    member = terrain.monde.rattachements["rattachement retiré"]
    # Invited at another company's expense of patience: the second link waits while they are in.
    with terrain.database.transaction():
        session().execute(
            update(Invitation)
            .where(Invitation.courriel == ADDRESS.casefold())
            .values(etat="en attente", utilisateur_id=None, acceptee_le=None)
        )
    where = link(terrain, ADDRESS)
    remove = f"/acces/personnes/{member}/retirer"
    assert admin.submit(admin.get(remove), remove).status == 303
    assert accept_again(whom, where).status == 410


@pytest.mark.parametrize("who", ["consultation", "accès confiés"])
def test_somebody_who_belongs_already_is_told_so(terrain: Terrain, who: str) -> None:
    admin = terrain.client("administrateur")
    told = invite(admin, courriel=terrain.monde.courriels[who])
    assert told.status == 422
    assert "déjà rattachée" in told.text
    fiche = f"/acces/personnes/{terrain.monde.rattachements[who]}"
    assert [*told.page.all("a", href=fiche)]


def test_nothing_typed_is_lost_and_nothing_is_sent_twice(terrain: Terrain) -> None:
    admin = terrain.client("administrateur")
    wrong = invite(admin, courriel="pas une adresse", message="Bonjour à vous")
    assert wrong.status == 422
    assert wrong.page.value("courriel") == "pas une adresse"
    assert "Bonjour à vous" in wrong.body.decode()
    preset = admin.submit(wrong, "/acces/invitations/nouvelle", {}, "modele-comptable")
    assert preset.status == 200
    assert preset.page.value("courriel") == "pas une adresse"
    sent = admin.submit(preset, "/acces/invitations/nouvelle", {"courriel": ADDRESS}, "inviter")
    again = admin.submit(preset, "/acces/invitations/nouvelle", {"courriel": ADDRESS}, "inviter")
    assert (sent.status, again.status) == (303, 303)
    assert invite(admin).status == 422
    with terrain.database.reading():
        rows = select(Courriel).where(Courriel.destinataire == ADDRESS.casefold())
        assert len(session().scalars(rows).all()) == 1


def test_who_makes_an_account_for_it_comes_back_to_the_invitation(terrain: Terrain) -> None:
    address = "toute.neuve@monde.example"
    invite(terrain.client("administrateur"), courriel=address)
    where, client = link(terrain, address), terrain.client()
    door = client.get(where)
    making = next(
        href
        for href in (one.get("href", "") for one in door.page.all("a"))
        if href.startswith("/inscription")
    )
    typed = {
        "profil": "adhérent",
        "prenom": "Nadia",
        "nom": "Petit",
        "courriel": address,
        "mot_de_passe": "hibou tambour violette",
        "accord": "oui",
    }
    # A slip first: it forgets nothing.
    page = client.submit(client.get(making), "/inscription", {**typed, "accord": []})
    assert page.status == 422
    assert client.submit(page, "/inscription", typed).status == 303
    proving = link_in(terrain, address)
    path = proving.partition("?")[0]
    way_in = client.follow(
        client.post(proving, client.get(proving).page.form(path, path).filled({}))
    )
    known = {"courriel": address, "mot_de_passe": typed["mot_de_passe"]}
    back = client.follow(client.submit(way_in, "/connexion", known))
    assert client.submit(back, where).status == 303


def test_who_invites_does_not_learn_who_has_an_account(terrain: Terrain) -> None:
    """An address of another company, one of the staff, one of nobody: the same answer."""
    told = set()
    known = (terrain.monde.courriels[one] for one in ("autre entreprise", "conseiller"))
    for address in (*known, "personne@nulle-part.example"):
        client = terrain.client("administrateur")
        done = invite(client, courriel=address)
        page = client.follow(done)
        told.add((done.status, page.text.partition(address)[0].rpartition("Menu")[2]))
        assert address in page.text
    assert len(told) == 1
