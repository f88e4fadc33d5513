"""What spreadsheets turn typed values into, and what a person would have typed for a cell."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from monespace.argent import CENT
from monespace.forms.phrases import Illisible
from monespace.recherche import normalise

Cellule: TypeAlias = str | float | bool | date
"""A cell that is not blank, as it is read of a workbook; always text in a CSV."""

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{1,3}")
_WORD = re.compile(r"[^0-9a-z]+")
# «né(e)», «employé.e», «salarié·e·s»: how French writes both genders at once.
_BOTH = re.compile(r"[(.·•](?:e|ne|le|se|euse|rice)[).·•]?(?=s?\b|\s|$)", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_NUMBER = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{1,20})?")
_CLOCK = re.compile(r"[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?$")
_WEEKDAY = re.compile(r"^(?:lun|mar|mercre|jeu|vendre|same|diman)(?:di|che),? +", re.IGNORECASE)
# Beyond, a spreadsheet has already forgotten digits.
_EXACT = 10**15
# Serial numbers of 1927 and of 2099; below stand years, ages and numbers of departments.
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 73_050
_EPOCH = date(1899, 12, 30)


def folded(text: str) -> str:
    """«Employé(e) qualifié·e» becomes «employe qualifie»: accents, case and signs do not count."""
    return _WORD.sub(" ", normalise(_BOTH.sub("", unicodedata.normalize("NFC", text)))).strip()


def typed(cellule: Cellule) -> str:
    """The text a person sees in that cell; raises `Illisible` when digits were lost."""
    if isinstance(cellule, bool):
        return "VRAI" if cellule else "FAUX"
    if isinstance(cellule, date):
        return f"{cellule:%d/%m/%Y}"
    if isinstance(cellule, float | int):
        return _number(cellule)
    if _SCIENTIFIC.fullmatch(cellule.strip()):
        raise Illisible(_abridged(cellule.strip()))
    return cellule


def digits(cellule: Cellule, length: int, whole: Callable[[str], object] | None = None) -> str:
    """A number of `length` digits, with the zeros a spreadsheet takes from its beginning.

    `whole` reads a number and raises `Illisible`: zeros are put back only when it then accepts it.
    """
    refuse_date(cellule)
    text = typed(cellule)
    bare = "".join(text.split())
    if not _DIGITS.fullmatch(bare) or not length - 3 < len(bare) < length:
        return text
    padded = bare.zfill(length)
    if whole:
        try:
            whole(padded)
        except Illisible:
            return text
    return padded


def rounded(cellule: Cellule) -> str:
    """A number as its cell shows it, at most two decimals: what is behind them was computed."""
    refuse_date(cellule)
    if isinstance(cellule, float) and abs(cellule) < _EXACT:
        return _comma(Decimal(repr(cellule)).quantize(CENT, ROUND_HALF_UP))
    return typed(cellule)


def percentage(cellule: Cellule) -> str:
    """«80» for 80, and for 0.8 or «0,8»: a spreadsheet keeps 80 % as a fraction."""
    refuse_date(cellule)
    text = typed(cellule).strip()
    if isinstance(cellule, bool) or not _NUMBER.fullmatch(text):
        return text
    number = Decimal(text.replace(",", "."))
    return _comma((number * 100 if number <= 1 else number).quantize(CENT, ROUND_HALF_UP))


def day(cellule: Cellule) -> tuple[str, str, str]:
    """Day, month and year of a date, of a serial number, or of a text (whole in the first)."""
    if isinstance(cellule, date):
        return (str(cellule.day), str(cellule.month), str(cellule.year))
    if isinstance(cellule, bool):
        return (typed(cellule), "", "")
    if isinstance(cellule, float | int) and cellule % 1 and cellule < _LAST_SERIAL:
        cellule = float(int(cellule))  # what follows the point is the time of the day
    text = _WEEKDAY.sub("", _CLOCK.sub("", typed(cellule).strip()))
    if _DIGITS.fullmatch(text):
        return _day_in(text)
    return (text, "", "")


def phone(cellule: Cellule) -> str:
    """A telephone number, with the 0 or the + that a spreadsheet takes away."""
    refuse_date(cellule)
    text = typed(cellule).strip()
    bare = re.sub(r"[ .\-]", "", text)
    if re.fullmatch("[1-9][0-9]{8}", bare):
        return f"0{bare}"
    if re.fullmatch("33[1-9][0-9]{8}|(?:262|508|590|594|596|687|689)[0-9]{6,9}", bare):
        return f"+{bare}"
    return text


def refuse_date(cellule: Cellule) -> None:
    """Raise `Illisible` for a date where none is expected: Excel takes «13.5» for 13 May."""
    if isinstance(cellule, date):
        raise Illisible(
            f"Le tableur a pris cette valeur pour une date ({cellule:%d/%m/%Y}). "
            "Mettez la cellule au format Texte, puis retapez la valeur."
        )


def _number(number: float) -> str:
    if not abs(number) < _EXACT:  # what is no number at all included
        raise Illisible(_abridged(f"{number:.5E}".replace(".", ",")))
    return str(int(number)) if number == int(number) else _comma(Decimal(repr(number)))


def _comma(number: Decimal) -> str:
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def _abridged(shown: str) -> str:
    return (
        f"Le tableur a abrégé ce numéro en {shown} et peut en avoir perdu des chiffres. "
        "Mettez la colonne au format Texte, puis retapez le numéro en entier."
    )


def _day_in(text: str) -> tuple[str, str, str]:
    """A date written in digits alone."""
    if len(text) in (7, 8):
        day_first = text.zfill(8)
        if int(day_first[2:4]) > 12 or int(day_first[4:]) < 1900:
            return (f"{text[:4]}-{text[4:6]}-{text[6:]}", "", "")
        return (day_first, "", "")
    if len(text) == 5 and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return day(_EPOCH + timedelta(days=int(text)))
    return (text, "", "")
