"""Administrateurs who part at the same instant: an organisation never has none."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from threading import Barrier

from monespace import migration
from monespace.acteur import Acteur
from monespace.db import Database
from tests.support.maison import Geste, Maison, maison

ROUNDS = 260
Mix = Callable[[Maison, Acteur, Acteur], Sequence[Geste]]

# What two administrateurs do at once, each of it enough to leave nobody if both were let through.
MIXES: tuple[Mix, ...] = (
    lambda chez, one, other: [chez.removing(one, other), chez.removing(other, one)],
    lambda chez, one, other: [chez.leaving(one), chez.leaving(other)],
    lambda chez, one, other: [chez.removing(one, other), chez.leaving(one)],
    lambda chez, one, other: [chez.dismissing(one, other), chez.removing(other, one)],
    lambda chez, one, other: [chez.dismissing(one, other), chez.dismissing(other, one)],
    lambda chez, one, other: [chez.ending(one, other), chez.ending(other, one)],
    lambda chez, one, other: [chez.suspending(one, other), chez.leaving(one)],
    lambda chez, one, other: [chez.suspending(one, other), chez.suspending(other, one)],
    lambda chez, one, other: [
        chez.leaving(one),
        chez.removing(other, one),
        chez.leaving(other),
        chez.removing(one, other),
    ],
)


def part_at_once(database_url: str, folder: Path) -> Counter[str]:
    """Return how many rounds were played, and how many left nobody who administers for good."""
    migration.upgrade(database_url)
    database = Database(database_url)
    try:
        return play(database, ROUNDS)
    finally:
        database.dispose()


def play(database: Database, rounds: int, mixes: Sequence[Mix] = MIXES) -> Counter[str]:
    """One company a round, with two administrateurs who use their power at the same instant."""
    found = Counter(admin_rounds=0, admin_acts_done=0, organisations_without_admin=0)
    for number, mix in enumerate(islice(cycle(mixes), rounds)):
        chez = maison(database, f"{100_000_000 + number}")
        one, other = chez.person("Un", administrateur=True), chez.person("Deux", True)
        done = _at_once(mix(chez, one, other))
        found["admin_rounds"] += 1
        found["admin_acts_done"] += sum(done)
        found["organisations_without_admin"] += chez.staying_administrateurs() == 0
    return found


def _at_once(gestes: Sequence[Geste]) -> list[bool]:
    barrier = Barrier(len(gestes))

    def run(geste: Geste) -> bool:
        barrier.wait()
        return geste()

    with ThreadPoolExecutor(len(gestes)) as people:
        return list(people.map(run, gestes))
