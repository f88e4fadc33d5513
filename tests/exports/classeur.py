"""Make the workbook of a filter and read it back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import openpyxl

from monespace.acteur import Acteur
from monespace.db import Database
from monespace.dossiers.filtres import Filtre
from monespace.exports import fabrication
from monespace.exports.dossiers import DOSSIERS

Value = object
INSTANT = datetime(2026, 11, 17, 13, 32, tzinfo=UTC)


@dataclass(frozen=True)
class Lu:
    """A sheet as rows of {heading: value}."""

    headings: tuple[str, ...]
    rows: list[dict[str, Value]]

    @property
    def only(self) -> dict[str, Value]:
        (row,) = self.rows
        return row

    def column(self, heading: str) -> list[Value]:
        return [row[heading] for row in self.rows]


def make(database: Database, acteur: Acteur, filtre: Filtre, path: Path) -> dict[str, Lu]:
    """The sheets of the workbook that `acteur` gets for `filtre`."""
    with database.snapshot():
        fabrication.write(DOSSIERS, acteur, filtre, INSTANT, path, lambda done, total: None)
    return read(path)


def read(path: Path) -> dict[str, Lu]:
    """The sheets of a workbook by title."""
    sheets = {}
    for sheet in openpyxl.load_workbook(path).worksheets:
        headings, *rows = ([*line] for line in sheet.values)
        names = tuple(str(name) for name in headings)
        sheets[sheet.title] = Lu(names, [dict(zip(names, row, strict=True)) for row in rows])
    return sheets
