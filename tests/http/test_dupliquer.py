"""Duplicating without JavaScript: what is said before, what is there after."""

import pytest
from sqlalchemy import select

from monespace.dossiers.models import Dossier, Statut
from tests.support.client import Answer, Client
from tests.support.terrain import Terrain


def duplicated(terrain: Terrain, answer: Answer) -> Dossier:
    with terrain.database.reading() as opened:
        found = opened.scalars(select(Dossier).where(Dossier.cle == answer.location.split("/")[2]))
        dossier = found.one()
        assert dossier.stagiaires is not None
        assert dossier.pieces is not None
        return dossier


def copy(client: Client, path: str, **typed: str) -> Answer:
    return client.submit(client.get(path), path, typed)


@pytest.mark.parametrize("nom", ["brouillon", "transmis", "à compléter", "accordé"])
def test_any_dossier_is_duplicated_from_its_page(terrain: Terrain, nom: str) -> None:
    client, path = terrain.client("un SIRET"), terrain.adresse(nom, "dupliquer")
    assert path in {one.get("href") for one in client.get(terrain.adresse(nom)).page.all("a")}

    made = copy(client, path)
    assert "Voici le brouillon" in client.follow(made).text
    dossier = duplicated(terrain, made)
    assert dossier.statut is Statut.BROUILLON
    assert (len(dossier.stagiaires), len(dossier.pieces)) == (1, 0)
    assert dossier.copie_de_id == terrain.monde.dossiers[nom].id


def test_the_page_says_what_is_copied_and_what_is_emptied(terrain: Terrain) -> None:
    client = terrain.client("un SIRET")
    page = client.get(terrain.adresse("transmis", "dupliquer"))

    mark = terrain.monde.dossiers["transmis"].mark
    assert f"Conduite d’équipe {mark}" in page.text
    assert page.text.count("Une nouvelle session a ses propres dates.") == 2
    assert "Elle désigne le dossier d’origine." in page.text
    assert page.text.count("Vidé.") == 3


def test_without_people_with_pieces_and_the_same_form_twice(terrain: Terrain) -> None:
    client, path = terrain.client("un SIRET"), terrain.adresse("transmis", "dupliquer")
    page = client.get(path)
    choice = {"salaries": "sans", "pieces": "avec"}

    first = client.submit(page, path, choice)
    assert client.submit(page, path, choice).location == first.location
    dossier = duplicated(terrain, first)
    assert dossier.stagiaires == []
    assert len(dossier.pieces) == 2
    joined = client.get(f"/dossiers/pieces/{dossier.pieces[0].cle}")
    assert joined.status == 200
    assert joined.body.startswith(b"%PDF")


def test_who_may_only_look_does_not_duplicate(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    detail = client.get(terrain.adresse("transmis"))

    assert terrain.adresse("transmis", "dupliquer") not in detail.body.decode()
    assert "Dupliquer (droit manquant" in detail.text
    assert client.get(terrain.adresse("transmis", "dupliquer")).status == 403
    assert client.get(terrain.adresse("brouillon étranger", "dupliquer")).status == 404
