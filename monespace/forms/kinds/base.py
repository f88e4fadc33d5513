"""What every kind of answer can do."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Generic, TypeAlias, TypeVar

from monespace.db import Json
from monespace.forms import cellules
from monespace.forms.cellules import Cellule
from monespace.forms.phrases import Illisible, insecables
from monespace.forms.validators import LONGEST, line

Raw: TypeAlias = tuple[str, ...]
"""What was typed, one string per control, exactly as received."""

Cell: TypeAlias = str | int | float | Decimal | date | None

V = TypeVar("V")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed list: what is posted, and what is read."""

    value: str
    label: str


def options_of(pairs: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    """Options from (value, label) pairs, labels in French typography."""
    return tuple(Option(value, insecables(label)) for value, label in pairs)


class Kind(ABC, Generic[V]):
    """A kind of answer: its controls, reading, text, JSON form and Excel cell, for values V."""

    component: str = "text"
    """The macro that draws it."""
    parts: ClassVar[tuple[str, ...]] = ("",)
    """Suffixes of its controls."""
    silent: bool = False
    """Whether a browser posts nothing for it while it is empty."""
    numeric: ClassVar[bool] = False
    inputmode: ClassVar[str] = ""
    width: str = "w-full"
    number_format: str = "@"
    invite: str = ""
    """The sentence that asks for such a value, with an example."""
    options: tuple[Option, ...] = ()

    def controls(self, name: str) -> tuple[str, ...]:
        """The names of the controls of the question `name`."""
        return tuple(f"{name}-{part}" if part else name for part in self.parts)

    @abstractmethod
    def read(self, raw: Raw) -> V | None:
        """The value typed, None when blank; raises `Illisible`."""

    @abstractmethod
    def write(self, value: V | None) -> Raw:
        """What stands in each control for `value`; reading it back gives `value`."""

    @abstractmethod
    def text(self, value: V | None) -> str:
        """`value` as read on screen, in French typography; empty for None."""

    @abstractmethod
    def to_json(self, value: V) -> Json:
        """The canonical form, as the database and the API keep it."""

    @abstractmethod
    def from_json(self, json: Json) -> V:
        """The value of a canonical form. Its type alone is checked, so that what was kept before
        a limit or a list changed is still read; raises `Illisible`."""

    def cell(self, value: V | None) -> Cell:
        """`value` as an Excel cell under `number_format`."""
        return self.text(value) or None

    def from_cell(self, cellule: Cellule) -> Raw:
        """What a person would have typed for that cell of a spreadsheet.

        Raises `Illisible` when the spreadsheet lost a part of it; `read` says whether it is right.
        """
        return (cellules.typed(cellule),)

    @abstractmethod
    def schema(self) -> dict[str, Json]:
        """The JSON schema of the canonical form."""

    def _typed(self, json: Json, expected: type[T]) -> T:
        """`json`, if it is of that type: a boolean is no integer here."""
        if not isinstance(json, expected) or (isinstance(json, bool) and expected is not bool):
            raise Illisible(self.invite)
        return json


class Line(Kind[V]):
    """A value typed in one control on one line."""

    limit: int = LONGEST
    """Characters beyond which what was typed is not even looked at."""

    def read(self, raw: Raw) -> V | None:
        typed = line(raw[0] if raw else "", self.limit, self.invite)
        return self.parse(typed) if typed else None

    @abstractmethod
    def parse(self, typed: str) -> V:
        """The value of a cleaned line that is not blank; raises `Illisible`."""

    def write(self, value: V | None) -> Raw:
        return (self.text(value),)


class Code(Line[str]):
    """A line whose canonical form is its own text, kept as text everywhere."""

    pattern: ClassVar[str] = ""

    def text(self, value: str | None) -> str:
        return value or ""

    def to_json(self, value: str) -> Json:
        return value

    def from_json(self, json: Json) -> str:
        return self._typed(json, str)

    def cell(self, value: str | None) -> Cell:
        return value

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "pattern": f"^{self.pattern}$"}
