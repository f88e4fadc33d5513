"""The files of reference data: compressed CSV under one line that cites their source."""

import csv
import gzip
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path

DOSSIER = Path(__file__).parent
COMMUNES = "communes.csv.gz"
DEPARTEMENTS = "departements.csv.gz"
NAF = "naf.csv.gz"


def read(name: str, folder: Path = DOSSIER) -> Iterator[list[str]]:
    """The rows of a file, without its source and its column names."""
    with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        next(rows)
        yield from rows


def write(
    path: Path, source: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    """Write a file that is the same byte for byte when its rows are the same."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as packed,
        TextIOWrapper(packed, "utf-8", newline="") as file,
    ):
        lines = csv.writer(file, delimiter=";", lineterminator="\n")
        lines.writerow([source])
        lines.writerow(columns)
        lines.writerows(rows)
