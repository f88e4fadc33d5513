"""Amounts, hours, whole numbers, percentages."""

import re
from abc import abstractmethod
from decimal import Decimal
from typing import TypeVar

from monespace import argent
from monespace.db import Json
from monespace.forms import cellules, nombres
from monespace.forms.cellules import Cellule
from monespace.forms.kinds.base import Cell, Line, Raw
from monespace.forms.phrases import Illisible
from monespace.typographie import NBSP, count, money

N = TypeVar("N", int, Decimal)

_HIGHEST = Decimal("999999999.99")
_CANONICAL = re.compile("-?[0-9]{1,12}[.][0-9]{2}")
_LARGEST_JSON = 10**15


class Number(Line[N]):
    """A number between two limits, both included."""

    numeric = True
    minimum: N
    maximum: N

    def __init__(self, minimum: N, maximum: N) -> None:
        self.minimum, self.maximum = minimum, maximum

    def parse(self, typed: str) -> N:
        number = self.number(typed)
        if not self.minimum <= number <= self.maximum:
            low, high = self.text(self.minimum), self.text(self.maximum)
            raise Illisible(f"Indiquez une valeur entre {low} et {high}.")
        return number

    @abstractmethod
    def number(self, typed: str) -> N:
        """The number typed, whatever the limits; raises `Illisible`."""

    def cell(self, value: N | None) -> Cell:
        return value

    def from_cell(self, cellule: Cellule) -> Raw:
        cellules.refuse_date(cellule)
        return super().from_cell(cellule)

    def _whole(self, json: Json) -> int:
        whole = self._typed(json, int)
        if abs(whole) > _LARGEST_JSON:
            raise Illisible(self.invite)
        return whole


class Money(Number[Decimal]):
    """Euros with exactly two decimals; whole cents in JSON."""

    inputmode = "decimal"
    width = "w-14"
    number_format = '#,##0.00 "€"'
    invite = nombres.MONTANT

    def __init__(self, minimum: Decimal = Decimal("0.00"), maximum: Decimal = _HIGHEST) -> None:
        super().__init__(minimum, maximum)

    def number(self, typed: str) -> Decimal:
        return nombres.montant(typed)

    def write(self, value: Decimal | None) -> Raw:
        return (self.text(value).removesuffix("€").rstrip(),)

    def from_cell(self, cellule: Cellule) -> Raw:
        return (cellules.rounded(cellule),)

    def text(self, value: Decimal | None) -> str:
        return money(value)

    def to_json(self, value: Decimal) -> Json:
        return argent.cents(value)

    def from_json(self, json: Json) -> Decimal:
        return argent.euros(self._whole(json))

    def schema(self) -> dict[str, Json]:
        return {
            "type": "integer",
            "minimum": argent.cents(self.minimum),
            "maximum": argent.cents(self.maximum),
            "description": "centimes d’euro",
        }


class Hundredths(Number[Decimal]):
    """A quantity with two decimals, kept in JSON as a text such as «13.50»."""

    inputmode = "decimal"
    width = "w-8"
    number_format = "0.00"
    unit: str

    def write(self, value: Decimal | None) -> Raw:
        return ("" if value is None else nombres.decimal_text(value),)

    def from_cell(self, cellule: Cellule) -> Raw:
        return (cellules.rounded(cellule),)

    def text(self, value: Decimal | None) -> str:
        return "" if value is None else f"{nombres.decimal_text(value)}{NBSP}{self.unit}"

    def to_json(self, value: Decimal) -> Json:
        return f"{value:.2f}"

    def from_json(self, json: Json) -> Decimal:
        written = self._typed(json, str)
        if not _CANONICAL.fullmatch(written):
            raise Illisible(self.invite)
        return Decimal(written)

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "pattern": f"^{_CANONICAL.pattern}$"}


class Hours(Hundredths):
    """Hours in hundredths: 13 h 30 is 13.50."""

    invite = nombres.HEURES
    unit = "h"

    def __init__(
        self, minimum: Decimal = Decimal("0.00"), maximum: Decimal = Decimal("99999.99")
    ) -> None:
        super().__init__(minimum, maximum)

    def number(self, typed: str) -> Decimal:
        return nombres.heures(typed)


class Percent(Hundredths):
    """A percentage, 12.5 for 12,5 %; a fraction in Excel, whose format multiplies it."""

    invite = nombres.POURCENTAGE
    unit = "%"
    number_format = "0.00%"

    def __init__(
        self, minimum: Decimal = Decimal("0.00"), maximum: Decimal = Decimal("100.00")
    ) -> None:
        super().__init__(minimum, maximum)

    def number(self, typed: str) -> Decimal:
        return nombres.pourcentage(typed)

    def cell(self, value: Decimal | None) -> Cell:
        return None if value is None else value / 100

    def from_cell(self, cellule: Cellule) -> Raw:
        return (cellules.percentage(cellule),)


class Integer(Number[int]):
    """A whole number."""

    inputmode = "numeric"
    width = "w-8"
    number_format = "0"
    invite = nombres.ENTIER

    def __init__(self, minimum: int = 0, maximum: int = 999_999_999) -> None:
        super().__init__(minimum, maximum)

    def number(self, typed: str) -> int:
        return nombres.entier(typed)

    def text(self, value: int | None) -> str:
        return "" if value is None else count(value)

    def to_json(self, value: int) -> Json:
        return value

    def from_json(self, json: Json) -> int:
        return self._whole(json)

    def schema(self) -> dict[str, Json]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}
