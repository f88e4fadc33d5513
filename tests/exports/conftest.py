"""A database, a configuration without queue server, a company."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monespace.config import Config
from monespace.db import Database
from tests.support.entreprise import Societe, societe


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config(
        data_dir=tmp_path / "data",
        database_url=database_url,
        redis_url=f"unix://{tmp_path / 'nobody-listens'}",
        secret_key="0123456789abcdef0123456789abcdef",
    )


@pytest.fixture
def company(database: Database) -> Societe:
    with database.transaction():
        return societe()
