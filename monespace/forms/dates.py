"""Reader of dates, typed in three controls or whole in the first one."""

import calendar
import re
import unicodedata
from datetime import date

from monespace import horloge
from monespace.forms.phrases import Illisible
from monespace.typographie import MONTHS, date_long

DATE = "Indiquez un jour, un mois et une année, par exemple 27 3 2026."

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)

_PARTS = ("le jour", "le mois", "l’année")
_AHEAD = 20
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_WHOLE = re.compile(r"([0-9]{1,2}(?:er)?)[ /.\-]+([^\W\d_]+\.?|[0-9]{1,2})[ /.\-]+([0-9]{2,4})")


def jour(typed: tuple[str, str, str], past: bool = False) -> date:
    """The date made of these day, month and year; the day alone may hold all of it.

    The month may be a word. A year of two digits is the one between 79 years ago and 20 years
    ahead of today, or the last one not in the future when `past`.
    """
    day, month, year = _whole(typed[0]) if typed[0] and not any(typed[1:]) else typed
    absent = [name for name, part in zip(_PARTS, (day, month, year), strict=True) if not part]
    if absent:
        raise Illisible(f"Complétez la date : il manque {' et '.join(absent)}. {DATE}")
    return _existing(_day(day), _month(month), _year(year, past))


def _whole(typed: str) -> tuple[str, str, str]:
    if found := _ISO.fullmatch(typed):
        return found[3], found[2], found[1]
    if found := _COMPACT.fullmatch(typed) or _WHOLE.fullmatch(typed):
        return found[1], found[2], found[3]
    return typed, "", ""


def _day(typed: str) -> int:
    number = _small(typed.casefold().removesuffix("er"))
    if number is None or not 1 <= number <= 31:
        raise Illisible("Indiquez un jour de 1 à 31, par exemple 27.")
    return number


def _month(typed: str) -> int:
    number = _small(typed)
    if number is None:
        start = _folded(typed).removesuffix(".")
        named = [rank for rank, name in enumerate(MONTHS, 1) if _folded(name).startswith(start)]
        number = named[0] if len(start) >= 3 and len(named) == 1 else 0
    if not 1 <= number <= 12:
        raise Illisible("Indiquez un mois de 1 à 12 ou en lettres, par exemple 3 ou mars.")
    return number


def _year(typed: str, past: bool) -> int:
    number = _small(typed)
    if number is not None and len(typed) == 2:
        newest = horloge.today().year + (0 if past else _AHEAD)
        return newest - (newest - number) % 100
    if number is None or not FIRST.year <= number <= LAST.year:
        raise Illisible("Indiquez une année en quatre chiffres, par exemple 2026.")
    return number


def _existing(day: int, month: int, year: int) -> date:
    last = calendar.monthrange(year, month)[1]
    if day > last:
        told = date_long(date(year, month, last)).replace(str(last), str(day), 1)
        raise Illisible(
            f"Le {told} n’existe pas : ce mois compte {last} jours. "
            f"Vérifiez le jour, par exemple {last} {month} {year}."
        )
    return date(year, month, day)


def _small(typed: str) -> int | None:
    digits = typed.isascii() and typed.isdigit() and len(typed) <= 4
    return int(typed) if digits else None


def _folded(typed: str) -> str:
    decomposed = unicodedata.normalize("NFD", typed.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))
