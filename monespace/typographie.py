"""French typography: pure functions from a value to the text a person reads."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from monespace.horloge import paris, today

NBSP = "\u00a0"
THOUSANDS = "\u00a0"
FRENCH_SIGNS = str.maketrans({",": THOUSANDS, ".": ",", "-": "−"})
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
SHORT_MONTHS = (
    *("janv.", "févr.", "mars", "avr.", "mai", "juin"),
    *("juil.", "août", "sept.", "oct.", "nov.", "déc."),
)
CENT = Decimal("0.01")
SIZE_UNITS = ("octets", "ko", "Mo", "Go")
SIZE_STEP = 1024


def count(number: int) -> str:
    """Write a whole number by groups of three: 1234567 → «1 234 567»."""
    return f"{number:,}".translate(FRENCH_SIGNS)


def money(amount: int | Decimal | None) -> str:
    """Write euros: an int counts cents, a Decimal counts euros; None gives an empty text."""
    if amount is None:
        return ""
    euros = Decimal(amount) / 100 if isinstance(amount, int) else amount
    written = f"{euros.quantize(CENT, ROUND_HALF_UP):,f}"
    return written.translate(FRENCH_SIGNS) + NBSP + "€"


def date_long(day: date | None) -> str:
    """Write a day, or the day of an aware instant in Paris: «17 novembre 2026»."""
    if day is None:
        return ""
    day = _in_paris(day)
    return f"{_ordinal(day.day)}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def date_short(day: date | None) -> str:
    """Write a day, or that of an aware instant in Paris: «17 nov.», with another year than ours."""
    if day is None:
        return ""
    day = _in_paris(day)
    year = "" if day.year == today().year else f"{NBSP}{day.year}"
    return f"{_ordinal(day.day)}{NBSP}{SHORT_MONTHS[day.month - 1]}{year}"


def time_of(instant: datetime | None) -> str:
    """Write the time of an aware instant in Paris: «14:32»."""
    return "" if instant is None else f"{paris(instant):%H:%M}"


def moment_of(instant: datetime) -> str:
    """Write the day and the time of an aware instant in Paris: «23 novembre 2026 à 14:32»."""
    return f"{date_long(instant)} à {time_of(instant)}"


def siren(number: str) -> str:
    """Space the nine digits of a SIREN: «812 345 678»; anything else is left as it is."""
    if len(number) != 9 or not number.isdigit():
        return number
    return NBSP.join((number[:3], number[3:6], number[6:]))


def siret(number: str) -> str:
    """Space the fourteen digits of a SIRET: «812 345 678 00024»; anything else is left as it is."""
    if len(number) != 14 or not number.isdigit():
        return number
    return f"{siren(number[:9])}{NBSP}{number[9:]}"


def counted(number: int, ceiling: int) -> str:
    """Write a count that stopped past its ceiling: «1 000+»."""
    return f"{count(ceiling)}+" if number > ceiling else count(number)


def plural(number: int, singular: str, several: str) -> str:
    """Write a number and its noun; French counts 0 and 1 as singular: «0 dossier», «2 dossiers»."""
    return f"{count(number)}{NBSP}{singular if abs(number) < 2 else several}"


def file_size(octets: int) -> str:
    """Write the size of a file, given in bytes: «312 ko», «1,2 Mo»."""
    size = Decimal(octets)
    rank = 0
    while rank < len(SIZE_UNITS) - 1 and round(size) >= SIZE_STEP:
        size /= SIZE_STEP
        rank += 1
    if rank == 0:
        return plural(octets, "octet", "octets")
    digits = 1 if rank > 1 and size < 10 else 0
    return f"{size:.{digits}f}".replace(".", ",").replace(",0", "") + NBSP + SIZE_UNITS[rank]


def _in_paris(day: date) -> date:
    return paris(day) if isinstance(day, datetime) else day


def _ordinal(day: int) -> str:
    return "1er" if day == 1 else str(day)


FILTERS = {
    "money": money,
    "date": date_long,
    "date_short": date_short,
    "time": time_of,
    "count": count,
    "counted": counted,
    "siren": siren,
    "siret": siret,
    "plural": plural,
    "file_size": file_size,
}
