"""What a column of a sheet is, whatever its lines are about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from monespace.forms.kinds.base import Cell

R = TypeVar("R")

# Formats as Excel keeps them; it shows them the way the reader's country writes.
TEXT, WHOLE, NUMBER = "@", "0", "0.00"
DAY, MONEY = "dd/mm/yyyy", '#,##0.00 "€"'


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column of a sheet whose lines are read from an R. `width` is in characters."""

    label: str
    value: Callable[[R], Cell]
    width: int = 14
    number_format: str = TEXT
    # Whether the sum of the column means something.
    summed: bool = False
