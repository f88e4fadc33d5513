"""Answers taken from a closed list."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from monespace.db import Json
from monespace.forms.cellules import Cellule, folded, typed
from monespace.forms.kinds.base import Cell, Kind, Option, Raw, options_of
from monespace.forms.phrases import Illisible, insecables
from monespace.forms.validators import LONGEST, line

MOST_RADIOS = 5
"""Beyond, a drop-down list is quicker to read than radio buttons."""

# What people put in a cell to say yes or no; «1» and «0» are what programs write.
_OUI = frozenset("oui o yes y x vrai true 1 ✓ ✔ ☑ ok".split())
_NON = frozenset("non n no faux false 0 ☐ ✗".split())
_ALTERNATIVES = re.compile(r"[,;\n]")


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

    def from_cell(self, cellule: Cellule) -> Raw:
        text = typed(cellule)
        sign = text.strip().casefold()
        if sign in _OUI:
            return ("oui",)
        return ("non",) if sign in _NON else (text,)

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

    def __init__(self, *options: tuple[str, str], alias: Mapping[str, str] | None = None) -> None:
        self.options = options_of(options)
        self.silent = len(options) <= MOST_RADIOS
        self._named = _named(self.options, alias or {})
        self.component = "radios" if self.silent else "select"
        self.invite = _invite(self.options)
        self._labels = {option.value: option.label for option in self.options}

    def read(self, raw: Raw) -> str | None:
        typed = _ticked(raw, self.invite)
        if typed and typed not in self._labels:
            raise Illisible(self.invite)
        return typed or None

    def from_cell(self, cellule: Cellule) -> Raw:
        text = typed(cellule)
        return (self._named.get(_key(text), text),)

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
        self._named = _named(self.options, {})

    def read(self, raw: Raw) -> tuple[str, ...] | None:
        ticked = {line(each, LONGEST, self.invite) for each in raw} - {""}
        if not ticked <= self._labels.keys():
            raise Illisible(self.invite)
        return tuple(value for value in self._labels if value in ticked) or None

    def from_cell(self, cellule: Cellule) -> Raw:
        text = typed(cellule)
        named = self._named
        if _key(text) in named:
            return (named[_key(text)],)
        parts = filter(None, (part.strip() for part in _ALTERNATIVES.split(text)))
        return tuple(named.get(_key(part), part) for part in parts)

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

    def from_cell(self, cellule: Cellule) -> Raw:
        asked = _key(cellule) if isinstance(cellule, str) else ""
        known = self._named.get(asked)
        if asked.isalpha() and not known:
            raise Illisible(self.invite)
        return (known,) if known else self.kind.from_cell(cellule)

    @cached_property
    def _named(self) -> dict[str, str]:
        return _named(self.options, {})

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


def _named(options: Iterable[Option], alias: Mapping[str, str]) -> dict[str, str]:
    """The values of `options` by everything people write for them.

    «Niveau 3 (CAP, BEP)» is also «niveau 3», «cap» and «bep»; «Siège, Lyon» is also «siège», if
    no other begins so.
    """
    options = tuple(options)
    return (
        _unique((_key(part), one.value) for one in options for part in _shorter(one.label))
        | _unique((_key(one.label), one.value) for one in options)
        | {_key(one.value): one.value for one in options}
        | {_key(name): value for name, value in alias.items()}
    )


def _unique(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, value in names:
        found.setdefault(name, set()).add(value)
    return {name: min(values) for name, values in found.items() if name and len(values) == 1}


def _shorter(label: str) -> tuple[str, ...]:
    before, _, inside = label.rstrip(" )").partition("(")
    return (before, *inside.split(","), before.split(",")[0])


def _key(written: str) -> str:
    """«C.D.I.» is «cdi», «bac + 2» is «bac+2»."""
    return folded(written).replace(" ", "")
