"""Several organisations on one account, and two tabs that never mix."""

from datetime import timedelta

from sqlalchemy import select

from monespace import horloge
from monespace.comptes.models import Utilisateur
from monespace.identite import FRESH_FOR
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from tests.support.client import AUTOSAVE, Answer, Client
from tests.support.nouveaux import NORA, nouvelle
from tests.support.terrain import Terrain

HALLES, FONDERIE = "Les Halles d’Ajaccio", "Fonderie Boréale"


def in_two(terrain: Terrain) -> tuple[Client, str, str]:
    """The administrateur of «halles», of «fonderie» too; the keys of both rattachements."""
    with terrain.database.transaction() as session:
        courriel = terrain.monde.courriels["administrateur"]
        person = session.scalars(select(Utilisateur).where(Utilisateur.courriel == courriel)).one()
        first = session.scalars(
            select(Rattachement).where(Rattachement.utilisateur_id == person.id)
        ).one()
        other = session.scalars(
            select(Organisation).where(Organisation.cle == terrain.monde.organisations["fonderie"])
        ).one()
        second = Rattachement(
            utilisateur_id=person.id,
            organisation=other,
            etat=EtatRattachement.ACTIF,
            administrateur=True,
            cree_le=horloge.now(),
        )
        session.add(second)
        session.flush()
        keys = first.cle, second.cle
    return terrain.client("administrateur"), *keys


def switched(client: Client, cle: str) -> Answer:
    path = f"/entreprises/{cle}/choisir"
    return client.follow(client.submit(client.get("/entreprises"), path))


def test_one_switches_from_the_header(terrain: Terrain) -> None:
    client, first, second = in_two(terrain)
    home = client.get("/")
    assert HALLES in home.page.text
    assert list(home.page.all("a", href="/entreprises"))
    assert client.get(terrain.adresse("brouillon étranger")).status == 404

    assert FONDERIE in switched(client, second).page.text
    assert client.get(terrain.adresse("brouillon étranger")).status == 200
    lost = client.get(terrain.adresse("brouillon"))
    assert lost.status == 404
    assert f"Vous travaillez pour {FONDERIE}" in lost.page.text
    assert list(lost.page.all("a", href="/entreprises"))
    assert HALLES in switched(client, first).page.text


def test_a_form_of_the_other_tab_writes_nothing(terrain: Terrain) -> None:
    """What is typed stays on the page, that names both and offers the way back."""
    client, first, second = in_two(terrain)
    path = "/salaries/nouveau"
    form = client.get(path).page.form(path, path)
    sent = form.filled({"nom_naissance": "Lambert", "prenom": "Zoé"}, "enregistrer")
    switched(client, second)
    before = terrain.fingerprint()

    refused = client.post(path, sent)
    assert refused.status == 409
    for words in (HALLES, FONDERIE, "Lambert", "Zoé", "Rien n’a été enregistré"):
        assert words in refused.page.text
    assert terrain.fingerprint() == before
    back = client.follow(client.submit(refused, f"/entreprises/{first}/choisir"))
    assert HALLES in back.page.text
    assert client.post(path, sent).status == 422


def test_an_autosave_of_the_other_tab_is_told(terrain: Terrain) -> None:
    client, _, second = in_two(terrain)
    path = terrain.adresse("brouillon", "etapes", "formation")
    sent = client.get(path).page.form(path).filled({"objectif": "Ma phrase"})
    switched(client, second)
    before = terrain.fingerprint()

    saved = client.post(path, sent, AUTOSAVE)
    assert saved.status == 409
    assert saved.headers["HX-Retarget"] == "#alerte"
    assert HALLES in saved.page.text
    assert terrain.fingerprint() == before


def test_a_form_that_was_kept_is_for_the_organisation_of_then(terrain: Terrain) -> None:
    """Kept while a proof was awaited, and sent once the other tab changed organisation."""
    client, _, second = in_two(terrain)
    path = "/acces/invitations/nouvelle"
    typed = {"courriel": "zoe@ailleurs.example", "*.d": ["c"]}
    sent = client.get(path).page.form(path, path).filled(typed, "inviter")
    with horloge.frozen(horloge.now() + FRESH_FOR + timedelta(minutes=1)):
        kept = client.post(path, sent).location.partition("suite=")[2]
        switched(client, second)
        before = terrain.fingerprint()
        refused = client.submit(client.get(kept), path)
        assert refused.status == 409
        for words in (HALLES, FONDERIE, "Rien n’a été enregistré"):
            assert words in refused.page.text
        assert terrain.fingerprint() == before


def test_every_form_says_which_organisation_it_is_for(terrain: Terrain) -> None:
    client, _, _ = in_two(terrain)
    with terrain.database.reading() as session:
        cles = set(session.scalars(select(Organisation.cle)))
    for path in ("/", "/dossiers/nouveau", "/entreprises", terrain.adresse("brouillon", "pieces")):
        page = client.get(path)
        for form in page.page.all("form", method="post"):
            said = [one.get("value") for one in form.iter("input") if one.get("name") == "_espace"]
            assert len(said) == 1, path
            assert said[0] in cles


def test_one_signs_out_from_any_tab(terrain: Terrain) -> None:
    client, _, second = in_two(terrain)
    page = client.get("/")
    switched(client, second)

    assert client.submit(page, "/deconnexion").status == 303
    assert client.get("/").status == 303


def test_an_organisation_one_left_is_not_offered(terrain: Terrain) -> None:
    client, first, second = in_two(terrain)
    page = client.get("/salaries/nouveau")
    switched(client, second)
    with terrain.database.transaction() as session:
        gone = session.scalars(select(Rattachement).where(Rattachement.cle == first)).one()
        gone.etat = EtatRattachement.RETIRE

    refused = client.submit(page, "/salaries/nouveau", {"prenom": "Zoé"}, "enregistrer")
    assert refused.status == 404
    assert HALLES not in refused.page.text
    assert "Revenir à Les Halles" not in refused.page.text
    listed = client.get("/entreprises")
    assert HALLES not in listed.page.text
    sent = {"csrf_token": client.token(), "_fin": "1"}
    assert client.post(f"/entreprises/{first}/choisir", sent).status == 403


def test_somebody_of_nowhere_has_an_empty_organisation(terrain: Terrain) -> None:
    client = terrain.client("rattachement retiré")
    page = client.get("/rattachement/demande?profil=adherent&siren=005720784")
    assert page.page.value("_espace") == ""
    typed = {"dossiers": ["consulter"], "message": "Pour revenir."}
    sent = client.submit(page, "/rattachement/demande", typed, "envoyer")
    assert sent.status == 303


def test_a_form_of_nowhere_is_not_for_where_one_works_since(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    page = client.get("/rattachement/demande?profil=adherent&siren=005720784")
    halles = Organisation.cle == terrain.monde.organisations["halles"]
    with terrain.database.transaction() as session:
        session.add(
            Rattachement(
                utilisateur_id=session.scalars(
                    select(Utilisateur.id).where(Utilisateur.courriel == NORA)
                ).one(),
                organisation_id=session.scalars(select(Organisation.id).where(halles)).one(),
                etat=EtatRattachement.ACTIF,
                cree_le=horloge.now(),
            )
        )
    before = terrain.fingerprint()

    typed = {"dossiers": ["consulter"], "message": "Pour entrer."}
    refused = client.submit(page, "/rattachement/demande", typed, "envoyer")
    assert refused.status == 409
    assert (
        "Cette page n’était ouverte pour aucune entreprise, et vous travaillez maintenant pour "
        f"{HALLES} (adhérent). Rien n’a été enregistré."
    ) in refused.text
    assert terrain.fingerprint() == before
