"""What reading a large workbook costs, against openpyxl's quickest way to read it."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from tempfile import NamedTemporaryFile

import openpyxl

from bench.mesure import Comparison
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.salaries.fiche import FICHE
from monespace.tableur.entetes import recognise
from monespace.tableur.lecture import read_file
from monespace.tableur.lignes import read_rows
from tests.support.classeurs import ANNEXE, ENTETES, SIEGE, personnes, saved

PEOPLE, COLUMNS, ROUNDS = 10_000, 12, 5
NAMES = ("read 10 000 rows", "and their answers")
LISTES: Lists = {"etablissements": (Option(SIEGE, "Siège"), Option(ANNEXE, "Annexe"))}
_OPENPYXL = """
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]
print(sum(1 for row in sheet.iter_rows(values_only=True)))
"""


def measure() -> dict[str, Comparison]:
    """Both in turn, wall clock of whole processes: reading, then reading, headings and answers."""
    contenu = _workbook()
    with NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(contenu)
        file.flush()
        name = file.name
        times = [
            (
                _seconds(lambda: _read(contenu)),
                _seconds(lambda: _understand(contenu)),
                _seconds(lambda: _openpyxl(name)),
            )
            for _ in range(ROUNDS)
        ]
    reading, whole, theirs = (1000 * median(each) for each in zip(*times, strict=True))
    return dict(zip(NAMES, (Comparison(reading, theirs), Comparison(whole, theirs)), strict=True))


def _workbook() -> bytes:
    """10 000 people under 12 headings, no two the same."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Salariés")
    for line in (ENTETES, *personnes(PEOPLE)):
        sheet.append(list(line[:COLUMNS]))
    return saved(workbook)


def _read(contenu: bytes) -> None:
    assert len(read_file("liste.xlsx", io.BytesIO(contenu)).feuilles[0].lignes) == PEOPLE + 1


def _understand(contenu: bytes) -> None:
    feuilles = read_file("liste.xlsx", io.BytesIO(contenu))
    plan = recognise(feuilles, FICHE.questions, {})
    assert len(plan.colonnes) == COLUMNS
    lines = list(read_rows(feuilles, plan, FICHE.questions, LISTES))
    assert len(lines) == PEOPLE
    assert not any(line.faults for line in lines)


def _openpyxl(name: str) -> None:
    command = [sys.executable, "-I", "-c", _OPENPYXL, name]
    done = subprocess.run(command, capture_output=True, check=True)
    assert int(done.stdout) == PEOPLE + 1


def _seconds(act: Callable[[], None]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
