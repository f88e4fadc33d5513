"""Workbooks: what is read, what is told, what is refused, and at what price."""

import io
import resource
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from monespace.fichiers import MAX
from monespace.tableur.apart import archive, etendue, limites, ouvre
from monespace.tableur.feuilles import Defaut, Feuilles, Valeur
from monespace.tableur.lecture import (
    ANCIEN,
    EST_UN_XLSX,
    MOST_ROWS,
    PAGE_WEB,
    PDF,
    TROP_LOURD,
    VIDE,
    read_file,
)
from tests.support import classeurs_hostiles as hostiles
from tests.support import fichiers
from tests.support.classeurs import (
    ENTETES,
    brut,
    classeur,
    feuille,
    libreoffice,
    personne,
    personnes,
    saved,
    unzipped,
    zipped,
)
from tests.tableur.lus import cellules, lu, refus

PATIENCE = 4.0
MATIN = datetime(1994, 3, 27, 8, 30)  # noqa: DTZ001 - a workbook knows no time zone


def test_every_sort_of_cell() -> None:
    contenu = classeur(
        [
            ["Élodie", 12.5, 7, True, date(1994, 3, 27), MATIN],
            [clock(13, 30), timedelta(hours=37, minutes=30), None, "  ", "=x"],
        ],
        change=lambda sheet: setattr(sheet["E2"], "data_type", "s"),
    )
    assert cellules(contenu) == [
        ["Élodie", 12.5, 7.0, True, date(1994, 3, 27), date(1994, 3, 27)],
        ["13:30", "37:30", None, None, "=x", None],
    ]


def test_lines_and_columns_keep_their_place() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C4"] = "Nom"

    assert cellules(classeur([], change=change)) == [[None] * 3] * 3 + [[None, None, "Nom"]]


def test_libreoffice() -> None:
    lignes = [ENTETES, *personnes(40)]
    assert cellules(libreoffice(lignes)) == [list(ligne) for ligne in lignes]
    assert lu(libreoffice(lignes)).avis == ()


def test_dates_from_1904() -> None:
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.append([date(1994, 3, 27), date(2026, 11, 23)])
    found = lu(saved(workbook))
    assert found.depuis_1904
    assert found.feuilles[0].lignes == [[date(1994, 3, 27), date(2026, 11, 23)]]


def test_a_formula_without_value_and_an_error_spoil_their_cell_alone() -> None:
    contenu = brut(
        feuille(
            '<c r="A1" t="inlineStr"><is><t>Nom</t></is></c>',
            '<c r="B1"><f>YEAR(A1)&amp;"x"</f></c>',
            '<c r="C1"><f>1+1</f><v>2</v></c>',
            '<c r="D1" t="e"><v>#REF!</v></c>',
            '<c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            '<c r="F1" t="str"><f>""</f><v></v></c>',
            '<c r="G1"><v>5</v></c>',
        )
    )
    name, formula, known, reference, division, nothing, last = cellules(contenu)[0]
    assert (name, known, nothing, last) == ("Nom", 2.0, None, 5.0)
    assert formula == Defaut('=YEAR(A1)&"x"', etendue.NON_CALCULEE)
    assert isinstance(reference, Defaut)
    assert isinstance(division, Defaut)
    assert reference.sentence.startswith("Cette cellule affiche #REF!")
    assert division.texte == "#DIV/0!"


def test_a_formula_after_the_last_value_is_still_told() -> None:
    (line,) = cellules(brut(feuille('<c r="A1"><v>1</v></c>', '<c r="C1"><f>A1</f><v/></c>')))
    assert line == [1.0, None, Defaut("=A1", etendue.NON_CALCULEE)]


def test_an_impossible_date_does_not_spoil_the_sheet() -> None:
    contenu = brut(
        feuille('<c r="A1" t="d"><v>2026-02-31</v></c>', '<c r="B1" t="d"><v>2026-02-28</v></c>')
    )
    assert cellules(contenu) == [["2026-02-31", date(2026, 2, 28)]]


def test_cells_without_a_place() -> None:
    contenu = brut("<sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData>")
    assert cellules(contenu) == [[1.0, 2.0]]


def test_merged_downwards_each_line_has_the_value() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:A4")

    contenu = classeur([["Site", "Nom"], ["Lyon", "A"], [None, "B"], [None, "C"]], change=change)
    assert cellules(contenu)[1:] == [["Lyon", "A"], ["Lyon", "B"], ["Lyon", "C"]]


def test_merged_sideways_is_told_in_place() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("A2:B2")

    line = cellules(classeur([["Nom", "Prénom"], ["Martin", None]], change=change))[1]
    assert line[0] == "Martin"
    assert line[1] == Defaut("", ouvre.FUSION.format("A2"))


def _workbook(*sheets: tuple[str, str, list[list[str]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, state, rows in sheets:
        sheet = workbook.create_sheet(title)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def test_hidden_sheets_are_told() -> None:
    found = lu(_workbook(("Vue", "visible", [["a"]]), ("Cachée", "hidden", [["b"]])))
    assert [one.nom for one in found.feuilles] == ["Vue"]
    assert found.avis == ("Ce qui est masqué n’a pas été lu\u00a0: feuille «\u00a0Cachée\u00a0».",)


def test_what_programs_hide_is_not_told() -> None:
    found = lu(_workbook(("Vue", "visible", [["a"]]), ("Listes", "veryHidden", [["b"]])))
    assert (len(found.feuilles), found.avis) == (1, ())


def test_empty_sheets_are_left_out_and_an_empty_workbook_is_told() -> None:
    found = lu(_workbook(("Vide", "visible", []), ("Pleine", "visible", [["a"]])))
    assert [one.nom for one in found.feuilles] == ["Pleine"]
    assert refus(_workbook(("Vide", "visible", []))) == limites.VIDE


def test_hidden_lines_are_read_and_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True

    found = lu(classeur([["Nom"], ["A"], ["B"]], change=change))
    assert len(found.feuilles[0].lignes) == 3
    assert "1\u00a0ligne masquée a été lue" in found.avis[0]


def test_more_than_sixty_columns() -> None:
    found = lu(classeur([[f"c{rank}" for rank in range(75)]]))
    assert found.feuilles[0].largeur == 60
    assert "60 premières colonnes sur 75" in found.avis[0]


def test_fifty_thousand_lines() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Tous")
    sheet.append(ENTETES)
    line = personne(0)
    for _ in range(50_000):
        sheet.append(line)
    before = time.monotonic()
    found = lu(saved(workbook))
    assert time.monotonic() - before < 12
    assert (len(found.feuilles[0].lignes), found.feuilles[0].reste) == (MOST_ROWS + 1, 40_000)
    assert "les lignes 1 à 10\u00a0001 ont été lues" in found.avis[0]
    assert "40\u00a0000\u00a0lignes" in found.avis[0]


def test_a_very_long_text_is_told_and_not_cut_silently() -> None:
    (cell,) = cellules(classeur([["a" * 5000]]))[0]
    assert isinstance(cell, Defaut)
    assert "5000\u00a0caractères" in cell.sentence


def test_a_workbook_under_another_name() -> None:
    found = lu(classeur([["Nom"]]), "liste.csv")
    assert (found.format, found.avis) == ("xlsx", (EST_UN_XLSX,))


def test_styles_at_the_end_of_the_sheet_hold_nothing() -> None:
    contenu = brut(feuille('<c r="A1"><v>1</v></c>', '<c r="XFD1048576" s="0"/>'))
    assert cellules(contenu) == [[1.0]]


@pytest.mark.parametrize(
    ("contenu", "dit"),
    [
        (hostiles.sparse, etendue.ETENDU),
        (hostiles.sparse_prefixed, etendue.ETENDU),
        (hostiles.sparse_unplaced, archive.TROP_GROS),
        (hostiles.zip_bomb, archive.TROP_GROS),
        (hostiles.rows_bomb, archive.TROP_GROS),
        (hostiles.text_bomb, limites.ABIME),
        (hostiles.entity_bomb, archive.SUSPECT),
        (hostiles.external_entity, archive.SUSPECT),
        (hostiles.in_utf_16, archive.SUSPECT),
        (hostiles.climbing, archive.SUSPECT),
        (hostiles.crowded, archive.TROP_GROS),
        (hostiles.macros, archive.MACROS),
        (hostiles.encrypted_entry, archive.CHIFFRE),
        (hostiles.binary, archive.BINAIRE),
        (hostiles.ods, archive.ODS),
        (hostiles.word, archive.AUTRE),
        (hostiles.truncated, limites.ABIME),
        (hostiles.corrupted, limites.ABIME),
        (hostiles.old_xls, ANCIEN),
        (hostiles.with_password, archive.CHIFFRE),
        (hostiles.html, PAGE_WEB),
        (hostiles.xml_2003, PAGE_WEB),
        (fichiers.pdf, PDF),
        (lambda: b"", VIDE),
        (lambda: b"a" * (MAX + 1), TROP_LOURD),
    ],
)
def test_refused_by_name_soon_and_cheaply(contenu: Callable[[], bytes], dit: str) -> None:
    octets = contenu()
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refus(octets) == dit
    assert time.monotonic() - before < PATIENCE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 30 * 1024


def test_the_file_is_rewound() -> None:
    stream = io.BytesIO(classeur([["Nom"]]))
    read_file("liste.xlsx", stream)
    assert stream.tell() == 0


def test_kept_between_two_pages() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"] = "=1+1"

    found = lu(classeur([["é", 1.5, None, True], [date(2026, 1, 2), "x"]], change=change))
    assert Feuilles.from_bytes(found.to_bytes()) == found


def test_a_damaged_part_does_not_spoil_what_is_read_of_another_program() -> None:
    """Some programs write no styles at all."""
    parts = unzipped(libreoffice([["Nom"], ["Martin"]]))
    del parts["xl/styles.xml"]
    expected: list[list[Valeur]] = [["Nom"], ["Martin"]]
    assert cellules(zipped(parts)) == expected
