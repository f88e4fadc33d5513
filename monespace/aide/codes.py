"""Activation codes that people write where they must not: found, and taken out."""

import re
import unicodedata
from collections.abc import Callable, Sequence

from monespace.activation import codes

TAKEN_OUT = "[code retiré]"

_WORD = re.compile(r"[0-9A-Za-z]+")
# How the number of a bank account begins.
_IBAN = re.compile(r"(?:IBAN)?[A-Z]{2}[0-9]+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212._]{1,3}")


def without_codes(text: str) -> str:
    """The text without what looks like an activation code; the same text when nothing does."""
    plain = unicodedata.normalize("NFKC", text)
    # Those whose last symbol checks first: a word before a code must not shift what is taken.
    taken = _taken(_taken(plain, _is_well_written), _looks_like_one)
    return text if taken == plain else taken


def _taken(text: str, is_code: Callable[[Sequence[str]], bool]) -> str:
    """The text with a mark in place of each code."""
    words = list(_WORD.finditer(text))
    kept, since, first = "", 0, 0
    while first < len(words):
        last = _last_of_code(text, words, first, is_code)
        if last is not None:
            kept += text[since : words[first].start()] + TAKEN_OUT
            since, first = words[last].end(), last
        first += 1
    return kept + text[since:]


def _last_of_code(
    text: str,
    words: Sequence[re.Match[str]],
    first: int,
    is_code: Callable[[Sequence[str]], bool],
) -> int | None:
    """The rank of the last word of the code that begins with that word, if one does."""
    groups: list[str] = []
    for rank in range(first, len(words)):
        if rank > first and not _follow(text, words, rank):
            return None
        groups.append(words[rank].group())
        length = sum(map(len, groups))
        if length == codes.LENGTH:
            return _extended(text, words, rank) if is_code(groups) else None
        if length > codes.LENGTH:
            return None
    return None


def _extended(text: str, words: Sequence[re.Match[str]], rank: int) -> int:
    """A group more is what is left of a code when the word before it was taken with it."""
    following = rank + 1
    if following < len(words) and _follow(text, words, following):
        group = words[following].group()
        if len(group) == codes.GROUP and any(map(str.isdigit, group)):
            return following
    return rank


def _follow(text: str, words: Sequence[re.Match[str]], rank: int) -> bool:
    between = _BETWEEN.fullmatch(text, words[rank - 1].end(), words[rank].start())
    return between is not None


def _looks_like_one(groups: Sequence[str]) -> bool:
    """Even groups, a letter beside a digit in one of them: no sentence is written so."""
    mixed = any(any(map(str.isdigit, one)) and any(map(str.isalpha, one)) for one in groups)
    even = len({len(one) for one in groups}) == 1
    return mixed and even and not _IBAN.fullmatch("".join(groups))


def _is_well_written(groups: Sequence[str]) -> bool:
    """Its last symbol checks the rest; one chance in 32 for words, hence the groups or a digit."""
    told = any(map(str.isdigit, "".join(groups))) and len(groups) <= codes.LENGTH // 2
    try:
        codes.read("".join(groups))
    except codes.MalEcrit:
        return False
    return told or {len(one) for one in groups} == {codes.GROUP} or len(groups) == 1
