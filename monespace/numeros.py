"""Numbers that people quote: one after another within a year, none twice."""

from sqlalchemy import text

from monespace import horloge
from monespace.db import session

# One statement, so that two at once cannot read the same number.
NEXT_NUMBER = text(
    "INSERT INTO compteurs (nom, annee, valeur) VALUES (:nom, :annee, 1) "
    "ON CONFLICT (nom, annee) DO UPDATE SET valeur = compteurs.valeur + 1 RETURNING valeur"
)


def next_number(prefixe: str) -> str:
    """«D-2026-004127»: the next number of that kind, in this year of Paris."""
    annee = horloge.today().year
    valeur = session().scalar(NEXT_NUMBER, {"nom": prefixe, "annee": annee})
    return f"{prefixe}-{annee}-{valeur:06d}"
