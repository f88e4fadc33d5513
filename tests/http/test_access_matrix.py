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
