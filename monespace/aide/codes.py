"""Activation codes that people write where they must not: found, and taken out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from monespace.activation import codes

TAKEN_OUT = "[code retiré]"

_WORD = re.compile(r"[0-9A-Za-z]+")
# How the number of a bank account begins.
_IBAN = re.compile(r"(?:IBAN)?[A-Z]{2}[0-9]+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212._]{1,3}")


def without_codes(text: str) -> str:
    """The text without what looks like an activation code; the same text when nothing does."""
    plain = unicodedata.normalize("NFKC", text)
    kept, since = "", 0
    for start, end in _codes(plain):
        if start > since or not since:
            kept += plain[since:start] + TAKEN_OUT
        since = max(since, end)
    return kept + plain[since:] if since else text


def _codes(text: str) -> Iterator[tuple[int, int]]:
    """Where codes stand. They may overlap: a word beside a code must not save a part of it."""
    words = list(_WORD.finditer(text))
    for first, word in enumerate(words):
        last = _last_of_code(text, words, first)
        if last is not None:
            yield word.start(), words[last].end()


def _last_of_code(text: str, words: Sequence[re.Match[str]], first: int) -> int | None:
    """The rank of the last word of the code that begins with that word, if one does."""
    groups: list[str] = []
    for rank in range(first, len(words)):
        if rank > first and not _follow(text, words, rank):
            return None
        groups.append(words[rank].group())
        length = sum(map(len, groups))
        if length >= codes.LENGTH:
            return rank if length == codes.LENGTH and _is_code(groups) else None
    return None


def _follow(text: str, words: Sequence[re.Match[str]], rank: int) -> bool:
    between = _BETWEEN.fullmatch(text, words[rank - 1].end(), words[rank].start())
    return between is not None


def _is_code(groups: Sequence[str]) -> bool:
    return _is_printed(groups) or _looks_like_one(groups) or _is_in_pieces(groups)


def _is_printed(groups: Sequence[str]) -> bool:
    """In one piece, or in groups as the letter shows it, and its last symbol checks the rest."""
    return {len(one) for one in groups} <= {codes.GROUP, codes.LENGTH} and _checks(groups)


def _looks_like_one(groups: Sequence[str]) -> bool:
    """Even groups, a letter beside a digit in one of them: no sentence is written so."""
    even = len({len(one) for one in groups}) == 1
    return even and _is_mixed(groups) and not _IBAN.fullmatch("".join(groups))


def _is_in_pieces(groups: Sequence[str]) -> bool:
    """Cut anyhow, a letter beside a digit, and its last symbol checks the rest."""
    return len(groups) <= codes.LENGTH // 2 and _is_mixed(groups) and _checks(groups)


def _is_mixed(groups: Sequence[str]) -> bool:
    return any(any(map(str.isdigit, one)) and any(map(str.isalpha, one)) for one in groups)


def _checks(groups: Sequence[str]) -> bool:
    try:
        codes.read("".join(groups))
    except codes.MalEcrit:
        return False
    return True
