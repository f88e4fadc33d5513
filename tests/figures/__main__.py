"""`make figures`: one line «name: integer» per figure, over both databases.

Figures are summed, those of AT_MOST are the highest that was seen.

Progress is told on the standard error; the status is 1 when a figure is out of bounds.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.figures.acces import every_route_as_everybody
from tests.figures.administrateurs import part_at_once
from tests.figures.clics import click_at_once
from tests.figures.codes import guess_at_once
from tests.figures.concurrence import edit_at_once
from tests.figures.coupures import kill_while_people_work
from tests.figures.durees import answer_alike
from tests.figures.groupes import add_at_once
from tests.figures.imports import import_at_random
from tests.figures.mutants import take_away
from tests.figures.secrets import leave_nothing_behind
from tests.figures.site import Site, site
from tests.support.postgres import Postgres, server

Proof = Callable[[str, Path], Counter[str]]

LEAST = {
    "access_checks": 2000,
    "access_mutants": 400,
    "access_mutants_killed_percent": 100,
    "code_rounds": 6,
    # As many as may be: none at all would mean that nothing was tried.
    "code_attempts_let_through": 1,
    "secrets_planted": 40,
    "unknown_time_percent": 100,
    "unknown_tries": 1600,
    "saves_acknowledged": 1,
    "sends_pressed": 1,
    "web_kills": 200,
    "imports_tried": 500,
    "edit_rounds": 500,
    "group_rounds": 500,
    "admin_rounds": 500,
}
ZERO = (
    "access_leaks",
    "saves_lost",
    "sends_doubled",
    "dossiers_over_30",
    "people_lost",
    "import_rows_lost",
    "edits_lost",
    "organisations_without_admin",
    "secrets_found",
)
# Of the shorter of two medians.
AT_MOST = {"code_attempts_let_through": 5, "unknown_time_percent": 115}


def on_a_site(prove: Callable[[Site], Counter[str]]) -> Proof:
    """The proof, on real web servers that are started for it."""

    def run(database_url: str, folder: Path) -> Counter[str]:
        with site(database_url, folder) as running:
            return prove(running)

    return run


PROOFS: dict[str, Proof] = {
    "access": every_route_as_everybody,
    "mutants": take_away,
    "clicks": on_a_site(click_at_once),
    "groups": on_a_site(add_at_once),
    "edits": on_a_site(edit_at_once),
    "kills": on_a_site(kill_while_people_work),
    "imports": import_at_random,
    "administrateurs": part_at_once,
    "codes": guess_at_once,
    "secrets": leave_nothing_behind,
    "times": answer_alike,
}


def main() -> int:
    """Run every proof on SQLite and on PostgreSQL."""
    figures: Counter[str] = Counter()
    with TemporaryDirectory(prefix="figures-") as name, server() as postgres:
        for backend in ("sqlite", "postgresql"):
            for title, prove in PROOFS.items():
                folder = Path(name) / f"{backend}-{title}"
                folder.mkdir()
                started = time.monotonic()
                found = prove(_new_database(backend, folder, postgres), folder)
                seconds = time.monotonic() - started
                told = ", ".join(f"{figure} {number}" for figure, number in found.items())
                print(f"{backend}, {title}: {told} ({seconds:.0f} s)", file=sys.stderr, flush=True)
                _add(figures, found)
    killed, made = figures["access_mutants_killed"], figures["access_mutants"]
    figures["access_mutants_killed_percent"] = 100 * killed // made
    for figure, number in sorted(figures.items()):
        print(f"{figure}: {number}")
    return int(
        any(figures[figure] < least for figure, least in LEAST.items())
        or any(figures[figure] for figure in ZERO)
        or any(figures[figure] > most for figure, most in AT_MOST.items())
    )


def _add(figures: Counter[str], found: Counter[str]) -> None:
    for figure, number in found.items():
        known = figures[figure]
        figures[figure] = max(known, number) if figure in AT_MOST else known + number


def _new_database(backend: str, folder: Path, postgres: Postgres) -> str:
    if backend == "postgresql":
        return postgres.create()
    return f"sqlite:///{folder / 'monespace.sqlite3'}"


if __name__ == "__main__":
    sys.exit(main())
