"""An empty portal, and what is given to it of SIRENE."""

from collections.abc import Iterator

import pytest

from monespace.db import Database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()
