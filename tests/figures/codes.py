"""Wrong activation codes tried all at once by one account: five are compared, not one more."""

from collections import Counter
from pathlib import Path

from monespace import migration
from monespace.db import Database
from tests.activation.guichet import ouvrir

ROUNDS = 3
TRIES = 50


def guess_at_once(database_url: str, folder: Path) -> Counter[str]:
    """Return the most tries of a round that were let through, and how many rounds there were."""
    migration.upgrade(database_url)
    database = Database(database_url)
    try:
        guichet = ouvrir(database, folder)
        highest = max(guichet.let_through(TRIES) for _ in range(ROUNDS))
    finally:
        database.dispose()
    return Counter(code_attempts_let_through=highest, code_rounds=ROUNDS)
