"""Who may see and do what, asked of every route for everybody."""

from tests.support import attendus, matrice
from tests.support.terrain import Terrain


def test_every_route_is_told_about(terrain: Terrain) -> None:
    """A new route needs its line in `attendus` before anything else."""
    assert matrice.routes(terrain.app) == attendus.toutes()


def test_nobody_sees_or_does_more_than_they_may(terrain: Terrain) -> None:
    constat = matrice.verify(terrain)

    assert constat.leaks == []
    assert constat.checks > 2000


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
