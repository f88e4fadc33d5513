"""A company with two profiles, and strangers who try codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monespace.db import Database
from tests.activation.guichet import Guichet, ouvrir


@pytest.fixture
def guichet(database_url: str, tmp_path: Path) -> Iterator[Guichet]:
    """Two companies under two profiles, in a database of this test alone."""
    database = Database(database_url)
    yield ouvrir(database, tmp_path)
    database.dispose()
