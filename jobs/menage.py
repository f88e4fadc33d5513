"""Delete the files that no row names: what was put just before a crash, and half-written parts."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobs import workshop
from monespace.db import Database
from monespace.dossiers.models import Piece
from monespace.exports.models import Export
from monespace.imports.models import Import
from monespace.stockage import Stockage

# The row of a file is written within seconds of it, a run ends within the hour.
OLD_ENOUGH = timedelta(hours=1)
BATCH = 500

# Every column that names a file of the store.
NAMES = (Piece.fichier, Export.fichier, Import.fichier, Import.lecture, Import.corrige)


def sweep(database: Database, stockage: Stockage, data_dir: Path, instant: datetime) -> int:
    """Delete what was left more than an hour before `instant`; return how many files."""
    before = instant - OLD_ENOUGH
    swept = stockage.drop_unfinished(before) + workshop.sweep(data_dir, before)
    old = stockage.older_than(before)
    while batch := list(islice(old, BATCH)):
        with database.reading() as session:
            orphans = set(batch) - set(_named(session, batch))
        for cle in orphans:
            stockage.delete(cle)
        swept += len(orphans)
    return swept


def _named(session: Session, keys: Iterable[str]) -> Iterator[str]:
    for column in NAMES:
        yield from session.scalars(select(column).where(column.in_(list(keys))))
