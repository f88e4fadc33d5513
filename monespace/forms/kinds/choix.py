"""Answers taken from a closed list."""

from collections.abc import Sequence

from monespace.db import Json
from monespace.forms.kinds.base import Cell, Kind, Option, Raw, options_of
from monespace.forms.phrases import Illisible, insecables
from monespace.forms.validators import LONGEST, line

MOST_RADIOS = 5
"""Beyond, a drop-down list is quicker to read than radio buttons."""


class YesNo(Kind[bool]):
    """Oui or non."""

    component = "radios"
    silent = True
    invite = "Choisissez oui ou non."
    options = options_of((("oui", "Oui"), ("non", "Non")))

    def read(self, raw: Raw) -> bool | None:
        typed = _ticked(raw, self.invite)
        if typed and typed not in ("oui", "non"):
            raise Illisible(self.invite)
        return typed == "oui" if typed else None

    def write(self, value: bool | None) -> Raw:
        return (self.text(value).lower(),)

    def text(self, value: bool | None) -> str:
        return "" if value is None else ("Oui" if value else "Non")

    def to_json(self, value: bool) -> Json:
        return value

    def from_json(self, json: Json) -> bool:
        return self._typed(json, bool)

    def schema(self) -> dict[str, Json]:
        return {"type": "boolean"}


class Choice(Kind[str]):
    """One of a few (value, label) pairs: radio buttons, or a drop-down list of many."""

    def __init__(self, *options: tuple[str, str]) -> None:
        self.options = options_of(options)
        self.silent = len(options) <= MOST_RADIOS
        self.component = "radios" if self.silent else "select"
        self.invite = _invite(self.options)
        self._labels = {option.value: option.label for option in self.options}

    def read(self, raw: Raw) -> str | None:
        typed = _ticked(raw, self.invite)
        if typed and typed not in self._labels:
            raise Illisible(self.invite)
        return typed or None

    def write(self, value: str | None) -> Raw:
        return (value or "",)

    def text(self, value: str | None) -> str:
        return self._labels.get(value, value) if value else ""

    def to_json(self, value: str) -> Json:
        return value

    def from_json(self, json: Json) -> str:
        return self._typed(json, str)

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "enum": [option.value for option in self.options]}


class Choices(Kind[tuple[str, ...]]):
    """Any number of (value, label) pairs, ticked; kept in the order they are declared."""

    component = "checkboxes"
    silent = True

    def __init__(self, *options: tuple[str, str]) -> None:
        self.options = options_of(options)
        self.invite = _invite(self.options)
        self._labels = {option.value: option.label for option in self.options}

    def read(self, raw: Raw) -> tuple[str, ...] | None:
        ticked = {line(each, LONGEST, self.invite) for each in raw} - {""}
        if not ticked <= self._labels.keys():
            raise Illisible(self.invite)
        return tuple(value for value in self._labels if value in ticked) or None

    def write(self, value: tuple[str, ...] | None) -> Raw:
        return value or ()

    def text(self, value: tuple[str, ...] | None) -> str:
        return ", ".join(self._labels.get(each, each) for each in value or ())

    def to_json(self, value: tuple[str, ...]) -> Json:
        return list(value)

    def from_json(self, json: Json) -> tuple[str, ...]:
        return tuple(self._typed(each, str) for each in self._typed(json, list))

    def schema(self) -> dict[str, Json]:
        return {
            "type": "array",
            "items": {"type": "string", "enum": [option.value for option in self.options]},
            "minItems": 1,
            "uniqueItems": True,
        }


class Listed(Kind[str]):
    """A kind whose answer is taken from a list known only when it is asked."""

    component = "select"

    def __init__(self, kind: Kind[str], options: Sequence[Option]) -> None:
        self.kind = kind
        self.options = tuple(options)
        self.number_format = kind.number_format
        self.invite = _invite(self.options)
        self._labels = {option.value: option.label for option in self.options}

    def read(self, raw: Raw) -> str | None:
        value = self.kind.read(raw)
        if value is not None and value not in self._labels:
            raise Illisible(self.invite)
        return value

    def write(self, value: str | None) -> Raw:
        return (value or "",)

    def text(self, value: str | None) -> str:
        return self._labels.get(value or "") or self.kind.text(value)

    def to_json(self, value: str) -> Json:
        return self.kind.to_json(value)

    def from_json(self, json: Json) -> str:
        return self.kind.from_json(json)

    def cell(self, value: str | None) -> Cell:
        return self.kind.cell(value)

    def schema(self) -> dict[str, Json]:
        return self.kind.schema()


def _ticked(raw: Raw, otherwise: str) -> str:
    return line(raw[0] if raw else "", LONGEST, otherwise)


def _invite(options: tuple[Option, ...]) -> str:
    example = f", par exemple « {options[0].label} »" if options else ""
    return insecables(f"Choisissez l’une des réponses proposées{example}.")
