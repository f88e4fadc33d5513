"""What a listing declares to be exported: whose rights bound it, its rows, the sheets they fill."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from monespace.acteur import Acteur, Objet
from monespace.dossiers.filtres import Filtre
from monespace.forms.columns import Column

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class Rows(Protocol[R_co]):
    """The rows of a listing that an acteur may see, read from the running snapshot."""

    def count(self) -> Sequence[int]:
        """How many lines each sheet will have, the first one a line for each row."""

    def __iter__(self) -> Iterator[R_co]: ...


@dataclass(frozen=True, slots=True)
class Onglet(Generic[R]):
    """One sheet, and the lines that each row of the listing writes on it."""

    titre: str
    columns: Sequence[Column[Any]]
    lines: Callable[[R], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """One listing: everything that its export is made and told with."""

    # In the row of the export and in the name of its file.
    nom: str
    titre: str
    # What a row is called: one, several.
    unite: tuple[str, str]
    # The page it is asked for from: its name, its address.
    page: tuple[str, str]
    # Who may consult this nowhere gets nothing; who may no longer where the file was made, neither.
    objet: Objet
    rows: Callable[[Acteur, Filtre], Rows[R]]
    onglets: tuple[Onglet[R], ...]
    # How its rows follow each other.
    ordre: Callable[[Filtre], str]
    # What bounded it, beside its order, for the sheet that tells what the workbook is.
    criteres: Callable[[Acteur, Filtre], Iterable[tuple[str, str]]]
