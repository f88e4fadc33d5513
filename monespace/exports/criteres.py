"""The sheet Critères: who extracted what, when, within which rights, and what it adds up to."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from monespace.acteur import Acteur
from monespace.db import session
from monespace.dossiers.filtres import Filtre
from monespace.exports.declaration import Listing
from monespace.exports.workbook import Bilan
from monespace.forms.columns import MONEY, TEXT, WHOLE
from monespace.forms.kinds.base import Cell
from monespace.horloge import paris
from monespace.organisations.models import Organisation
from monespace.typographie import date_long, time_of

Line = tuple[str, Cell, str]


def header(
    listing: Listing[Any], acteur: Acteur, filtre: Filtre, instant: datetime
) -> Iterator[Line]:
    """What is told of the extraction before anything is counted."""
    organisation = session().get_one(Organisation, acteur.organisation_id)
    yield "Extrait le", f"{date_long(instant)} à {time_of(instant)} (heure de Paris)", TEXT
    yield "Par", acteur.nom, TEXT
    yield "Entreprise", organisation.nom, TEXT
    yield "SIREN", organisation.siren, TEXT
    yield "Profil", organisation.profil, TEXT
    for label, text in listing.criteres(acteur, filtre):
        yield label, text, TEXT
    yield "Ordre", listing.ordre(filtre), TEXT


def totals(sheets: Sequence[Bilan]) -> Iterator[Line]:
    """The number of lines of each sheet, then the sum of each column of money."""
    for sheet in sheets:
        yield f"{sheet.title}\u00a0: nombre de lignes", sheet.rows, WHOLE
    for sheet in sheets:
        for label, amount in sheet.sums.items():
            yield f"{sheet.title}\u00a0: total «\u00a0{label}\u00a0»", amount, MONEY


def file_name(listing: Listing[Any], acteur: Acteur, instant: datetime) -> str:
    """«2026-11-17_dossiers_812345678.xlsx», on the day it is in Paris."""
    siren = session().get_one(Organisation, acteur.organisation_id).siren
    return f"{paris(instant):%Y-%m-%d}_{listing.nom}_{siren}.xlsx"
