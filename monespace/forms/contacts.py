"""Readers of e-mail addresses and telephone numbers."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from monespace.forms.phrases import Illisible
from monespace.typographie import NBSP

EMAIL = "Indiquez une adresse électronique sans accent ni espace, par exemple nom@entreprise.fr."
PHONE = "Indiquez un numéro de téléphone français, par exemple 01 88 13 10 00."

_DIALLED = re.compile(r"[+(]*[0-9][0-9 ().\-/]{3,24}")
_TEN_DIGITS = re.compile("0[1-9][0-9]{8}")
# Where a number is dialled «0…». Elsewhere overseas it is shorter, and only «+» tells whose it is.
_OVERSEAS = ("YT", "MQ", "GF", "GP", "RE")
_ELSEWHERE = ("PM", "NC", "PF", "WF")
_FRANCE = phonenumbers.country_code_for_region("FR")
_DIALLED_0 = {_FRANCE, *map(phonenumbers.country_code_for_region, _OVERSEAS)}
_FRENCH_CODES = _DIALLED_0 | set(map(phonenumbers.country_code_for_region, _ELSEWHERE))


def email(typed: str) -> str:
    """The address with its domain in lower case; whether it receives mail is not looked at."""
    try:
        found = validate_email(typed, allow_smtputf8=False, check_deliverability=False)
    except EmailNotValidError:
        raise Illisible(EMAIL) from None
    return found.normalized


def phone(typed: str) -> str:
    """The E.164 form («+33188131000») of a French number, overseas included."""
    if not _DIALLED.fullmatch(typed):
        raise Illisible(PHONE)
    number = _parsed(typed, "FR")
    if number and number.country_code == _FRANCE:
        number = _ten_digits(f"0{number.national_number}")
    elif number and not phonenumbers.is_valid_number(number):
        number = None
    if number is None or number.country_code not in _FRENCH_CODES:
        raise Illisible(PHONE)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def phone_text(number: str) -> str:
    """An E.164 number as it is dialled: «01 88 13 10 00», «+687 20 12 34»; else as it is."""
    parsed = _parsed(number, "FR")
    if parsed is None:
        return number
    dialled_0 = parsed.country_code in _DIALLED_0
    shape = PhoneNumberFormat.NATIONAL if dialled_0 else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape).replace(" ", NBSP).replace(".", NBSP)


def _ten_digits(dialled: str) -> PhoneNumber | None:
    """The number dialled «0…», overseas or in France, where new ranges open every year."""
    if not _TEN_DIGITS.fullmatch(dialled):
        return None
    # FR takes overseas numbers for its own (0269, 0596); 08 and 09 are everybody's.
    for region in () if dialled.startswith(("08", "09")) else _OVERSEAS:
        number = _parsed(dialled, region)
        if number and phonenumbers.is_valid_number(number):
            return number
    return _parsed(dialled, "FR")


def _parsed(typed: str, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(typed, region)
    except NumberParseException:
        return None
