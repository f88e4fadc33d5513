"""The list of dossiers of a very large company, within rights and without, on both databases."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median

from sqlalchemy import select

from bench import foule
from bench.mesure import Comparison
from monespace import migration, pages
from monespace.acteur import Acteur, Role
from monespace.db import Database
from monespace.dossiers.filtres import SORTS, Filtre
from monespace.dossiers.models import Dossier
from monespace.dossiers.queries import OPTIONS, counts_by_state, page_of
from monespace.policy import acteur_of
from tests.support.postgres import server

ROUNDS = 40
WARM_UP = 5

Reading = Callable[[], object]


def measure(folder: Path) -> dict[str, Comparison]:
    """Fill both databases, and read the list as each person of the crowd."""
    found: dict[str, Comparison] = {}
    with server() as postgres:
        urls = {"SQLite": f"sqlite:///{folder / 'foule.sqlite3'}", "PostgreSQL": postgres.create()}
        for name, url in urls.items():
            migration.upgrade(url)
            database = Database(url)
            try:
                people = foule.fill(database)
                found |= {f"{name}, {who}": one for who, one in _compared(database, people)}
            finally:
                database.dispose()
    return found


def _compared(
    database: Database, people: Mapping[str, foule.Personne]
) -> Iterator[tuple[str, Comparison]]:
    """Each person's list beside the same list that looks at no right, read in turn."""
    for who, person in people.items():
        ours, control = _within(person), _without(person.organisation_id)
        times = [
            (_timed(database, ours), _timed(database, control)) for _ in range(WARM_UP + ROUNDS)
        ]
        mine, theirs = zip(*times[WARM_UP:], strict=True)
        yield who, Comparison(1000 * median(mine), 1000 * median(theirs))


def _within(person: foule.Personne) -> Reading:
    """What a page of the list reads of somebody: their rights, every sort, the counts."""

    def read() -> None:
        acteur: Acteur = acteur_of(person.utilisateur, person.organisation_id)
        for name in SORTS:
            page_of(acteur, Filtre(tri=name))
        counts_by_state(acteur)

    return read


def _without(organisation_id: int) -> Reading:
    everything = select(Dossier).where(Dossier.organisation_id == organisation_id)
    administrateur = Acteur(0, "", Role.MEMBRE, organisation_id, administrateur=True)

    def read() -> None:
        for sort in SORTS.values():
            pages.page_of(everything, sort, "", "", *OPTIONS)
        counts_by_state(administrateur)

    return read


def _timed(database: Database, read: Reading) -> float:
    started = time.perf_counter()
    with database.reading():
        read()
    return time.perf_counter() - started
