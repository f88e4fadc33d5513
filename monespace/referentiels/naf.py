"""Codes APE: the 732 sub-classes of the NAF rév. 2."""

from functools import cache

from monespace.referentiels import fichiers


def libelle(code: str) -> str:
    """«Nettoyage courant des bâtiments» for `8121Z` or `81.21Z`; empty for an unknown code."""
    return _libelles().get(code.replace(".", ""), "")


def text(code: str) -> str:
    """«81.21Z – Nettoyage courant des bâtiments»; the code alone when it is unknown."""
    compact = code.replace(".", "")
    pointed = f"{compact[:2]}.{compact[2:]}"
    nom = libelle(compact)
    return f"{pointed}\u00a0– {nom}" if nom else pointed


@cache
def _libelles() -> dict[str, str]:
    rows = fichiers.read(fichiers.NAF)
    return {code: nom for code, nom, *_ in rows}
