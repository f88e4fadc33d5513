"""Readers of amounts, durations, whole numbers and percentages.

Numbers are read as French people and their spreadsheets write them: spaces of any width,
apostrophes, points or commas between thousands, comma or point before the decimals.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

from monespace.argent import CENT
from monespace.forms.phrases import Illisible
from monespace.typographie import count, money

MONTANT = f"Indiquez un montant, par exemple {money(123456)}."
HEURES = "Indiquez un nombre d’heures, par exemple 13,5 ou 13h30."
ENTIER = "Indiquez un nombre entier, par exemple 12."
POURCENTAGE = "Indiquez un pourcentage, par exemple 12,5 %."

_NUMBER = re.compile(
    r"(?P<sign>[-−]?) ?"
    r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?P<group>[ '’.,])[0-9]{3}(?:(?P=group)[0-9]{3}){0,3})"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]{1,12}))?"
)
_TWO_READINGS = re.compile(r"[-−]?(?P<thousands>[1-9][0-9]{0,2})[.,](?P<rest>[0-9]{3})")
_EUROS = re.compile(r"^(?:€|eur) ?| ?(?:€|euros?|eur)$", re.IGNORECASE)
_CLOCK = re.compile(r"([0-9]{1,6}) ?(?:h|heures?|:) ?(?:([0-9]{2}) ?(?:mn|min|minutes?)?)?", re.I)
_HOURS = re.compile(r" ?(?:h|heures?)$", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


def montant(typed: str) -> Decimal:
    """Euros, with exactly two decimals."""
    amount = _EUROS.sub("", typed, count=1)
    ambiguous = _TWO_READINGS.fullmatch(amount)
    if ambiguous:
        raise Illisible(_which_amount(**ambiguous.groupdict()))
    number = _number(amount)
    if number is None and _LETTERS.search(amount):
        raise Illisible(f"Écrivez ce montant en chiffres, par exemple {money(123456)}.")
    if number is None:
        raise Illisible(MONTANT)
    return _hundredths(number, f"Arrondissez ce montant au centime, par exemple {money(123456)}.")


def heures(typed: str) -> Decimal:
    """Hours in hundredths: «13h30» is 13.50, «13h20» 13.33 (half up)."""
    clock = _CLOCK.fullmatch(typed)
    if clock:
        return _from_clock(int(clock[1]), int(clock[2] or 0))
    number = _number(_HOURS.sub("", typed))
    if number is None:
        raise Illisible(HEURES)
    return _hundredths(number, f"Deux décimales suffisent. {HEURES}")


def entier(typed: str) -> int:
    """A whole number."""
    number = _number(typed)
    if number is None or number.as_tuple().exponent != 0:
        raise Illisible(ENTIER)
    return int(number)


def pourcentage(typed: str) -> Decimal:
    """«12,5 %» is 12.50."""
    number = _number(typed.removesuffix("%").rstrip())
    if number is None:
        raise Illisible(POURCENTAGE)
    return _hundredths(number, f"Deux décimales suffisent. {POURCENTAGE}")


def decimal_text(number: Decimal) -> str:
    """«1 234,5»: French digits without useless zeros."""
    whole, _, decimals = f"{abs(number):.2f}".partition(".")
    decimals = decimals.rstrip("0")
    sign = "−" if number < 0 else ""
    return f"{sign}{count(int(whole))}{',' if decimals else ''}{decimals}"


def _number(typed: str) -> Decimal | None:
    found = _NUMBER.fullmatch(typed)
    if not found or (found["point"] and found["point"] == found["group"]):
        return None
    whole = "".join(digit for digit in found["whole"] if digit in "0123456789")
    sign = "-" if found["sign"] else ""
    return Decimal(f"{sign}{whole}.{found['decimals']}" if found["decimals"] else sign + whole)


def _hundredths(number: Decimal, otherwise: str) -> Decimal:
    rounded = number.quantize(CENT)
    if rounded != number:
        raise Illisible(otherwise)
    return rounded + 0  # no negative zero


def _from_clock(hours: int, minutes: int) -> Decimal:
    if minutes > 59:
        raise Illisible(f"Les minutes vont de 0 à 59. {HEURES}")
    return (hours + Decimal(minutes) / 60).quantize(CENT, ROUND_HALF_UP)


def _which_amount(thousands: str, rest: str) -> str:
    high = money(int(thousands + rest) * 100)
    low = money(int(thousands + rest[:2]))
    return f"Ce montant peut se lire {high} ou {low}. Indiquez-le avec ses centimes : {high}."
