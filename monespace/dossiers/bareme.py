"""Amounts fixed by law, by date of effect. A new year is one line more."""

from datetime import date
from decimal import Decimal

# SMIC mensuel for 35 h: 1 823,03 €; per hour × 12 / (52 × 35).
SMIC_HORAIRE = ((date(2026, 1, 1), Decimal("12.02")),)


def smic_horaire(day: date) -> Decimal:
    """The hourly SMIC in force on `day`, in euros; before the first known date, the first known."""
    known = [amount for since, amount in SMIC_HORAIRE if since <= day]
    return known[-1] if known else SMIC_HORAIRE[0][1]
