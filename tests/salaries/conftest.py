"""A directory, on both databases."""

from collections.abc import Iterator

import pytest

from monespace.db import Database
from tests.salaries.annuaire import Annuaire
from tests.support.entreprise import societe


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def annuaire(database: Database) -> Annuaire:
    """The company with its HR manager, who may do everything."""
    with database.transaction():
        company = societe()
        rh = company.person("Martin", administrateur=True)
    return Annuaire(database, company, rh)
