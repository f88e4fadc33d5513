"""The workbook of a listing, from one snapshot to a file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from monespace.acteur import Acteur
from monespace.dossiers.filtres import Filtre
from monespace.exports.criteres import header, totals
from monespace.exports.declaration import Listing
from monespace.exports.workbook import Classeur, Feuille, write_criteria


class Incoherent(Exception):
    """What was written is not what was selected: the file must not be given to anybody."""


def write(
    listing: Listing[Any],
    acteur: Acteur,
    filtre: Filtre,
    instant: datetime,
    path: Path,
    tell: Callable[[int, int], None],
) -> int:
    """Write the workbook of what `filtre` chooses and `acteur` may see; return how many rows.

    `tell` hears how many rows are written and how many there are; what it raises ends the work.
    Raise Incoherent.
    """
    entete = list(header(listing, acteur, filtre, instant))
    rows = listing.rows(acteur, filtre)
    selected = tuple(rows.count())
    tell(0, selected[0])
    with Classeur("Mon Espace") as classeur:
        sheets = [Feuille(classeur, one.titre, one.columns) for one in listing.onglets]
        for row in rows:
            for onglet, sheet in zip(listing.onglets, sheets, strict=True):
                sheet.extend(onglet.lines(row))
            tell(sheets[0].rows, selected[0])
        written = tuple(sheet.rows for sheet in sheets)
        if written != selected:
            raise Incoherent(f"{written} written, {selected} selected")
        bilans = [sheet.close() for sheet in sheets]
        write_criteria(classeur, (*entete, *totals(bilans)))
        classeur.save(path)
    return selected[0]
