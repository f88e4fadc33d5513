"""Who may see and do what, asked of every route for everybody."""

import pytest

from tests.support import attendus, matrice, permis
from tests.support.terrain import Terrain


def test_every_route_is_told_about(terrain: Terrain) -> None:
    """A new route needs its line in `attendus` before anything else."""
    assert matrice.routes(terrain.app) == attendus.toutes()


def test_nobody_sees_or_does_more_than_they_may(terrain: Terrain) -> None:
    constat = matrice.verify(terrain)

    assert constat.leaks == []
    assert constat.checks > 2000


@pytest.mark.parametrize("personne", [one for one in attendus.DROITS if one != attendus.ANONYME])
def test_the_rules_of_dossiers_say_no_more(terrain: Terrain, personne: str) -> None:
    """Acts without a page, and rules that another one would hide."""
    terrain.client(personne)

    assert permis.faults(terrain, personne) == []


def test_a_part_of_one_dossier_is_not_reached_through_another(terrain: Terrain) -> None:
    """Own keys around a foreign one: as if it did not exist."""
    client = terrain.client("administrateur")
    foreign = terrain.monde.dossiers["brouillon étranger"]
    neighbour = terrain.monde.dossiers["brouillon de l’annexe"]
    sent = {"csrf_token": client.token(), "_fin": "1"}
    before = terrain.fingerprint()

    for other in (foreign, neighbour):
        path = terrain.adresse("brouillon", "salaries", other.salarie)
        assert client.get(path).status == 404
        assert client.get(f"{path}/retirer").status == 404
        removed = client.post(f"{path}/retirer", sent)
        assert removed.status == 404
        assert other.mark not in removed.text
    assert terrain.fingerprint() == before
