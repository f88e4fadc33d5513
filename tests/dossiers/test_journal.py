"""Nobody rewrites the journal, not even the portal."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.dossiers.bureau import Bureau

STATEMENTS = {
    "sqlite": ("UPDATE journal SET auteur = 'Personne'", "DELETE FROM journal WHERE id = 1"),
    "postgresql": (
        "UPDATE journal SET auteur = 'Personne'",
        "DELETE FROM journal WHERE id = 1",
        "TRUNCATE journal",
    ),
}


def test_nobody_changes_or_removes_a_line(bureau: Bureau, backend: str) -> None:
    bureau.transmis()
    before = bureau.photo()["journal"]
    assert before

    for statement in STATEMENTS[backend]:
        with (
            pytest.raises(DBAPIError, match="append-only"),
            bureau.database.transaction() as session,
        ):
            session.execute(text(statement))
    assert bureau.photo()["journal"] == before
