"""Communes by postal code, and the départements they are in.

CEDEX codes and Monaco are not in the list: an unknown code may still be a real one.
"""

from dataclasses import dataclass
from functools import cache

from monespace.referentiels import fichiers

_CORSE = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}
_OUTRE_MER = ("97", "98")


@dataclass(frozen=True, slots=True)
class Departement:
    """A département, or an overseas collectivity."""

    code: str
    nom: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with its INSEE code; Paris, Lyon and Marseille are one each."""

    code_insee: str
    nom: str
    departement: str


def communes(code_postal: str) -> tuple[Commune, ...]:
    """The communes served by this postal code, by name; empty for an unknown code."""
    return _par_code_postal().get(code_postal, ())


def connu(code_postal: str) -> bool:
    """Whether the postal code is in the list."""
    return code_postal in _par_code_postal()


def departement(code_postal: str) -> Departement | None:
    """Where this postal code is, told by its first digits when they alone know: a CEDEX, or a code
    shared by several départements."""
    codes = {commune.departement for commune in communes(code_postal)}
    return _departements().get(codes.pop() if len(codes) == 1 else _par_debut(code_postal))


def _par_debut(code_postal: str) -> str:
    if code_postal.startswith(_OUTRE_MER):
        return code_postal[:3]
    return _CORSE.get(code_postal[:3], code_postal[:2])


@cache
def _par_code_postal() -> dict[str, tuple[Commune, ...]]:
    known: dict[str, Commune] = {}
    found: dict[str, list[Commune]] = {}
    for code_postal, code_insee, nom, departement_ in fichiers.read(fichiers.COMMUNES):
        commune = known.setdefault(code_insee, Commune(code_insee, nom, departement_))
        found.setdefault(code_postal, []).append(commune)
    return {code_postal: tuple(several) for code_postal, several in found.items()}


@cache
def _departements() -> dict[str, Departement]:
    return {code: Departement(code, nom) for code, nom in fichiers.read(fichiers.DEPARTEMENTS)}
