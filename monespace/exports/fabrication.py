"""The workbook of a filtered list, from one snapshot to a file."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from monespace.acteur import Acteur
from monespace.dossiers import columns
from monespace.dossiers.filtres import Filtre
from monespace.exports.criteres import Entete, totals
from monespace.exports.stream import Listing, Selected
from monespace.exports.workbook import Classeur, Feuille, write_criteria


class Incoherent(Exception):
    """What was written is not what was selected: the file must not be given to anybody."""


def write(
    connection: Connection,
    acteur: Acteur,
    filtre: Filtre,
    entete: Entete,
    path: Path,
    tell: Callable[[int, int], None],
) -> int:
    """Write the workbook of the dossiers of `filtre` that `acteur` may see; return how many.

    `tell` hears how many dossiers are written and how many there are; what it raises ends the
    work. Raise Incoherent.
    """
    listing = Listing(connection, acteur, filtre)
    selected = listing.count()
    tell(0, selected.dossiers)
    with Classeur("Mon Espace") as classeur:
        dossiers = Feuille(classeur, "Dossiers", columns.DOSSIERS)
        lignes = Feuille(classeur, "Détail financier", columns.LIGNES)
        stagiaires = Feuille(classeur, "Stagiaires", columns.STAGIAIRES)
        for dossier in listing:
            dossiers.add(dossier)
            lignes.extend(dossier.lignes)
            stagiaires.extend(dossier.stagiaires)
            tell(dossiers.rows, selected.dossiers)
        written = Selected(dossiers.rows, lignes.rows, stagiaires.rows)
        if written != selected:
            raise Incoherent(f"{written} written, {selected} selected")
        sheets = [sheet.close() for sheet in (dossiers, lignes, stagiaires)]
        write_criteria(classeur, (*entete.lines, *totals(sheets)))
        classeur.save(path)
    return selected.dossiers
