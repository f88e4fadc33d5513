"""Dates."""

import re
from datetime import date

from monespace import horloge
from monespace.db import Json
from monespace.forms import cellules, dates
from monespace.forms.cellules import Cellule
from monespace.forms.kinds.base import Cell, Kind, Raw
from monespace.forms.phrases import Illisible
from monespace.forms.validators import LONGEST, line
from monespace.typographie import date_long

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Date(Kind[date]):
    """A day, typed in three controls, between two limits; not in the future when `past`."""

    component = "date"
    parts = ("jour", "mois", "annee")
    inputmode = "numeric"
    number_format = "dd/mm/yyyy"
    invite = dates.DATE

    def __init__(
        self, earliest: date = dates.FIRST, latest: date = dates.LAST, past: bool = False
    ) -> None:
        self.earliest, self.latest, self.past = earliest, latest, past

    def read(self, raw: Raw) -> date | None:
        day, month, year = (
            line(part, LONGEST, self.invite) for part in (*raw, "", "", "")[: len(self.parts)]
        )
        if not (day or month or year):
            return None
        return self._within(dates.jour((day, month, year), self.past))

    def write(self, value: date | None) -> Raw:
        if value is None:
            return ("", "", "")
        return (str(value.day), str(value.month), str(value.year))

    def text(self, value: date | None) -> str:
        return date_long(value)

    def to_json(self, value: date) -> Json:
        return value.isoformat()

    def from_json(self, json: Json) -> date:
        written = self._typed(json, str)
        try:
            if _ISO.fullmatch(written):  # fromisoformat also takes weeks and 20261231
                return date.fromisoformat(written)
        except ValueError:
            pass
        raise Illisible(self.invite)

    def cell(self, value: date | None) -> Cell:
        return value

    def from_cell(self, cellule: Cellule) -> Raw:
        return cellules.day(cellule)

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "format": "date"}

    def _within(self, day: date) -> date:
        if self.past and day > horloge.today():
            raise Illisible("Indiquez une date passée, par exemple 27 3 1994.")
        if day < self.earliest:
            raise Illisible(f"Indiquez une date à partir du {date_long(self.earliest)}.")
        if day > self.latest:
            raise Illisible(f"Indiquez une date jusqu’au {date_long(self.latest)}.")
        return day
