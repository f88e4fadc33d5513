"""What is written from the answers of a fiche into columns, for lists, searches and recognition."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from monespace.db import Json
from monespace.recherche import normalise
from monespace.salaries.identite import identity_of

LONGEST_NAME = 250
LONGEST_SORT_KEY = 60


class Projection(TypedDict):
    """Columns of Salarie."""

    nom: str
    tri_nom: str
    naissance: date
    matricule: str
    identite: str
    recherche: str


def projected(reponses: Mapping[str, Json]) -> Projection:
    """The columns of a fiche whose identity is known."""
    first, last = _text(reponses, "prenom"), last_name(reponses)
    matricule = _text(reponses, "matricule")
    names = (last, first, _text(reponses, "nom_naissance"))
    return Projection(
        nom=f"{first} {last}"[:LONGEST_NAME],
        tri_nom=normalise(f"{last} {first}")[:LONGEST_SORT_KEY],
        naissance=date.fromisoformat(_text(reponses, "naissance")),
        matricule=matricule,
        identite=identity_of(reponses),
        recherche=normalise(" ".join((*dict.fromkeys(names), matricule, _glued(matricule)))),
    )


def last_name(reponses: Mapping[str, Json]) -> str:
    """The name somebody goes by."""
    return _text(reponses, "nom_usage") or _text(reponses, "nom_naissance")


def _glued(matricule: str) -> str:
    """A matricule typed with spaces is searched without them."""
    return matricule.replace(" ", "") if " " in matricule else ""


def _text(reponses: Mapping[str, Json], name: str) -> str:
    value = reponses.get(name)
    return value if isinstance(value, str) else ""
