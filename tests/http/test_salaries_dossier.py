"""A dossier takes its people from the directory, and gives back what was typed in it."""

from sqlalchemy import select

from monespace.dossiers.models import Stagiaire
from monespace.salaries.models import Salarie
from tests.http.test_salaries import made
from tests.support.client import Client
from tests.support.html import text_of
from tests.support.terrain import Terrain


def people(terrain: Terrain, dossier: str = "brouillon") -> list[Stagiaire]:
    with terrain.database.reading() as session:
        found = terrain.monde.dossiers[dossier].id
        rows = session.scalars(
            select(Stagiaire).where(Stagiaire.dossier_id == found).order_by(Stagiaire.rang)
        )
        return list(rows)


def key(path: str) -> str:
    return path.rsplit("/", 1)[1]


def fiche_of(terrain: Terrain, cle: str) -> Salarie:
    with terrain.database.reading() as session:
        return session.scalars(select(Salarie).where(Salarie.cle == cle)).one()


def annuaire_of(terrain: Terrain, dossier: str = "brouillon") -> str:
    """Where its people are chosen; with a query, its form is not the one that filters."""
    return terrain.adresse(dossier, "annuaire?q=")


def boxes(client: Client, path: str) -> list[str]:
    return [one.get("value", "") for one in client.get(path).page.all("input", name="salarie")]


def test_people_are_ticked_and_added_once(terrain: Terrain) -> None:
    client, path = terrain.client("administrateur"), annuaire_of(terrain)
    annexe = terrain.monde.sirets["halles", "annexe"]
    cle = key(made(client, terrain, emploi="Vendeuse", etablissement=annexe))
    page = client.get(path)

    assert client.submit(page, path, {}, "ajouter").status == 422
    added = client.submit(page, path, {"salarie": [cle]}, "ajouter")
    assert "1 salarié ajouté au dossier." in client.follow(added).page.text.replace("\u00a0", " ")
    _, nora = people(terrain)
    assert nora.salarie_id == fiche_of(terrain, cle).id
    assert nora.reponses["emploi"] == "Vendeuse"
    assert nora.reponses["affectation"] == annexe
    assert "matricule" not in nora.reponses

    again = client.submit(page, path, {"salarie": [cle]}, "ajouter")
    assert "1 personne y était déjà" in client.follow(again).page.text.replace("\u00a0", " ")
    assert len(people(terrain)) == 2
    shown = client.get(path)
    assert "Déjà dans le dossier" in shown.text
    assert cle not in boxes(client, path)
    fiche = client.get(f"/salaries/{cle}")
    assert terrain.monde.dossiers["brouillon"].designation in fiche.text


def test_the_wage_is_taken_only_where_it_is_asked(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    cle = key(made(client, terrain, salaire_horaire="17,50"))
    for dossier, wanted in (("brouillon", 1750), ("brouillon VAE", None)):
        path = annuaire_of(terrain, dossier)
        assert client.submit(client.get(path), path, {"salarie": [cle]}, "x").status == 303
        assert people(terrain, dossier)[-1].reponses.get("salaire_horaire") == wanted


def test_a_whole_list_that_does_not_fit_waits_for_a_lot(terrain: Terrain) -> None:
    client, path = terrain.client("administrateur"), terrain.adresse("brouillon", "annuaire")
    for rank in range(31):
        made(client, terrain, prenom=f"Nora {chr(97 + rank % 26)}{rank}")
    page = client.get(f"{path}?q=benali")
    done = client.submit(page, f"{path}?q=benali", {}, "tous")

    assert done.status == 303
    assert done.location == terrain.adresse("brouillon", "repartir")
    assert len(people(terrain)) == 1
    assert "En attente de répartition" in client.get(f"{path}?q=benali").text


def test_ticking_goes_on_from_page_to_page(terrain: Terrain) -> None:
    client, path = terrain.client("administrateur"), terrain.adresse("brouillon", "annuaire")
    for rank in range(26):
        made(client, terrain, prenom=f"Nora {chr(97 + rank)}")
    first = boxes(client, f"{path}?q=benali")
    page = client.get(f"{path}?q=benali")
    done = client.submit(page, f"{path}?q=benali", {"salarie": first[:2]}, "suivante")
    second = client.follow(done)

    assert "Benali Nora z" in second.text
    assert len(people(terrain)) == 3


def test_hidden_people_are_neither_shown_nor_taken(terrain: Terrain) -> None:
    client, path = terrain.client("un SIRET"), annuaire_of(terrain)
    hidden = terrain.monde.salaries["de l’annexe"]
    stranger = terrain.monde.salaries["d’une autre entreprise"]
    page = client.get(path)
    sent = [pair for pair in page.page.form(path).filled({}) if pair[0] != "salarie"]

    assert hidden.mark not in page.body.decode()
    for cle in (hidden.cle, stranger.cle, "zzzzzzzzzzzz", "'; --"):
        assert client.post(path, [*sent, ("salarie", cle)]).status == 422
    assert len(people(terrain)) == 1
    blind = terrain.client("un dispositif").get(path)
    assert "Demandez ce droit à Dominique Administrateur." in blind.page.text


def test_somebody_new_is_given_to_the_directory(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    known = terrain.monde.dossiers["brouillon"]
    path = terrain.adresse("brouillon", "salaries", known.salarie, "annuaire")
    page = client.get(path)
    assert "n’est pas dans l’annuaire" in page.text

    done = client.submit(page, path)
    assert "L’annuaire est à jour pour" in client.follow(done).page.text
    [stagiaire] = people(terrain)
    with terrain.database.reading() as session:
        fiche = session.get_one(Salarie, stagiaire.salarie_id)
        assert fiche.reponses["emploi"] == stagiaire.reponses["emploi"]
        assert fiche.reponses["etablissement"] == terrain.monde.sirets["halles", "siège"]
        assert "tuteur" not in fiche.reponses
    assert "dit déjà la même chose" in client.get(path).text
    assert client.submit(page, path).status == 409


def test_what_differs_is_compared_and_only_what_is_ticked_is_written(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    known = terrain.monde.dossiers["brouillon"]
    [stagiaire] = people(terrain)
    born = str(stagiaire.reponses["naissance"]).split("-")
    cle = key(
        made(
            client,
            terrain,
            nom_naissance=str(stagiaire.reponses["nom_naissance"]),
            prenom=str(stagiaire.reponses["prenom"]),
            emploi="Cheffe",
            telephone="01 88 13 10 00",
            **dict(zip(("naissance-annee", "naissance-mois", "naissance-jour"), born, strict=True)),
        )
    )
    path = terrain.adresse("brouillon", "salaries", known.salarie, "annuaire")
    page = client.get(path)
    [table] = page.page.all("table")
    assert "Cheffe" in text_of(table)
    assert "Vendeuse" in text_of(table)
    assert "Téléphone" not in text_of(table)

    # Somebody changes the fiche meanwhile: what was read is no longer what would be replaced.
    change = f"/salaries/{cle}/modifier"
    client.submit(client.get(change), change, {"emploi": "Directrice"}, "x")
    late = client.submit(page, path)
    assert late.status == 409
    assert "Directrice" in late.text

    done = client.submit(late, path, {"champ": ["emploi"]})
    assert done.status == 303
    fiche = fiche_of(terrain, cle)
    assert str(fiche.reponses["emploi"]).startswith("Vendeuse")
    assert fiche.reponses["telephone"] == "+33188131000"
    assert "csp" not in fiche.reponses
    assert people(terrain)[0].salarie_id == fiche.id


def test_somebody_of_a_place_without_right_is_not_given_back(terrain: Terrain) -> None:
    known = terrain.monde.dossiers["brouillon"]
    path = terrain.adresse("brouillon", "salaries", known.salarie, "annuaire")
    assert terrain.client("consultation").get(path).status == 403

    client = terrain.client("un dispositif")
    page = client.get(path)
    assert "Demandez ce droit à un administrateur" in page.text
    assert not list(page.page.all("input", name="_vu"))
    offered = terrain.client("administrateur").get(path).page
    before = terrain.fingerprint()
    forged = {"_vu": offered.value("_vu"), "csrf_token": page.page.token(), "_fin": "1"}
    assert client.post(path, forged).status == 403
    assert terrain.fingerprint() == before


def test_somebody_without_a_birth_date_is_completed_first(terrain: Terrain) -> None:
    client, path = terrain.client("administrateur"), terrain.adresse("brouillon", "salaries")
    page = client.get(path)
    client.submit(page, path, {"nom_naissance": "Benali"}, "ajouter")
    cle = people(terrain)[-1].cle
    assert "Complétez d’abord cette personne" in client.get(f"{path}/{cle}/annuaire").page.text
