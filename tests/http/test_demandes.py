"""The pages of requests, as a browser without JavaScript uses them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.acteur import Objet
from monespace.comptes.models import Utilisateur
from monespace.courriels.models import Courriel
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, Habilitation, Rattachement
from tests.acces.entreprise import octroi
from tests.support.client import Answer, Client
from tests.support.html import text_of
from tests.support.terrain import Terrain

WHO = "sans droit"
NAME = "Dominique Sans droit"


@pytest.fixture
def administrateur(terrain: Terrain) -> Client:
    return terrain.client("administrateur")


def path(terrain: Terrain, *rest: str) -> str:
    return "/".join(("/acces/demandes", terrain.monde.demandes[WHO], *rest))


def decide(client: Client, terrain: Terrain, button: str, **typed: str | list[str]) -> Answer:
    """Open the request, change the grid, press a button."""
    return client.submit(client.get(path(terrain)), path(terrain), typed, button)


def rights(terrain: Terrain, personne: str = WHO) -> set[tuple[str, str, str, str]]:
    courriel = terrain.monde.courriels[personne]
    with terrain.database.reading() as reading:
        rows = reading.scalars(
            select(Habilitation)
            .join(Rattachement, Rattachement.id == Habilitation.rattachement_id)
            .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
            .where(Utilisateur.courriel == courriel)
        )
        return {
            (one.objet.value, one.siret, one.dispositif, letters([*one.verbes]))
            for one in ecrits.of(rows)
        }


def letters(verbes: list[str]) -> str:
    return "".join(
        sorted({"transmettre": "T", "supprimer": "X"}.get(v, v[0].upper()) for v in verbes)
    )


def state(terrain: Terrain) -> EtatDemande:
    with terrain.database.reading() as reading:
        return reading.scalars(
            select(DemandeAcces.etat).where(DemandeAcces.cle == terrain.monde.demandes[WHO])
        ).one()


def ask(terrain: Terrain, personne: str, days: int = 0) -> str:
    """Another request; its key."""
    with terrain.database.transaction() as writing:
        row = writing.scalars(
            select(Rattachement)
            .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
            .where(Utilisateur.courriel == terrain.monde.courriels[personne])
        ).one()
        demande = DemandeAcces(
            jeton=f"jeton{personne.encode().hex()[:20]}",
            organisation_id=row.organisation_id,
            utilisateur_id=row.utilisateur_id,
            rattachement_id=row.id,
            genre="habilitation",
            droits=ecrits.to_json(frozenset({octroi("C", Objet.SALARIES)})),
            cree_le=horloge.now() - timedelta(days=days),
        )
        writing.add(demande)
        writing.flush()
        return demande.cle


def test_the_inbox_tells_who_asks_what(terrain: Terrain, administrateur: Client) -> None:
    page = administrateur.get("/acces/demandes")

    for told in (NAME, "Droits supplémentaires", "Toute l’entreprise", "aujourd’hui", "Nouvelle"):
        assert told in page.page.text, told
    assert "Pour suivre les formations." in page.text
    [menu] = [
        one for one in page.page.all("a", href="/acces/demandes") if "droits" in text_of(one)
    ][:1]
    assert "1" in text_of(menu)
    assert "demandes à traiter" in text_of(menu)


def test_home_tells_that_somebody_waits(terrain: Terrain, administrateur: Client) -> None:
    home = administrateur.get("/")
    assert "1 demande d’accès attend votre décision." in home.text
    assert [one for one in home.page.all("a", href=path(terrain)) if NAME in text_of(one)]
    assert "demande d’accès" not in terrain.client("consultation").get("/").text


def test_who_governs_nothing_is_told_why(terrain: Terrain) -> None:
    for personne in ("sans droit", "un SIRET"):
        client = terrain.client(personne)
        refused = client.get("/acces/demandes")
        assert refused.status == 403
        assert "administrateur" in refused.text
        assert not list(client.get("/").page.all("a", href="/acces/demandes"))


def test_an_approval_with_the_grid_as_asked(terrain: Terrain, administrateur: Client) -> None:
    answer = administrateur.follow(decide(administrateur, terrain, "approuver"))

    assert f"Accès de {NAME} approuvé." in answer.text
    assert rights(terrain) == {("dossiers", TOUS, TOUS, "C")}
    assert state(terrain) is EtatDemande.APPROUVEE
    [notice] = [one for one in answer.page.all("div") if one.get("autofocus") is not None]
    assert notice.get("tabindex") == "-1"
    assert terrain.client(WHO).get("/dossiers").text.count("D-") > 0
    with terrain.database.reading() as reading:
        subjects = reading.scalars(select(Courriel.sujet)).all()
    assert "Accès approuvé par Les Halles d’Ajaccio" in subjects


def journal_of(client: Client) -> str:
    return client.get("/acces/journal").page.text.replace("\u00a0", " ")


def test_the_journal_tells_what_was_asked_from_what_changed(
    terrain: Terrain, administrateur: Client
) -> None:
    client, asking = terrain.client("un SIRET"), "/mes-droits/demander"
    typed = {"salaries": ["consulter"], "message": "Pour suivre les formations."}
    assert client.submit(client.get(asking), asking, typed, "envoyer").status == 303
    before = journal_of(administrateur)
    decide(administrateur, terrain, "approuver")

    after = journal_of(administrateur)
    told = "Consulter les dossiers de tous les dispositifs pour toute l’entreprise."
    for word in ("Accordé", "Gagne"):
        assert after.count(f"{word} : {told}") == before.count(f"{word} : {told}") + 1, word
    assert "Demandé : Consulter les salariés" in after


def test_the_grid_is_changed_before_it_is_approved(
    terrain: Terrain, administrateur: Client
) -> None:
    siege = terrain.monde.sirets["halles", "siège"]
    decide(
        administrateur,
        terrain,
        "approuver",
        **{f"{TOUS}.d": ["t", "x"], f"{siege}.d-PDC": ["s", "t"], f"{siege}.s": ["c"]},
    )
    assert rights(terrain) == {("dossiers", siege, "PDC", "CST"), ("salariés", siege, TOUS, "C")}


def test_what_changes_is_shown_before_it_is_done(terrain: Terrain, administrateur: Client) -> None:
    siege = terrain.monde.sirets["halles", "siège"]
    shown = decide(administrateur, terrain, "apercu", **{f"{siege}.s": ["s"]})

    assert shown.status == 200
    assert "Consulter les dossiers de tous les dispositifs pour toute l’entreprise" in shown.text
    assert "Consulter et saisir les salariés pour Siège halles" in shown.text
    assert rights(terrain) == set()
    back = administrateur.submit(shown, path(terrain), {}, "page-1")
    assert "Droits demandés" in back.text
    assert administrateur.submit(shown, path(terrain), {}, "approuver").status == 303
    assert ("salariés", siege, TOUS, "CS") in rights(terrain)


def test_nothing_ticked_is_told_and_changes_nothing(
    terrain: Terrain, administrateur: Client
) -> None:
    answer = decide(administrateur, terrain, "approuver", **{f"{TOUS}.d": []})
    assert answer.status == 422
    assert "Aucun droit n’est coché." in answer.text
    assert state(terrain) is EtatDemande.A_TRAITER


def test_a_grid_drawn_before_the_rights_changed_is_shown_again(
    terrain: Terrain, administrateur: Client
) -> None:
    shown = administrateur.get(path(terrain))
    with terrain.database.transaction() as writing:
        demande = writing.scalars(select(DemandeAcces)).one()
        demande.rattachement.habilitations = [ecrits.habilitation(octroi("C", Objet.SALARIES))]
    siege = terrain.monde.sirets["halles", "siège"]
    told = administrateur.submit(shown, path(terrain), {f"{siege}.f": ["c"]}, "approuver")
    assert told.status == 409
    assert "ont changé pendant que vous regardiez" in told.text
    again = administrateur.submit(told, path(terrain), {}, "approuver")
    assert again.status == 303
    assert ("factures", siege, TOUS, "C") in rights(terrain)


def test_a_refusal_asks_for_a_reason(terrain: Terrain, administrateur: Client) -> None:
    place = path(terrain, "refuser")
    empty = administrateur.submit(administrateur.get(place), place, {"motif": " "})
    assert empty.status == 422
    assert "Indiquez pourquoi vous refusez" in empty.page.text
    done = administrateur.submit(empty, place, {"motif": "Voyez le siège."})
    answer = administrateur.follow(done)
    assert f"Accès de {NAME} refusé." in answer.text
    told = administrateur.get("/acces/demandes?etat=REFUSEE").page.text
    assert "Voyez le siège." in told
    assert "Refusée" in told


def test_a_decision_is_taken_back(terrain: Terrain, administrateur: Client) -> None:
    answer = administrateur.follow(decide(administrateur, terrain, "approuver"))
    undone = administrateur.submit(answer, path(terrain, "annuler"))
    assert "La demande est de nouveau à traiter." in administrateur.follow(undone).page.text
    assert rights(terrain) == set()
    assert state(terrain) is EtatDemande.A_TRAITER
    assert administrateur.submit(answer, path(terrain, "annuler")).status == 303


def test_the_second_of_two_decisions_changes_nothing(
    terrain: Terrain, administrateur: Client
) -> None:
    shown = administrateur.get(path(terrain))
    refuse = administrateur.get(path(terrain, "refuser"))
    first = administrateur.submit(shown, path(terrain), {}, "approuver")
    again = administrateur.submit(shown, path(terrain), {}, "approuver")
    assert again.location == first.location

    late = administrateur.submit(refuse, path(terrain, "refuser"), {"motif": "Non"})
    assert late.status == 409
    assert "déjà été approuvée par Dominique Administrateur" in late.text
    assert state(terrain) is EtatDemande.APPROUVEE


def test_several_are_confirmed_then_decided_each(terrain: Terrain, administrateur: Client) -> None:
    other = ask(terrain, "un dispositif", days=9)
    listed = administrateur.get("/acces/demandes")
    assert "Attend depuis 9" in listed.text
    assert listed.text.index("Un dispositif") < listed.text.index("Sans droit")
    both = f"d={other}&d={terrain.monde.demandes[WHO]}"
    assert administrateur.get("/acces/demandes-choisies?suite=approuver").status == 422
    confirm = administrateur.get(f"/acces/demandes-choisies?suite=approuver&{both}")
    assert "Consulter les salariés pour toute l’entreprise" in confirm.text
    assert rights(terrain) == set()

    done = administrateur.submit(confirm, "/acces/demandes-choisies", {}, "approuver")
    told = administrateur.follow(done).page.text
    assert "2\u00a0demandes approuvées." in told
    assert rights(terrain) == {("dossiers", TOUS, TOUS, "C")}
    late = administrateur.submit(confirm, "/acces/demandes-choisies", {}, "approuver")
    assert "a déjà été approuvée" in administrateur.follow(late).text


def test_several_are_refused_for_one_reason(terrain: Terrain, administrateur: Client) -> None:
    ask(terrain, "un dispositif")
    here = f"/acces/demandes-choisies?suite=refuser&d={terrain.monde.demandes[WHO]}"
    confirm = administrateur.get(here)
    place = "/acces/demandes-choisies"
    assert administrateur.submit(confirm, place, {}, "refuser").status == 422
    done = administrateur.submit(confirm, place, {"motif": "Trop tard"}, "refuser")
    assert "1\u00a0demande refusée." in administrateur.follow(done).page.text
    assert state(terrain) is EtatDemande.REFUSEE


def test_who_is_entrusted_gives_what_they_hold(terrain: Terrain) -> None:
    client = terrain.client("accès confiés")
    shown = client.get(path(terrain))
    cell = {one.get("value") for one in shown.page.all("input", name=f"{TOUS}.d")}
    assert cell == {"c"}
    assert not list(shown.page.all("input", name=f"{TOUS}.f"))
    assert client.submit(shown, path(terrain), {}, "approuver").status == 303
    assert rights(terrain) == {("dossiers", TOUS, TOUS, "C")}
    forged = [("_lignes", TOUS), ("_colonnes", "d"), (f"{TOUS}.d", "s"), ("_fin", "1")]
    again = ask(terrain, "un dispositif")
    place = f"/acces/demandes/{again}"
    base = client.get(place).page.value("_base")
    sent = [*forged, ("_base", base), ("csrf_token", client.token())]
    assert client.post(place, sent).status == 403


def test_filters_find_by_name_kind_and_state(terrain: Terrain, administrateur: Client) -> None:
    ask(terrain, "un dispositif")
    for query, names in (
        ("q=sans+DROIT", ["Sans droit"]),
        ("type=ADMINISTRATION", []),
        ("type=HABILITATION", ["Sans droit", "Un dispositif"]),
        ("etat=APPROUVEE", []),
        ("etat=nulle-part&type=rien", ["Sans droit", "Un dispositif"]),
    ):
        text = administrateur.get(f"/acces/demandes?{query}").text
        assert [one for one in ("Sans droit", "Un dispositif") if one in text] == names, query
    assert administrateur.get("/acces/demandes?apres=hostile").status == 404


def test_a_part_of_the_page_is_enough_for_htmx(terrain: Terrain, administrateur: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "section#demandes"}
    part = administrateur.get(path(terrain), headers=headers)
    assert part.body.lstrip().startswith(b"<section")
    shown = administrateur.get(path(terrain))
    decided = administrateur.submit(shown, path(terrain), {}, "approuver")
    answer = administrateur.get(decided.location, headers=headers)
    assert b'<span id="pastille" hx-swap-oob="true"></span>' in answer.body
    assert "innerHTML:#annonce" in answer.body.decode()


def test_keys_that_no_database_can_hold_are_no_keys(
    terrain: Terrain, administrateur: Client
) -> None:
    assert administrateur.get("/acces/demandes?faite=%00").status == 200
    assert administrateur.get("/acces/demandes-choisies?d=%00&suite=refuser").status == 422
    preset = f"/acces/personnes/{terrain.monde.rattachements['consultation']}/droits?modele="
    for name in ("zzz", "%00"):
        assert administrateur.get(preset + name).status == 422
    assert administrateur.get(f"{preset}saisir&etablissement=%00").status == 422
    sent = {"csrf_token": administrateur.token(), "_fin": "1", "_espace": "\x00"}
    assert administrateur.post("/notifications", sent).status == 404
