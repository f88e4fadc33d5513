"""`make bench`: print the tables, and write one JSON object a line to build/bench.jsonl."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import acces, droits, imports
from bench.mesure import Comparison
from bench.pages import measure

RESULTS = Path("build/bench.jsonl")
HIGHEST_RATIO = 2.5
# An autosave also writes the history, the projections and what is searched: shown, not bounded.
BOUNDED = ("wizard step", "list of 25")
CONTROL = "bare Flask + Jinja + SQLAlchemy page of the same size"
HIGHEST_READING = 0.3
HIGHEST_RIGHTS = 1.5
HIGHEST_ACCESSES = 1.5


def main() -> int:
    """Measure everything. Return 1 when a page takes over 2.5 times what a bare one takes, reading
    a workbook over 0.3 times what openpyxl takes, rights half as much again as none, or accesses
    of a very large company half as much again as of a small one."""
    with TemporaryDirectory() as folder:
        found = measure(Path(folder))
    show(f"Server time (processor, median) against a {CONTROL}", "bare", found)
    read = imports.measure()
    show("Reading a workbook (wall, median, in its own process) against openpyxl", "openpyxl", read)
    with TemporaryDirectory() as folder:
        rights = droits.measure(Path(folder))
    show(
        "Reading the list among 500 000 dossiers (wall, median) against no look at rights",
        "no rights",
        rights,
    )
    with TemporaryDirectory() as folder:
        accesses = acces.measure(Path(folder))
    show(
        "Accesses of a very large company (processor, median) against a small one",
        "small",
        accesses,
    )
    write({**found, **read, **rights, **accesses})
    slow = [name for name in BOUNDED if found[name].ratio > HIGHEST_RATIO]
    if slow:
        print(f"Over {HIGHEST_RATIO} times a bare page: {', '.join(slow)}", file=sys.stderr)
    if read[imports.NAMES[0]].ratio > HIGHEST_READING:
        slow.append(imports.NAMES[0])
        print(f"Reading takes over {HIGHEST_READING} times openpyxl", file=sys.stderr)
    over = [name for name, one in rights.items() if one.ratio > HIGHEST_RIGHTS]
    if over:
        print(f"Over {HIGHEST_RIGHTS} times without rights: {', '.join(over)}", file=sys.stderr)
    grown = [name for name, one in accesses.items() if one.ratio > HIGHEST_ACCESSES]
    if grown:
        print(f"Over {HIGHEST_ACCESSES} times a small company: {', '.join(grown)}", file=sys.stderr)
    return int(bool(slow or over or grown))


def show(title: str, control: str, found: Mapping[str, Comparison]) -> None:
    """Print a table."""
    print(f"{title}\n")
    print(f"{'':<20}{'ours':>10}{control:>10}{'ratio':>8}")
    for name, one in found.items():
        print(f"{name:<20}{one.ms:>7.2f} ms{one.against_ms:>7.2f} ms{one.ratio:>8.2f}")
    print()


def write(found: Mapping[str, Comparison]) -> None:
    """Write the same for programs."""
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w") as lines:
        for name, one in found.items():
            line = {
                "name": name,
                "value": round(one.ms, 3),
                "unit": "ms",
                "against": round(one.against_ms, 3),
                "ratio": round(one.ratio, 3),
            }
            lines.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main())
