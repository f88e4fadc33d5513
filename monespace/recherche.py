"""How text is normalised to be found: no accents, no case, one space between words."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# What keyboards and word processors write differently.
_ALIKE = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-"}
)


def normalise(text: str) -> str:
    """«  Élodie  CŒUR » becomes «elodie coeur»."""
    plain = text.translate(_ALIKE)
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char)
    )
    return _SPACES.sub(" ", bare.casefold().replace("\0", "")).strip()


def terms(query: str) -> tuple[str, ...]:
    """The terms that must all be found; digits typed with spaces are one identifier."""
    normal = normalise(query)[:200]
    glued = normal.replace(" ", "")
    if glued.isascii() and glued.isdigit():
        return (glued,)
    return tuple(normal.split(" ")) if normal else ()
