"""How strong a password is, and in French what makes a weak one stronger.

Three measures, all needed: how much is left once the words that anybody would try, the dates and
the years are struck out; how soon somebody who knows people's habits would guess it (zxcvbn); how
many passwords of that length and those characters there are (what the CNIL asks for).
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from threading import Lock
from typing import Any

from zxcvbn import matching, zxcvbn

from monespace.comptes.mots_courants import MOTS_COURANTS
from monespace.comptes.passwords import LONGEST

SHORTEST = 12
BITS = 79.5
GOOD, EXCELLENT = 3, 4
# The estimator refuses more; the start of a password is never stronger than the whole.
ESTIMATED = 72
# Characters that must be left once everything known is struck out.
OWN = 8
# Sizes of the classes: the special characters are those the CNIL counts.
LETTERS, DIGITS, OTHERS = 26, 10, 37

CONSEIL = "Ajoutez trois ou quatre mots sans rapport entre eux."
DATE = "Retirez la date ou l’année."
COMMON = "Ce mot de passe est fait de mots ou de suites que beaucoup de gens utilisent."
PERSONAL = "Retirez ce qui rappelle votre nom, votre adresse, votre entreprise ou ce portail."

_WORDS = re.compile(r"[^\W_]+")
_DATES = re.compile(r"([0-9]{1,2}[/. -]?[0-9]{1,2}[/. -]?)?(19|20)[0-9]{2}")
_LOOK_ALIKES = str.maketrans("4@31!0$57", "aaeiiosst")
# The estimator keeps the words of the person in a global.
_one_at_a_time = Lock()
# It tries every reading of the look-alikes together: with all of them, one form could keep a
# worker busy for five seconds.
matching.L33T_TABLE.clear()
matching.L33T_TABLE.update(
    {"a": ["4", "@"], "e": ["3"], "i": ["1", "!"], "o": ["0"], "s": ["$", "5"], "t": ["7"]}
)


def weakness(password: str, contexte: Iterable[str], exigeant: bool = False) -> str:
    """What to do for this password to be accepted; "" when it is.

    `contexte`: what anybody knows of the person, their name, address, company… `exigeant`: for
    those who administer a company, and the people of the OPCO.
    """
    if len(password) > LONGEST:
        return "Raccourcissez votre mot de passe\u00a0: 1\u202f024 caractères au plus."
    if not password:
        return f"Choisissez un mot de passe de {SHORTEST} caractères au moins."
    if len(password) < SHORTEST:
        return (
            f"Votre mot de passe compte {len(password)} caractère{'s' * (len(password) > 1)}, "
            f"il en faut {SHORTEST} au moins. {CONSEIL}"
        )
    known = _known(contexte)
    if struck := _mostly_known(_plain(password).lower(), known):
        return f"{struck} {CONSEIL}"
    estimated = _estimated(password, [*known, *MOTS_COURANTS])
    if estimated["score"] < (EXCELLENT if exigeant else GOOD):
        return _told(estimated["sequence"])
    missing = math.ceil(BITS / _bits_of_one(password)) - len(password)
    if missing > 0:
        return (
            f"Ajoutez au moins {missing} caractère{'s' * (missing > 1)}, ou mêlez majuscules, "
            "minuscules, chiffres et signes. Le plus simple\u00a0: trois ou quatre mots sans "
            "rapport entre eux."
        )
    return ""


def _bits_of_one(password: str) -> float:
    """What each character is worth, by the classes that are used."""
    size = (
        LETTERS * any("a" <= one <= "z" for one in password)
        + LETTERS * any("A" <= one <= "Z" for one in password)
        + DIGITS * any("0" <= one <= "9" for one in password)
        + OTHERS * any(not (one.isascii() and one.isalnum()) for one in password)
    )
    return math.log2(size)


def _mostly_known(plain: str, contexte: list[str]) -> str:
    """Why what is left of it is too little once everything known is struck out, or ""."""
    struck = set().union(*(range(*found.span()) for found in _DATES.finditer(plain)))
    dated = len(plain) - len(struck) < OWN
    struck |= _found(plain, [word for word in MOTS_COURANTS if len(word) > 3])
    common = len(plain) - len(struck) < OWN
    struck |= _found(plain, contexte)
    if len(plain) - len(struck) >= OWN:
        return ""
    if dated:
        return DATE
    return COMMON if common else PERSONAL


def _found(plain: str, words: Iterable[str]) -> set[int]:
    """Where these words stand in it, backwards and with look-alikes too."""
    places: set[int] = set()
    for read in (plain, plain.translate(_LOOK_ALIKES)):
        for word in words:
            for one in (word, word[::-1]):
                for found in re.finditer(re.escape(one), read):
                    places.update(range(*found.span()))
    return places


def _estimated(password: str, known: list[str]) -> dict[str, Any]:
    start = password[:ESTIMATED]
    with _one_at_a_time:
        # Accents hide a word from the estimator, not from people.
        results = [zxcvbn(one, known) for one in {start, _plain(start)[:ESTIMATED]}]
    return dict(min(results, key=lambda one: one["guesses"]))


def _known(contexte: Iterable[str]) -> list[str]:
    """The words of the context, and each text whole without its spaces."""
    found: dict[str, None] = {}
    for text in contexte:
        plain = _plain(text).lower()
        for word in (*_WORDS.findall(plain), "".join(_WORDS.findall(plain))):
            if len(word) >= 3:
                found[word] = None
    return list(found)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _told(sequence: Iterable[dict[str, Any]]) -> str:
    """Why it would be guessed, by the parts the estimator recognised, and what to do."""
    parts = [*sequence]
    patterns = {part["pattern"] for part in parts}
    words = {part["dictionary_name"]: part for part in parts if part["pattern"] == "dictionary"}
    if "user_inputs" in words and words["user_inputs"]["matched_word"] not in MOTS_COURANTS:
        what = PERSONAL
    elif "user_inputs" in words or "passwords" in words:
        what = COMMON
    elif patterns & {"date", "regex"}:
        what = DATE
    elif patterns & {"repeat", "sequence", "spatial"}:
        what = "Évitez les répétitions et les suites comme «\u00a0aaaa\u00a0», 123456 ou azerty."
    else:
        what = "Ce mot de passe se devine trop facilement."
    return f"{what} {CONSEIL}"
