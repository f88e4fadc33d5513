"""The access matrix of the tests, run whole on one database."""

import logging
import sys
from collections import Counter
from pathlib import Path

from tests.support import matrice
from tests.support.terrain import fresh_terrain


def every_route_as_everybody(database_url: str, folder: Path) -> Counter[str]:
    """Return how many answers were looked at, and how many told or did what they must not."""
    with fresh_terrain(database_url, folder) as terrain:
        # Thousands of lines that nobody would read between two figures.
        logging.getLogger("monespace").setLevel(logging.ERROR)
        constat = matrice.verify(terrain)
    for leak in constat.leaks:
        print(f"  {leak}", file=sys.stderr)
    return Counter(access_checks=constat.checks, access_leaks=len(constat.leaks))
