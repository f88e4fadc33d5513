"""Pure readers of typed text: what was typed goes in, a canonical value comes out.

Every reader expects a line cleaned by `line()` and raises `Illisible` when it cannot read it.
Lengths are checked first and digits are ASCII only: `int()` and `Decimal()` would accept
Arabic digits, `1_000` and `NaN`, and take seconds on very long text.
"""

import re
import unicodedata
from collections.abc import Callable

from stdnum.exceptions import ValidationError
from stdnum.fr import nir as stdnum_nir
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from monespace.forms.phrases import Illisible

LONGEST = 100
"""Characters beyond which a number, a date or an identifier is not even looked at."""

SIREN = "Indiquez un SIREN, 9 chiffres, par exemple 999 001 001."
SIRET = "Indiquez un SIRET, 14 chiffres, par exemple 999 001 001 00018."
NDA = "Indiquez un numéro de déclaration d’activité, 11 chiffres, par exemple 11 75 99901 75."
CODE_POSTAL = "Indiquez un code postal, 5 chiffres, par exemple 75011."
CODE_FORMATION = (
    "Indiquez un code RNCP ou RS, avec ses lettres, par exemple RNCP37948, RNCP37948BC02 ou RS5616."
)
CODE_NSF = "Indiquez un code de la nomenclature NSF, 3 chiffres, par exemple 315."
NIR = "Indiquez un numéro de sécurité sociale, 13 ou 15 caractères, par exemple 1 05 06 75 056 001."
CODE_ROME = "Indiquez un code ROME, une lettre de A à N puis 4 chiffres, par exemple M1805."

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, save those that separate words or lines
    "\xad\u200b\u2060\ufeff"  # invisible: soft hyphen, zero-width space, joiner, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\ufffe\uffff\ud800-\udfff]"  # what neither XML nor UTF-8 can carry
)
_BLANK_LINES = re.compile("\n{3,}")
_SEPARATORS = re.compile(r"[ .\-–/]")
_FORMATION = re.compile(r"(RNCP[0-9]{3,5})(?:BC([0-9]{1,2}))?|RS[0-9]{1,5}")
_NSF = re.compile(r"[1-4][0-9]{2}")
_ROME = re.compile(r"[A-N][0-9]{4}")
# Months 20 to 42 and 50 to 99 are given when the civil status is incomplete.
_NIR = re.compile(
    r"[123478][0-9]{2}(?:0[1-9]|1[0-2]|[23][0-9]|4[0-2]|[5-9][0-9])"
    r"(?:2[AB]|[0-9]{2})[0-9]{6}(?:[0-9]{2})?"
)
# The number of the specimen card, printed everywhere.
_SPECIMEN = "2690549588157"


def printable(typed: str) -> str:
    """The same text without what a database, a PDF or a workbook cannot hold; NFC."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", typed))


def line(typed: str, limit: int, otherwise: str) -> str:
    """`typed` on one line with single spaces; `Illisible(otherwise)` beyond `limit` characters."""
    if len(typed) > limit:
        raise Illisible(otherwise)
    return " ".join(printable(typed).split())


def lines(typed: str, limit: int, otherwise: str) -> str:
    """`typed` with its paragraphs, `\\n` between lines and at most one blank line in a row."""
    if len(typed) > limit:
        raise Illisible(otherwise)
    unix = printable(typed).replace("\r\n", "\n").replace("\r", "\n")
    cleaned = "\n".join(" ".join(each.split()) for each in unix.split("\n"))
    return _BLANK_LINES.sub("\n\n", cleaned).strip("\n")


def siren(typed: str) -> str:
    """The 9 digits of a SIREN."""
    return _checked(_digits(typed, "Le SIREN", 9, SIREN), "Ce SIREN", stdnum_siren.validate)


def siret(typed: str) -> str:
    """The 14 digits of a SIRET, those of La Poste included."""
    return _checked(_digits(typed, "Le SIRET", 14, SIRET), "Ce SIRET", stdnum_siret.validate)


def nda(typed: str) -> str:
    """The 11 digits of a numéro de déclaration d'activité; it has no check digit."""
    number = _digits(typed, "Le numéro de déclaration d’activité", 11, NDA)
    if not number.strip("0"):
        raise Illisible(NDA)
    return number


def code_postal(typed: str) -> str:
    """The 5 digits of a postal code, CEDEX included: whether it is listed is not looked at."""
    code = _digits(typed, "Le code postal", 5, CODE_POSTAL)
    if code.startswith(("00", "99")):
        raise Illisible(f"Un code postal commence par 01 à 98. {CODE_POSTAL}")
    return code


def code_formation(typed: str) -> str:
    """`RNCP37948`, `RNCP37948BC02` (bloc de compétences) or `RS5616`."""
    code = _SEPARATORS.sub("", typed).upper()
    if code.isascii() and code.isdigit():
        raise Illisible("Commencez ce code par RNCP ou RS, par exemple RNCP37948 ou RS5616.")
    found = _FORMATION.fullmatch(code)
    if not found:
        raise Illisible(CODE_FORMATION)
    fiche, bloc = found.groups()
    return f"{fiche}BC{int(bloc):02}" if bloc else code


def code_nsf(typed: str) -> str:
    """`315`: the code of a field of training in the NSF."""
    code = _SEPARATORS.sub("", typed)
    if not _NSF.fullmatch(code):
        raise Illisible(CODE_NSF)
    return code


def code_rome(typed: str) -> str:
    """`M1805`: the code of a trade in the ROME."""
    code = _SEPARATORS.sub("", typed).upper()
    if not _ROME.fullmatch(code):
        raise Illisible(CODE_ROME)
    return code


def nir(typed: str) -> str:
    """The 15 characters of a numéro de sécurité sociale; the key is added when it is left out."""
    number = _SEPARATORS.sub("", typed).upper()
    if not (number.isascii() and number.isalnum()):
        raise Illisible(NIR)
    if len(number) not in (13, 15):
        raise Illisible(
            "Le numéro de sécurité sociale compte 13 caractères, ou 15 avec sa clé ; "
            f"vous en avez saisi {len(number)}."
        )
    if not _NIR.fullmatch(number) or number.startswith(_SPECIMEN):
        raise Illisible(
            "Vérifiez ce numéro de sécurité sociale sur la carte Vitale de la personne."
        )
    key = str(stdnum_nir.calc_check_digits(number[:13]))
    if number[13:] not in ("", key):
        raise Illisible(
            "La clé ne correspond pas à ce numéro de sécurité sociale : vérifiez chaque caractère."
        )
    return number[:13] + key


def _digits(typed: str, what: str, length: int, otherwise: str) -> str:
    digits = _SEPARATORS.sub("", typed)
    if not (digits.isascii() and digits.isdigit()):
        raise Illisible(otherwise)
    if len(digits) != length:
        raise Illisible(f"{what} compte {length} chiffres ; vous en avez saisi {len(digits)}.")
    return digits


def _checked(digits: str, what: str, check: Callable[[str], str]) -> str:
    try:
        check(digits)
        known = digits[:9].strip("0") != ""  # stdnum finds nothing wrong in zeros
    except ValidationError:
        known = False
    if not known:
        raise Illisible(f"{what} comporte une erreur : vérifiez chaque chiffre.")
    return digits
