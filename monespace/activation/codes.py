"""The code of a letter: made, read as people type it, dated. Nothing here is kept."""

import secrets
import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from monespace.horloge import PARIS
from monespace.refus import Refuse

# Crockford's base 32: neither I, L, O, that look like digits, nor U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
GROUP = 4
LONGEST_TYPED = 64
VALID_MONTHS = 3

_LOOK_ALIKES = str.maketrans("OIL", "011")
# GF(32), x⁵ + x² + 1: each symbol weighs a different power of x in the check, so that one wrong
# symbol, or two exchanged, never leave the sum at zero.
_REDUCTION = 0b100101


class MalEcrit(Refuse):
    """This is not how a code is written: a slip, told before any attempt is counted."""


def new_code() -> str:
    """A code that nobody can guess: 75 bits, then the symbol that checks them."""
    return completed([secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)])


def completed(values: list[int]) -> str:
    """The code that begins with these fifteen symbols."""
    # The last symbol has the weight 1: it is the sum of the others.
    return "".join(ALPHABET[value] for value in (*values, _sum([*values, 0])))


def printed(code: str) -> str:
    """«7K3M-9QXA-…», as the letter shows it."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(typed: str) -> str:
    """The code that was typed, whatever the spaces, hyphens and case. Raise MalEcrit."""
    if len(typed) > LONGEST_TYPED:
        raise MalEcrit(
            f"Un code compte {LENGTH} caractères\u00a0: ce que vous avez saisi est trop long. "
            "Recopiez seulement le code imprimé dans le cadre du courrier."
        )
    kept = [symbol for symbol in unicodedata.normalize("NFKC", typed) if not _is_separator(symbol)]
    code = "".join(_symbol(rank, symbol) for rank, symbol in enumerate(kept, start=1))
    if len(code) != LENGTH:
        raise MalEcrit(
            f"Un code compte {LENGTH} caractères, et vous en avez saisi {len(code)}. "
            "Recopiez le code imprimé dans le cadre du courrier, groupe par groupe."
        )
    if _sum([ALPHABET.index(symbol) for symbol in code]):
        raise MalEcrit(
            "Un caractère de ce code n’est pas le bon, ou deux sont inversés\u00a0: comparez-le "
            "au courrier, groupe par groupe. Cette erreur de frappe n’est pas comptée comme un "
            "essai."
        )
    return code


def expiry(received_on: date) -> datetime:
    """The instant from which a code received on that day is refused, in UTC.

    Three calendar months: the same day number or the last day of the month, until midnight in
    Paris.
    """
    months = received_on.year * 12 + received_on.month - 1 + VALID_MONTHS
    year, month = months // 12, months % 12 + 1
    last = date(year, month, min(received_on.day, monthrange(year, month)[1]))
    return datetime.combine(last + timedelta(days=1), time(), PARIS).astimezone(UTC)


def last_day(expire_le: datetime) -> date:
    """The last day on which the code may be used, in Paris."""
    return (expire_le - timedelta(seconds=1)).astimezone(PARIS).date()


def _is_separator(symbol: str) -> bool:
    return symbol in "\t\r\n\u2212_." or unicodedata.category(symbol) in (
        {"Zs", "Zl", "Zp", "Pd", "Cf"}
    )


def _symbol(rank: int, typed: str) -> str:
    symbol = typed.upper().translate(_LOOK_ALIKES) if typed.isascii() else ""
    if symbol in ALPHABET and symbol:
        return symbol
    if symbol == "U":
        raise MalEcrit(
            f"Aucun code ne contient la lettre U\u00a0: vérifiez le caractère n°\u00a0{rank}, "
            "c’est peut-être un V."
        )
    raise MalEcrit(
        f"Le caractère n°\u00a0{rank} n’existe dans aucun code\u00a0: vérifiez ce caractère. Un "
        "code n’est fait que de chiffres et de lettres sans accent."
    )


def _sum(values: list[int]) -> int:
    """The weighted sum of the sixteen symbols, Horner's way: zero for a code well typed."""
    total = 0
    for value in values:
        total <<= 1
        if total & 0b100000:
            total ^= _REDUCTION
        total ^= value
    return total
