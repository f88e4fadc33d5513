"""`make bench`: print a table, and write one JSON object a line to build/bench.jsonl."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.mesure import Comparison
from bench.pages import measure

RESULTS = Path("build/bench.jsonl")
HIGHEST_RATIO = 2.5
# An autosave also writes the history, the projections and what is searched: shown, not bounded.
BOUNDED = ("wizard step", "list of 25")
CONTROL = "bare Flask + Jinja + SQLAlchemy page of the same size"


def main() -> int:
    """Measure everything. Return 1 when a page takes over 2.5 times what a bare one takes."""
    with TemporaryDirectory() as folder:
        found = measure(Path(folder))
    show(found)
    write(found)
    slow = [name for name in BOUNDED if found[name].ratio > HIGHEST_RATIO]
    if slow:
        print(f"Over {HIGHEST_RATIO} times a bare page: {', '.join(slow)}", file=sys.stderr)
    return int(bool(slow))


def show(found: Mapping[str, Comparison]) -> None:
    """Print the table."""
    print(f"Server time (processor, median) against a {CONTROL}\n")
    print(f"{'':<20}{'ours':>10}{'bare':>10}{'ratio':>8}")
    for name, one in found.items():
        print(f"{name:<20}{one.ms:>7.2f} ms{one.against_ms:>7.2f} ms{one.ratio:>8.2f}")


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
