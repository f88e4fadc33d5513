"""The sheet Critères: who extracted what, when, within which rights, and what it adds up to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monespace.acteur import Acteur, Scope, Verbe
from monespace.db import session
from monespace.dossiers.choices import etablissements
from monespace.dossiers.dispositifs import catalogue
from monespace.dossiers.filtres import Filtre
from monespace.exports import perimetre
from monespace.exports.wording import told
from monespace.exports.workbook import Bilan
from monespace.forms.columns import MONEY, TEXT, WHOLE
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.forms.kinds.base import Cell
from monespace.horloge import paris
from monespace.organisations.models import Etablissement, Organisation
from monespace.typographie import date_long, time_of

Line = tuple[str, Cell, str]


@dataclass(frozen=True, slots=True)
class Entete:
    """What the Critères sheet says before anything is counted."""

    siren: str
    lines: tuple[Line, ...]


def header(acteur: Acteur, filtre: Filtre, instant: datetime) -> Entete:
    """Read what must be told of the extraction, in the running transaction."""
    organisation = session().get_one(Organisation, acteur.organisation_id)
    places = etablissements(acteur, Verbe.CONSULTER)
    lines = (
        ("Extrait le", f"{date_long(instant)} à {time_of(instant)} (heure de Paris)"),
        ("Par", acteur.nom),
        ("Entreprise", organisation.nom),
        ("SIREN", organisation.siren),
        *(("Périmètre", _scope_text(scope, places)) for scope in perimetre.scopes(acteur)),
        *((f"Filtre\u00a0: {label}", text) for label, text in told(filtre, _lists(places))),
        ("Ordre", filtre.sort.label),
    )
    return Entete(organisation.siren, tuple((label, value, TEXT) for label, value in lines))


def totals(sheets: Sequence[Bilan]) -> Iterator[Line]:
    """The number of lines of each sheet, then the sum of each column of money."""
    for sheet in sheets:
        yield f"{sheet.title}\u00a0: nombre de lignes", sheet.rows, WHOLE
    for sheet in sheets:
        for label, amount in sheet.sums.items():
            yield f"{sheet.title}\u00a0: total «\u00a0{label}\u00a0»", amount, MONEY


def file_name(siren: str, instant: datetime) -> str:
    """«2026-11-17_dossiers_812345678.xlsx», on the day it is in Paris."""
    return f"{paris(instant):%Y-%m-%d}_dossiers_{siren}.xlsx"


def _lists(places: Sequence[Etablissement]) -> Lists:
    """Établissements by their SIRET too: a workbook is read far from the portal."""
    return {
        "dispositifs": tuple(Option(code, one.nom) for code, one in catalogue().items()),
        "etablissements": tuple(Option(one.siret, _place_text(one)) for one in places),
    }


def _scope_text(scope: Scope, places: Sequence[Etablissement]) -> str:
    dispositif = catalogue().get(scope.dispositif or "")
    what = dispositif.nom if dispositif else scope.dispositif or "Tous les dispositifs"
    if scope.etablissements is None:
        return f"{what}, tous les établissements"
    where = "\u00a0; ".join(_place_text(one) for one in places if one.id in scope.etablissements)
    return f"{what}\u00a0: {where}"


def _place_text(etablissement: Etablissement) -> str:
    return f"{etablissement.siret} {etablissement.enseigne}, {etablissement.commune}"
