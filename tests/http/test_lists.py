"""Lists, counts, searches and exports show exactly what one may see: neither more nor less."""

import io
from collections import Counter
from urllib.parse import urlencode

import openpyxl
import pytest
from sqlalchemy import select

from jobs.exports import exporter
from monespace.dossiers.models import Dossier, Statut
from monespace.exports.models import Export
from tests.support.attendus import ANONYME, DROITS, droits
from tests.support.client import Answer, Client
from tests.support.monde import DossierConnu
from tests.support.terrain import Terrain

SIGNED_IN = [personne for personne in DROITS if personne != ANONYME]


def visible(terrain: Terrain, personne: str) -> dict[str, DossierConnu]:
    return {
        nom: one
        for nom, one in terrain.monde.dossiers.items()
        if "C" in droits(personne, one.place)
    }


def listed(terrain: Terrain, answer: Answer) -> set[str]:
    """The names of the dossiers of that page."""
    links = {link.get("href") for link in answer.page.all("a")}
    return {nom for nom in terrain.monde.dossiers if terrain.adresse(nom) in links}


def counted(home: Answer) -> Counter[str]:
    """How many dossiers of each state the home tells."""
    found: Counter[str] = Counter()
    for link in home.page.all("a"):
        _, _, statut = link.get("href", "").partition("/dossiers?statut=")
        row = home.page.within(link, "li")
        if statut and row is not None:
            found[statut] = int("".join(next(row.iter("b")).itertext()))
    return found


def search(client: Client, **typed: str) -> Answer:
    return client.get(f"/dossiers?{urlencode(typed)}")


@pytest.mark.parametrize("personne", SIGNED_IN)
def test_the_list_the_home_and_the_searches_tell_the_same(terrain: Terrain, personne: str) -> None:
    client, mine = terrain.client(personne, checking=False), visible(terrain, personne)

    whole = client.get("/dossiers")
    assert listed(terrain, whole) == set(mine)
    assert counted(client.get("/")) == Counter(one.place.statut for one in mine.values())
    for nom, one in terrain.monde.dossiers.items():
        for typed in (one.mark.upper(), one.designation):
            found = search(client, q=typed)
            assert listed(terrain, found) == ({nom} if nom in mine else set()), typed
            assert ("Aucun dossier pour ces critères" in found.text) == (nom not in mine)


def test_filters_and_their_sum(terrain: Terrain) -> None:
    client, mine = terrain.client("administrateur"), visible(terrain, "administrateur")
    siret = terrain.monde.sirets["halles", "annexe"]

    for typed, wanted in (
        ({"dispositif": "VAE"}, {n for n, o in mine.items() if o.place.dispositif == "VAE"}),
        (
            {"etablissement": siret},
            {n for n, o in mine.items() if o.place.etablissement != "siège"},
        ),
        ({"statut": "A_COMPLETER"}, {n for n, o in mine.items() if "à compléter" in n}),
        ({"statut": "A_COMPLETER", "dispositif": "VAE"}, {"à compléter VAE"}),
        ({"q": "conduite equipe"}, {n for n, o in mine.items() if o.place.dispositif == "PDC"}),
        ({"q": "ZOÉ l’henaff kanari01x"}, {"brouillon"}),
        ({"q": "005 720 784 00031"}, set(mine)),
        ({"debut_du-jour": "8", "debut_du-mois": "12", "debut_du-annee": "2099"}, set()),
        ({"debut_du-jour": "7/12/2099", "debut_au-jour": "7 décembre 2099"}, set(mine)),
    ):
        assert listed(terrain, search(client, **typed)) == wanted, typed


@pytest.mark.parametrize("tri", ["maj", "intitule", "debut", "demande", "accorde", "inconnu"])
def test_every_sort_lists_everything(terrain: Terrain, tri: str) -> None:
    client = terrain.client("administrateur")

    assert listed(terrain, search(client, tri=tri)) == set(visible(terrain, "administrateur"))


def test_pages_follow_each_other_both_ways(terrain: Terrain) -> None:
    """Sixty equal keys: each dossier is on one page, and Back shows the same pages."""
    client = terrain.client("administrateur", checking=False)
    jetons = client.get("/dossiers/nouveau")
    form = jetons.page.form("/dossiers/nouveau", "/dossiers/nouveau")
    for rang in range(60):
        sent = form.filled({"dispositif": "PDC", "_jeton": f"{rang:032d}"})
        assert client.post("/dossiers/nouveau", sent).status == 303
    with terrain.database.reading() as session:
        wanted = set(session.scalars(select(Dossier.cle).where(Dossier.organisation_id == 1)))

    for tri in ("intitule", "maj", "demande"):
        pages = [search(client, tri=tri)]
        while following := _link(pages[-1], "Page suivante"):
            pages.append(client.get(following))
        keys = [_keys(page, wanted) for page in pages]
        assert len(keys) == 3
        assert sorted(key for page in keys for key in page) == sorted(wanted)
        back, seen = pages[-1], [keys[-1]]
        while previous := _link(back, "Page précédente"):
            back = client.get(previous)
            seen.append(_keys(back, wanted))
        assert seen[::-1] == keys


def _link(answer: Answer, label: str) -> str:
    return next(
        (one.get("href", "") for one in answer.page.all("a") if "".join(one.itertext()) == label),
        "",
    )


def _keys(answer: Answer, known: set[str]) -> list[str]:
    found = (one.get("href", "").removeprefix("/dossiers/") for one in answer.page.all("a"))
    return [key for key in found if key in known]


@pytest.mark.parametrize("personne", ["administrateur", "un SIRET", "un dispositif"])
def test_an_export_holds_what_its_list_shows(terrain: Terrain, personne: str) -> None:
    client, mine = terrain.client(personne), visible(terrain, personne)
    page = search(client, dispositif="PDC")

    asked = client.submit(page, "/exports")
    follow = client.follow(asked)
    assert follow.status == 200
    with terrain.database.reading() as session:
        export_id = session.scalars(select(Export.id).order_by(Export.id.desc())).first()
    assert export_id
    assert exporter(terrain.database, terrain.config, export_id)
    file = client.get(f"{asked.location}/fichier")
    assert file.status == 200
    cells = [
        str(cell)
        for sheet in openpyxl.load_workbook(io.BytesIO(file.body)).worksheets
        for line in sheet.values
        for cell in line
    ]
    marks = {nom for nom, one in terrain.monde.dossiers.items() if one.mark in " ".join(cells)}
    assert marks == {nom for nom, one in mine.items() if one.place.dispositif == "PDC"}


def test_brouillons_of_others_are_not_offered_to_a_reader(terrain: Terrain) -> None:
    """What one may only read is in the list, not among the things to do."""
    home = terrain.client("consultation").get("/")

    assert "Rien à faire pour le moment" in home.text
    assert Statut.BROUILLON in {
        one.place.statut for one in visible(terrain, "consultation").values()
    }
