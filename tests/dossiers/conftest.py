"""A company at work, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monespace.db import Database
from monespace.stockage import Stockage
from tests.dossiers.bureau import Bureau
from tests.support.entreprise import societe


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def bureau(database: Database, tmp_path: Path) -> Bureau:
    """The company with its HR manager, who may do everything."""
    with database.transaction():
        company = societe()
        rh = company.person("Martin", administrateur=True)
    return Bureau(database, Stockage(tmp_path / "fichiers"), company, rh)
