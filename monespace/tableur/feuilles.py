"""What was read of a spreadsheet: sheets of cells, as the portal keeps them between two pages."""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

MOST_BYTES = 200 * 1024 * 1024
"""What may come out of bytes the portal wrote itself: a guard against damage."""


@dataclass(frozen=True, slots=True)
class Defaut:
    """A cell that gives no value: what it shows, and the sentence that says what to do."""

    texte: str
    sentence: str


Valeur: TypeAlias = str | float | bool | date | Defaut | None


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: line 1 of Excel is `lignes[0]`; all lines have the same length.

    `reste`: how many lines that hold something come after those that were read.
    """

    nom: str
    lignes: Sequence[Sequence[Valeur]]
    reste: int = 0

    @property
    def largeur(self) -> int:
        """How many columns were read."""
        return len(self.lignes[0]) if self.lignes else 0

    def ligne(self, numero: int) -> Sequence[Valeur]:
        """The line that Excel numbers so; empty when there is none."""
        return self.lignes[numero - 1] if 1 <= numero <= len(self.lignes) else ()


@dataclass(frozen=True, slots=True)
class Feuilles:
    """A file that was read: "xlsx", "csv" or "texte"; `avis` are sentences to show.

    `depuis_1904`: its dates are counted from 1904, those left as plain numbers included.
    """

    format: str
    feuilles: tuple[Feuille, ...]
    avis: tuple[str, ...] = ()
    depuis_1904: bool = False

    def to_bytes(self) -> bytes:
        kept = {
            "format": self.format,
            "avis": self.avis,
            "depuis_1904": self.depuis_1904,
            "feuilles": [
                {
                    "nom": one.nom,
                    "reste": one.reste,
                    "lignes": list(map(_written, one.lignes)),
                }
                for one in self.feuilles
            ],
        }
        return zlib.compress(json.dumps(kept).encode(), 1)

    @classmethod
    def from_bytes(cls, b: bytes) -> "Feuilles":
        whole = zlib.decompressobj().decompress(b, MOST_BYTES)
        return cls.from_json(json.loads(whole))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Feuilles":
        """Also what the process that reads workbooks answers."""
        return cls(
            format=kept["format"],
            feuilles=tuple(
                Feuille(one["nom"], [_read(row) for row in one["lignes"]], one["reste"])
                for one in kept["feuilles"]
            ),
            avis=tuple(kept["avis"]),
            depuis_1904=kept["depuis_1904"],
        )


def lettre(index: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(ord("A") + rest) + letters
        index -= 1
    return letters


def blank(valeur: Valeur) -> bool:
    """Whether a cell shows nothing."""
    if isinstance(valeur, Defaut):
        return not valeur.texte
    return valeur is None or (isinstance(valeur, str) and not valeur.strip())


def texte(valeur: Valeur) -> str:
    """A cell as it is read on screen."""
    if valeur is None:
        return ""
    if isinstance(valeur, Defaut):
        return valeur.texte
    if isinstance(valeur, bool):
        return "VRAI" if valeur else "FAUX"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return valeur if isinstance(valeur, str) else f"{valeur:.15g}".replace(".", ",")


def squared(rows: Iterable[Sequence[Valeur]]) -> list[list[Valeur]]:
    """The same rows, without the blank ones at the end nor blank columns at the right."""
    found = [list(row) for row in rows]
    while found and all(blank(cell) for cell in found[-1]):
        found.pop()
    width = max((_extent(row) for row in found), default=0)
    return [row[:width] + [None] * (width - len(row)) for row in found]


def _extent(row: Sequence[Valeur]) -> int:
    return next((rank for rank in range(len(row), 0, -1) if not blank(row[rank - 1])), 0)


def _written(row: Sequence[Valeur]) -> list[object]:
    return [
        {"j": cell.isoformat()}
        if isinstance(cell, date)
        else {"t": cell.texte, "d": cell.sentence}
        if isinstance(cell, Defaut)
        else cell
        for cell in row
    ]


def _read(row: list[Any]) -> list[Valeur]:
    return [_cell(cell) if cell.__class__ is dict else cell for cell in row]


def _cell(kept: Mapping[str, str]) -> Valeur:
    return date.fromisoformat(kept["j"]) if "j" in kept else Defaut(kept["t"], kept["d"])
