"""What a workbook holds, read back by two readers that share no code."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from monespace.exports.workbook import LONGEST_TEXT, Classeur, Feuille, clean, write_criteria
from monespace.forms.columns import DAY, MONEY, TEXT, Column
from monespace.forms.kinds.base import Cell

Line = tuple[Cell, ...]

COLUMNS: tuple[Column[Line], ...] = (
    Column("Texte", lambda line: line[0]),
    Column("Montant", lambda line: line[1], 15, MONEY, summed=True),
    Column("Jour", lambda line: line[2], 12, DAY),
)
HOSTILE = (
    "=1+1",
    "{=1+1}",
    "+33 1",
    "-2+3",
    "@SUM(A1)",
    "\tTAB",
    "\rCR",
    "#N/A",
    "00573",
    "1e5",
    "L’été d’Élise 🎓",
    "<&\"'>",
    '=HYPERLINK("http://x","y")',
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "essai.xlsx"


def written(path: Path, lines: list[Line], most_rows: int = 1000) -> Worksheet:
    """The first sheet of a workbook of these lines."""
    classeur = Classeur("Essai")
    sheet = Feuille(classeur, "Lignes", COLUMNS, most_rows)
    for line in lines:
        sheet.add(line)
    sheet.close()
    classeur.save(path)
    first = openpyxl.load_workbook(path)["Lignes"]
    assert isinstance(first, Worksheet)
    return first


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_text(path: Path, text: str) -> None:
    cell = written(path, [(text, None, None)])["A2"]

    assert (cell.value, cell.data_type) == (text, "s")
    assert (
        python_calamine.CalamineWorkbook.from_path(str(path))
        .get_sheet_by_index(0)
        .to_python()[1][0]
        == text
    )


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@x", "\tx", "\rx"])
def test_what_looks_like_a_formula_is_quoted(path: Path, text: str) -> None:
    sheet = written(path, [(text, None, None), ("sage", None, None)])

    assert sheet["A2"].quotePrefix
    assert not sheet["A3"].quotePrefix


def test_no_formula_is_in_the_file(path: Path) -> None:
    written(path, [(text, Decimal("1.10"), None) for text in HOSTILE])

    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert sheets
    assert not any(b"<f" in sheet for sheet in sheets)


def test_what_xml_forbids_is_left_out(path: Path) -> None:
    cell = written(path, [("un\x0bdeux\x00\ud800\ufffftrois", None, None)])["A2"]

    assert cell.value == "undeuxtrois"


@pytest.mark.parametrize("text", ["é" * 40_000, "🎓" * 20_000])
def test_a_text_is_cut_where_excel_ends_it(text: str) -> None:
    cut = clean(text)

    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut.endswith(text[0] + "…")


def test_numbers_and_dates_are_real(path: Path) -> None:
    sheet = written(path, [("a", Decimal("1234.56"), date(2026, 2, 28)), (None, None, None)])

    assert sheet["B2"].value == 1234.56
    assert sheet["B2"].number_format == '#,##0.00 "€"'
    assert sheet["C2"].value.date() == date(2026, 2, 28)
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert [cell.value for cell in sheet[3]] == [None, None, None]
    assert python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()[
        1
    ] == ["a", 1234.56, date(2026, 2, 28)]


def test_a_sheet_is_handy(path: Path) -> None:
    sheet = written(path, [("a", None, None)] * 3)

    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["B"].width == 15
    assert sheet["A1"].font.bold


def test_a_full_sheet_goes_on_in_another(path: Path) -> None:
    written(path, [(str(number), Decimal(number), None) for number in range(7)], most_rows=3)

    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Lignes", "Lignes (2)", "Lignes (3)"]
    assert [sheet.max_row for sheet in book.worksheets] == [4, 4, 2]
    assert book["Lignes (2)"].auto_filter.ref == "A1:C4"


def test_sums_are_exact(path: Path) -> None:
    with Classeur("Essai") as classeur:
        sheet = Feuille(classeur, "Lignes", COLUMNS)
        sheet.extend([(None, Decimal("0.10"), None)] * 1000)
        bilan = sheet.close()

    assert (bilan.rows, bilan.sums) == (1000, {"Montant": Decimal("100.00")})


def test_criteria_are_told(path: Path) -> None:
    classeur = Classeur("Essai")
    write_criteria(classeur, [("Filtre", "=x", TEXT), ("Total", Decimal("2.50"), MONEY)])
    classeur.save(path)

    rows = list(openpyxl.load_workbook(path)["Critères"].values)
    assert rows == [("Critère", "Valeur"), ("Filtre", "=x"), ("Total", 2.5)]
