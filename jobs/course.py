"""One run of what only one worker at a time may do, fenced by the `course` its row bears."""

from collections.abc import Callable
from typing import Protocol

from monespace.db import Database
from monespace.queue import Fenced
from monespace.refus import Refus


class Noun(Protocol):
    """The actions of what is run: a row is claimed, then given up, or given back for another."""

    def claim(self, row_id: int, /) -> str | None: ...

    def fail(self, row_id: int, course: str, message: str, /) -> None: ...

    def give_back(self, row_id: int, course: str, /) -> None: ...


def run(
    database: Database,
    noun: Noun,
    at_rest: Callable[[int], bool],
    row_id: int,
    make: Callable[[str], None],
) -> bool:
    """Do `make(course)` if the row waits for a run. True once it is done, failed, or gone."""
    with database.transaction():
        course = noun.claim(row_id)
    if course is None:
        with database.reading():
            return at_rest(row_id)
    try:
        make(course)
    except Fenced:
        return False
    except Refus as refusal:
        with database.transaction():
            noun.fail(row_id, course, refusal.message)
    except Exception:
        with database.transaction():
            noun.give_back(row_id, course)
        raise
    return True
