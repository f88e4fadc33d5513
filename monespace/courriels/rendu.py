"""The links of a mail: written as paths, made whole addresses as it leaves."""

import re

from monespace.coffre import Coffre

_LINK = re.compile(r"\[\[(!?)(/[^\]\s]*)\]\]")
# Each bracket that another one follows: of three in a row, the last two open a marker as well.
_OPENING = re.compile(r"\[(?=\[)")


def link(path: str) -> str:
    """In the text of a mail: the address of a page."""
    return f"[[{path}]]"


def signed_link(path: str) -> str:
    """In the text of a mail: an address that only who reads the mail knows."""
    return f"[[!{path}]]"


def inert(typed: str) -> str:
    """What somebody typed, with nothing in it that would become a link of the portal."""
    return _OPENING.sub("[\u2060", typed)


def rendered(texte: str, base_url: str, coffre: Coffre) -> str:
    """The text as it is sent."""

    def address(found: re.Match[str]) -> str:
        signed, path = found.groups()
        return f"{base_url}{path}" + (f"?s={coffre.sign(path)}" if signed else "")

    return _LINK.sub(address, texte)
