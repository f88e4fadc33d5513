"""A newcomer joins an organisation without a code: asks, follows, takes back."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.comptes.models import Utilisateur
from monespace.journal import Evenement
from monespace.notifications.models import Notification
from monespace.organisations import octrois
from monespace.organisations.models import (
    Entreprise,
    Etablissement,
    EtatRattachement,
    Organisation,
    Qualite,
    Rattachement,
)
from tests.support.client import Answer, Client
from tests.support.html import text_of
from tests.support.nouveaux import NORA, nouvelle
from tests.support.terrain import Terrain

SIREN, NOM = "005720784", "Les Halles d’Ajaccio"
PATH = "/rattachement/demande"
TYPED = {"dossiers": ["consulter", "saisir"], "message": "Je saisis les formations du siège."}


def form(client: Client, profil: str = "adherent", siren: str = SIREN) -> Answer:
    return client.get(f"{PATH}?profil={profil}&siren={siren}")


def asked(client: Client, **typed: Any) -> Answer:
    return client.submit(form(client), PATH, {**TYPED, **typed}, "envoyer")


def rows(terrain: Terrain, model: Any, *conditions: Any) -> list[Any]:
    with terrain.database.reading() as session:
        return list(session.scalars(select(model).where(*conditions).order_by(model.id)))


def of_nora(terrain: Terrain) -> list[DemandeAcces]:
    nora = select(Utilisateur.id).where(Utilisateur.courriel == NORA).scalar_subquery()
    return rows(terrain, DemandeAcces, DemandeAcces.utilisateur_id == nora)


def test_a_newcomer_asks_follows_and_takes_back(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    home = client.get("/")
    assert "Vous n’êtes rattaché à aucune entreprise." in home.text
    assert list(home.page.all("a", href="/rattachement"))
    first = client.get("/rattachement")
    search = client.submit(first, "/rattachement/entreprise", {"profil": "adherent"})
    found = client.submit(search, "/rattachement/entreprise", {"q": "005 720 784"})
    assert "SIREN 005 720 784 · siège à Bourg-en-Bresse" in found.page.text.replace("\u00a0", " ")
    [here] = [one.get("href", "") for one in found.page.all("a") if SIREN in one.get("href", "")]
    choice = client.get(here)
    for door in ("J’ai reçu un courrier avec un code", "Je demande à être rattaché(e)"):
        assert door in choice.text

    sent = asked(client)
    followed = client.follow(sent)
    assert f"Votre demande est transmise aux administrateurs de {NOM}." in followed.page.text
    assert "Dominique Administrateur" not in followed.text
    assert "Dominique Conseiller (conseiller, 01 88 13 10 00)" in followed.text
    [demande] = of_nora(terrain)
    assert (demande.genre, demande.etat) == (GenreDemande.RATTACHEMENT, EtatDemande.A_TRAITER)
    assert octrois.from_json(demande.droits) == octrois.from_json(
        [["dossiers", "*", "*", ["consulter", "saisir"]]]
    )
    [told] = rows(terrain, Notification, Notification.titre.startswith("Nora Benali"))
    assert (told.texte, told.lien) == (TYPED["message"], f"/acces/demandes/{demande.cle}")
    [line] = rows(terrain, Evenement, Evenement.acte == "demander")
    assert line.organisation_id == demande.organisation_id
    assert "Demande en attente" in client.get("/").text
    assert NOM in client.get("/entreprises").page.text

    retire = f"/rattachement/suivi/{demande.cle}/retirer"
    assert list(followed.page.all("a", href=retire))
    back = client.follow(client.submit(client.get(retire), retire))
    assert "Retirée" in back.text
    assert "Demander à nouveau" in back.text
    assert client.post(retire, {"csrf_token": client.token(), "_fin": "1"}).status == 403
    again = client.follow(asked(client, message="Encore une fois."))
    assert "Votre demande est transmise" in again.text
    assert [one.etat for one in of_nora(terrain)] == [EtatDemande.RETIREE, EtatDemande.A_TRAITER]


def test_nothing_is_open_before_an_answer(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    assert asked(client).status == 303

    assert client.get(terrain.adresse("brouillon")).status == 404
    assert client.get("/entreprises").page.text.count("Travailler pour") == 0
    [rattachement] = rows(
        terrain, Rattachement, Rattachement.id == of_nora(terrain)[0].rattachement_id
    )
    assert rattachement.etat is EtatRattachement.DEMANDE


def test_what_one_may_not_start_is_asked_for(terrain: Terrain) -> None:
    for client in (nouvelle(terrain), terrain.client("sans droit")):
        for path in ("/", "/dossiers"):
            assert not list(client.get(path).page.all("a", href="/dossiers/nouveau")), path
    page = terrain.client("sans droit").get("/dossiers/nouveau").page
    [ask] = [one for one in page.all("a") if "Demander ce droit" in text_of(one)]
    boxes = terrain.client("sans droit").get(ask.get("href", "")).page.all("input", name="dossiers")
    assert "saisir" in {one.get("value") for one in boxes if one.get("checked") is not None}


def test_who_may_only_look_is_not_told_they_may_fill_in(terrain: Terrain) -> None:
    page = terrain.client("consultation").get(terrain.adresse("brouillon", "envoi"))
    assert "Vous ne pouvez pas transmettre ce dossier." in page.text
    assert "Vous pouvez remplir ce dossier" not in page.text


def test_what_is_granted_is_open_at_the_next_page(terrain: Terrain) -> None:
    client, administrateur = nouvelle(terrain), terrain.client("administrateur")
    asked(client)
    decision = f"/acces/demandes/{of_nora(terrain)[0].cle}"
    administrateur.submit(administrateur.get(decision), decision, {}, "approuver")

    home = client.get("/")
    assert "Vous n’êtes rattaché à aucune entreprise." not in home.text
    assert NOM in home.text
    assert client.get(terrain.adresse("brouillon")).status == 200


def test_a_double_click_makes_one_request(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    sent = form(client).page.form(PATH).filled(TYPED, "envoyer")
    cookie = client.cookie()

    def send(_: int) -> int:
        one = Client(terrain.app, checking=False)
        one.set_cookie(cookie)
        return one.post(PATH, sent).status

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(send, range(4)))
    assert statuses == [303] * 4
    assert len(of_nora(terrain)) == 1


def test_two_forms_at_once_make_one_request(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    forms = [form(client).page.form(PATH).filled(TYPED, "envoyer") for _ in range(2)]
    cookie = client.cookie()

    def send(sent: list[tuple[str, str]]) -> int:
        one = Client(terrain.app, checking=False)
        one.set_cookie(cookie)
        return one.post(PATH, sent).status

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, forms)) == [303, 422]
    assert len(of_nora(terrain)) == 1


def test_what_is_typed_is_kept_with_what_to_mend(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    page = client.submit(
        form(client),
        PATH,
        {"message": "Pour <les> CFA", "qualite": "mandataire", "siren_mandataire": "123"},
        "envoyer",
    )
    assert page.status == 422
    assert page.page.value("message").strip() == "Pour <les> CFA"
    assert page.page.value("siren_mandataire") == "123"
    assert "Cochez au moins un droit" in page.text
    assert "Le SIREN compte 9 chiffres" in page.page.text.replace("\u00a0", " ")
    assert of_nora(terrain) == []

    sent = client.submit(
        page, PATH, {"siren_mandataire": "999 012 586", "factures": ["saisir"]}, "envoyer"
    )
    assert sent.status == 303
    [demande] = of_nora(terrain)
    assert octrois.from_json(demande.droits) == octrois.from_json(
        [["factures", "*", "*", ["consulter", "saisir"]]]
    )
    [one] = rows(terrain, Rattachement, Rattachement.id == demande.rattachement_id)
    assert (one.qualite, one.siren_mandataire) == (Qualite.MANDATAIRE, "999012586")


def test_some_establishments_and_some_dispositifs(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    nowhere = asked(client, ou="certains")
    assert nowhere.status == 422
    assert "Cochez au moins un établissement" in nowhere.text
    siret = terrain.monde.sirets["halles", "annexe"]
    assert asked(client, ou="certains", sirets=[siret], dispositifs=["PDC"]).status == 303

    [demande] = of_nora(terrain)
    assert demande.droits == [["dossiers", siret, "PDC", ["consulter", "saisir"]]]


def test_many_establishments_are_searched_and_stay_ticked(terrain: Terrain) -> None:
    with terrain.database.transaction() as session:
        company = session.scalars(select(Entreprise).where(Entreprise.siren == SIREN)).one()
        session.add_all(
            Etablissement(
                siret=f"{SIREN}{rank:05}",
                entreprise=company,
                enseigne=f"Halle {rank}",
                adresse="1 rue du Port",
                code_postal="20000",
                commune="Bastia" if rank == 77 else "Corte",
                ape="4639B",
            )
            for rank in range(50, 90)
        )
    client = nouvelle(terrain)
    first = form(client)
    assert f"{SIREN}00077" not in first.page.source
    typed = {**TYPED, "ou": "certains", "chercher": "bastia"}
    found = client.submit(first, PATH, typed, "chercher")
    assert found.status == 200
    sirets = [one.get("value", "") for one in found.page.all("input", name="sirets")]
    assert sirets == [f"{SIREN}00077"]
    other = client.submit(found, PATH, {"sirets": sirets, "chercher": "halle 51"}, "chercher")
    ticked = [
        one.get("value")
        for one in other.page.all("input", name="sirets")
        if "checked" in one.attrib
    ]
    assert ticked == [f"{SIREN}00077"]
    assert other.page.value("message").strip() == TYPED["message"]
    assert client.submit(other, PATH, {}, "envoyer").status == 303
    assert f"{SIREN}00077" in str(of_nora(terrain)[0].droits)


def test_nobody_joins_twice(terrain: Terrain) -> None:
    member = terrain.client("consultation")
    refused = asked(member)
    assert refused.status == 422
    assert "Vous êtes déjà rattaché à cette entreprise." in refused.text
    client = nouvelle(terrain)
    assert asked(client).status == 303
    twice = asked(client, message="Autre demande")
    assert twice.status == 422
    assert "Vous avez déjà une demande en attente" in twice.text
    assert twice.page.value("message").strip() == "Autre demande"


def test_who_was_removed_may_ask_and_stays_removed_until_answered(terrain: Terrain) -> None:
    client = terrain.client("rattachement retiré")
    assert asked(client).status == 303

    cle = terrain.monde.rattachements["rattachement retiré"]
    [one] = rows(terrain, Rattachement, Rattachement.cle == cle)
    assert one.etat is EtatRattachement.RETIRE


def test_an_address_that_is_not_confirmed_asks_nothing(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    page = form(client)
    with terrain.database.transaction() as session:
        nora = session.scalars(select(Utilisateur).where(Utilisateur.courriel == NORA)).one()
        nora.confirme_le = None
    sent = client.post(PATH, page.page.form(PATH).filled(TYPED, "envoyer"))

    assert sent.status in (303, 401, 403, 422)
    assert of_nora(terrain) == []


def test_a_company_without_administrateur_is_told_what_to_do(terrain: Terrain) -> None:
    with terrain.database.transaction() as session:
        for one in session.scalars(select(Rattachement).where(Rattachement.administrateur)):
            one.administrateur = False
    client = nouvelle(terrain)
    followed = client.follow(asked(client))

    assert "n’a pas encore d’administrateur" in followed.text
    assert "courrier avec un code" in followed.text
    assert len(of_nora(terrain)) == 1


def test_the_profile_can_be_changed_without_losing_the_company(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    page = client.get(f"/rattachement/choix?profil=prestataire&siren={SIREN}")
    [other] = [
        one.get("href", "")
        for one in page.page.all("a")
        if "profil adhérent" in "".join(one.itertext())
    ]
    assert client.get(other).page.text.count("profil adhérent") == 1
    wrong = form(client, "prestataire")
    assert "n’a pas d’espace prestataire" in wrong.text
    [go] = [
        one.get("href", "") for one in wrong.page.all("a") if "Continuer" in "".join(one.itertext())
    ]
    assert client.get(go).status == 200


def test_the_search_says_nothing_of_the_portal(terrain: Terrain) -> None:
    """A company with everything and one with nothing look the same."""
    with terrain.database.transaction() as session:
        session.add(
            Entreprise(
                siren="732829320",
                raison_sociale="Sans Espace",
                effectif=3,
                idcc="0573",
                branche="Commerce de gros",
                etablissements=[
                    Etablissement(
                        siret="73282932000074",
                        enseigne="Le siège",
                        siege=True,
                        adresse="1 rue du Port",
                        code_postal="01000",
                        commune="Bourg-en-Bresse",
                        ape="4639B",
                    )
                ],
            )
        )
    client = nouvelle(terrain)

    def seen(siren: str, nom: str) -> str:
        pages = [
            client.get(f"/rattachement/entreprise?profil=adherent&q={siren}"),
            client.get(f"/rattachement/choix?profil=adherent&siren={siren}"),
        ]
        text = " ".join(one.page.source.replace(one.page.token(), "T") for one in pages)
        spaced = f"{siren[:3]}\u00a0{siren[3:6]}\u00a0{siren[6:]}"
        return text.replace(siren, "S").replace(spaced, "S").replace(nom, "N")

    assert seen(SIREN, NOM) == seen("732829320", "Sans Espace")


@pytest.mark.parametrize("q", ["halles ajaccio", "HALLES D'AJACCIO", "005720784", "005 720 784"])
def test_a_company_is_found_however_it_is_typed(terrain: Terrain, q: str) -> None:
    page = nouvelle(terrain).get(f"/rattachement/entreprise?profil=adherent&q={q}")
    assert NOM in page.page.text


@pytest.mark.parametrize("q", ["", "%", "_____", "introuvable", "005720785", "\x00", "x" * 5000])
def test_a_search_that_finds_nothing_is_an_ordinary_page(terrain: Terrain, q: str) -> None:
    page = nouvelle(terrain).get(f"/rattachement/entreprise?profil=adherent&q={q}")
    assert page.status == 200
    assert NOM not in page.page.text


def test_an_organisation_is_not_made_by_asking(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    sent = form(client).page.form(PATH).filled(TYPED, "envoyer")
    changed = [(name, "prestataire" if name == "profil" else value) for name, value in sent]
    assert client.post(PATH, changed).status == 422
    with terrain.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == len(
            terrain.monde.organisations
        )
