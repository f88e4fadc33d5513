"""Forms whose author must prove who they are first: kept for them, shown, sent if they want."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, func, select

from monespace import horloge
from monespace.coffre import Coffre
from monespace.comptes.actions import IDLE_SHORT, opened_form
from monespace.comptes.models import FormulaireGarde, Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.db import session
from monespace.dossiers.models import Dossier
from monespace.identite import FRESH_FOR
from monespace.interrompu import secret as is_secret
from tests.support.client import AUTOSAVE, CHOICE, Answer, Client
from tests.support.demandes import Demandes
from tests.support.demandes.dossiers import PIECE
from tests.support.html import Fields
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

CHEF = "administrateur"
CODES = f"{CHOICE}/codes"


def later(minutes: float) -> timedelta:
    return timedelta(minutes=minutes)


def typing(client: Client, terrain: Terrain, button: str = "continuer") -> tuple[str, Fields]:
    """A form that is being filled in: its address, what it would send."""
    path = terrain.adresse("brouillon", "etapes", "formation")
    return path, client.get(path).page.form(path).filled({"objectif": "Ma phrase"}, button)


def back(client: Client, link: str, personne: str, terrain: Terrain) -> Answer:
    """Sign in again where the page says, and arrive where it leads."""
    page = client.get(link)
    typed = {"courriel": terrain.monde.courriels[personne], "mot_de_passe": MOT_DE_PASSE}
    signed = client.submit(page, "/connexion", typed)
    if signed.location.startswith("/connexion/"):
        second = client.follow(signed)
        typed = {"code": client.code(typed["courriel"])}
        signed = client.submit(second, "/connexion/second-facteur", typed)
    return client.follow(signed)


def way_in(answer: Answer) -> str:
    """The address of «Se reconnecter»."""
    links = [one for one in answer.page.all("a") if "Se reconnecter" in "".join(one.itertext())]
    return links[0].get("href", "")


def objectif(terrain: Terrain) -> object:
    with terrain.database.reading():
        cle = terrain.cle("brouillon")
        return (
            session().scalars(select(Dossier).where(Dossier.cle == cle)).one().reponses["objectif"]
        )


def kept(terrain: Terrain) -> int:
    """How many forms are kept, besides those of the world."""
    with terrain.database.reading():
        count = session().scalar(select(func.count()).select_from(FormulaireGarde)) or 0
    return count - len(terrain.monde.saisies)


@pytest.mark.parametrize("headers", [{}, AUTOSAVE], ids=["bouton", "htmx"])
def test_what_was_typed_waits_when_the_session_ends(
    terrain: Terrain, headers: dict[str, str]
) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain, "" if headers else "continuer")
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        before = terrain.fingerprint()
        refused = client.post(path, sent, headers)
        assert refused.status == 401
        assert "est gardé une heure" in refused.text
        assert ("Ma phrase" in refused.text) == (not headers)
        assert terrain.fingerprint() == before

        shown = back(client, way_in(refused), CHEF, terrain)
        assert shown.path.startswith("/reprendre/")
        assert "Ma phrase" in shown.text
        assert objectif(terrain) != "Ma phrase", "nothing is sent by itself"
        done = client.submit(shown, path)
        assert done.status == 303
    assert objectif(terrain) == "Ma phrase"
    assert kept(terrain) == 0


def test_one_form_that_is_typed_in_for_long_is_kept_once(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain, "")
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        links = set()
        for words in ("Ma", "Ma phrase", "Ma phrase entière"):
            changed = [(n, words if n == "objectif" else v) for n, v in sent]
            links.add(way_in(client.post(path, changed, AUTOSAVE)))
        assert kept(terrain) == len(links) == 1
        assert "Ma phrase entière" in back(client, links.pop(), CHEF, terrain).text


def test_somebody_else_never_reads_it(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain)
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        link = way_in(client.post(path, sent))
        other = back(client, link, "consultation", terrain)
        assert other.status == 404
        assert "Ma phrase" not in other.text
        assert terrain.client().get(other.path).status == 303


def test_it_is_kept_an_hour(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain)
    start = horloge.now() + IDLE_SHORT + later(1)
    with horloge.frozen(start):
        link = way_in(client.post(path, sent))
    with horloge.frozen(start + later(61)):
        gone = back(client, link, CHEF, terrain)
        assert gone.status == 404
        assert "n’est plus gardée" in gone.text


def test_who_signs_in_elsewhere_is_told_of_what_waits(terrain: Terrain) -> None:
    client = terrain.client("un SIRET")
    path, sent = typing(client, terrain)
    with horloge.frozen(horloge.now() + later(61)):
        client.post(path, sent)
        home = back(client, "/connexion", "un SIRET", terrain)
    assert "Une saisie n’a pas été envoyée" in home.text
    assert "Reprendre cette saisie" in home.text


def test_a_form_of_nobody_is_not_kept(terrain: Terrain) -> None:
    client = terrain.client()
    sent = {"csrf_token": client.token(), "_fin": "1", "objectif": "Ma phrase"}
    refused = client.post(terrain.adresse("brouillon", "etapes", "formation"), sent)
    assert refused.status == 401
    assert "Copiez ce que vous venez de saisir" in refused.text
    assert kept(terrain) == 0


def test_secrets_are_not_kept(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain)
    sent += [("mot_de_passe", "Passe-partout-1"), ("nir", "290057505600112"), ("code", "ABCD-1")]
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        refused = client.post(path, sent)
        shown = back(client, way_in(refused), CHEF, terrain)
    for page in (refused, shown):
        for secret in ("Passe-partout-1", "290057505600112", "ABCD-1"):
            assert secret not in page.page.source
    with terrain.database.reading():
        sealed = session().scalars(select(FormulaireGarde.contenu_scelle)).all()
    assert not any("phrase" in one for one in sealed)


def test_an_act_on_safety_asks_who_one_is_and_waits(terrain: Terrain) -> None:
    client, courriel = terrain.client(CHEF), terrain.monde.courriels[CHEF]
    page = client.get(CHOICE)
    with horloge.frozen(horloge.now() + FRESH_FOR + later(1)):
        before = terrain.fingerprint()
        asked = client.submit(page, CODES)
        assert asked.status == 303
        assert asked.location.startswith("/confirmer-identite?suite=/reprendre/")
        assert terrain.fingerprint() == before
        proof = client.follow(asked)

        wrong = client.prove(courriel, "faux", proof)
        assert wrong.status == 422
        assert "n’est pas le vôtre" in wrong.text
        shown = client.follow(client.prove(courriel, MOT_DE_PASSE, wrong))
        assert "Rien n’a encore été envoyé" in shown.text
        done = client.submit(shown, CODES)
        assert (done.status, done.location) == (303, CODES)


def test_htmx_is_sent_to_the_page_of_the_proof(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    sent = {"csrf_token": client.token(), "_fin": "1"}
    with horloge.frozen(horloge.now() + FRESH_FOR + later(1)):
        asked = client.post(CODES, sent, {"HX-Request": "true", "HX-Target": "contenu"})
    assert asked.status == 401
    assert asked.headers["HX-Redirect"].startswith("/confirmer-identite?suite=/reprendre/")


def test_the_ten_minutes_do_not_slide(terrain: Terrain) -> None:
    client, start = terrain.client(CHEF), horloge.now()
    sent = {"csrf_token": client.token(), "_fin": "1"}
    for minutes, location in ((5, CODES), (9, CODES), (11, "/confirmer-identite")):
        with horloge.frozen(start + later(minutes)):
            assert client.post(CODES, sent).location.startswith(location)


def test_the_password_of_somebody_else_proves_nothing(terrain: Terrain) -> None:
    with terrain.database.transaction():
        other = terrain.monde.courriels["consultation"]
        person = session().scalars(select(Utilisateur).where(Utilisateur.courriel == other)).one()
        person.mot_de_passe = hash_password("Autre-secret-2026")
    client = terrain.client("un SIRET")
    page = client.get("/confirmer-identite")

    refused = client.prove(terrain.monde.courriels["un SIRET"], "Autre-secret-2026", page)
    assert refused.status == 422


def test_a_proof_needs_the_code_too(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    page = client.get("/confirmer-identite")
    typed = {"mot_de_passe": MOT_DE_PASSE, "code": "000000"}

    refused = client.submit(page, "/confirmer-identite", typed)
    assert refused.status == 422
    assert "Ce code n’est pas reconnu" in refused.text


def test_a_page_that_asks_for_a_proof_is_come_back_to(terrain: Terrain) -> None:
    client, courriel = terrain.client(CHEF), terrain.monde.courriels[CHEF]
    with horloge.frozen(horloge.now() + FRESH_FOR + later(1)):
        asked = client.get(f"{CHOICE}/changer")
        assert asked.location == f"/confirmer-identite?suite={CHOICE}/changer"
        done = client.prove(courriel, MOT_DE_PASSE, client.follow(asked))
        assert done.location == f"{CHOICE}/changer"
        assert client.follow(done).status == 200


def is_public(view: Any) -> bool:
    """Does it ask for nobody?"""
    return bool(view.guard.startswith("public:"))


def test_every_form_waits_when_the_session_ends(terrain: Terrain) -> None:
    """Whatever asks for somebody signed in: all that was typed is kept, save what is secret."""
    client, views, tried = terrain.client(CHEF), terrain.app.view_functions, set[str]()
    sealed: Coffre = terrain.app.extensions["coffre"]
    # The grid that is chosen for somebody, a word of nobody's: every field, known or not.
    typed = {"_champs": "objectif", "objectif": "Ma phrase", "FR 01.d": "c", "_fin": "1"}
    token = client.token()
    with terrain.database.transaction():
        session().execute(delete(FormulaireGarde))
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        for one in Demandes(terrain, CHEF):
            endpoint = one.route.split(" ")[1]
            view = views[endpoint]
            if one.reads or endpoint in tried or is_public(view):
                continue
            tried.add(endpoint)
            sends = hasattr(view, "large_body")
            sent = {**one.sent, **typed, "csrf_token": token, "mot_de_passe": "Passe-partout-1"}
            refused = client.post(one.path, sent, joints={"fichier": PIECE} if sends else None)
            assert refused.status == 401, one.path
            assert "est gardé une heure" in refused.text, one.path
            with terrain.database.transaction():
                form = opened_form(session().scalars(select(FormulaireGarde)).one(), sealed)
                session().execute(delete(FormulaireGarde))
            assert form.adresse == one.path
            expected = {name: value for name, value in sent.items() if not is_secret(name)}
            assert dict(form.champs) == expected, one.path
            assert form.fichiers == sends, one.path
    assert {"dossiers.joindre", "imports.envoyer", "acces.decider", "salaries.ajouter"} <= tried
    posts = {
        rule.endpoint
        for rule in terrain.app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not is_public(views[rule.endpoint])
    }
    assert tried == posts


def test_what_is_too_long_to_be_kept_is_shown_back(terrain: Terrain) -> None:
    client = terrain.client(CHEF)
    path, sent = typing(client, terrain)
    sent += [("objectif", "Ma phrase " * 30_000)]
    with horloge.frozen(horloge.now() + IDLE_SHORT + later(1)):
        refused = client.post(path, sent)
    assert refused.status == 401
    assert "Copiez ce que vous venez de saisir" in refused.text
    assert "Ma phrase Ma phrase" in refused.text
    assert kept(terrain) == 0
