"""A company with two administrateurs, on both databases."""

from collections.abc import Iterator

import pytest

from monespace.db import Database
from tests.acces import entreprise as entreprises
from tests.acces.entreprise import Entreprise
from tests.support.maison import Maison, maison


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def chez(database: Database) -> Maison:
    return maison(database)


@pytest.fixture
def entreprise(database: Database) -> Entreprise:
    """The company with its administrateur."""
    return entreprises.entreprise(database)
