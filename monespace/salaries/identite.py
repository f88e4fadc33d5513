"""What makes two rows the same person: name and birth date, however they were typed."""

from collections.abc import Mapping

from monespace.db import Json
from monespace.recherche import normalise
from monespace.salaries.fiche import IDENTITE

# Some letters are written with several once normalised.
LONGEST = 250
_JOINED = str.maketrans("-'.", "   ")


def identity_of(reponses: Mapping[str, Json]) -> str:
    """«benali|nora|1994-03-27», or "" when the name or the birth date is not known."""
    *names, born = (reponses.get(name) for name in IDENTITE)
    parts = [normalise(normalise(str(name or "")).translate(_JOINED)) for name in names]
    return "|".join((*parts, str(born)))[-LONGEST:] if born and all(parts) else ""
