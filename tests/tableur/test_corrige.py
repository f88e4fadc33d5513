"""What is given back: the person's own workbook, its wrong lines, and what to do about them."""

import time
import zipfile
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from monespace.refus import Indisponible
from monespace.tableur.corrige import NON_LUE, give_back
from monespace.tableur.entetes import A_CORRIGER, Plan, recognise
from monespace.tableur.feuilles import Feuilles
from monespace.tableur.lecture import read_text
from tests.support.classeurs import (
    ENTETES,
    FAUTES,
    brut,
    classeur,
    csv_de,
    equipe_87,
    lignes_de,
    opened,
    personne,
    personnes,
    saved,
)
from tests.tableur.lus import QUESTIONS, lignes, lu, valeurs

FORMULES = ('=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\x0b=1")

STYLES_ABIMES = b"<styleSheet><fonts><font><sz val='grand'/></font></fonts></styleSheet>"


def rendu(
    contenu: bytes, wrong: dict[int, str], nom: str = "liste.xlsx", feuilles: Feuilles | None = None
) -> bytes:
    feuilles = feuilles or lu(contenu, nom)
    plan = recognise(feuilles, QUESTIONS, {})
    return give_back(nom, contenu, feuilles, plan, wrong)


def fautes(contenu: bytes) -> dict[int, str]:
    return {
        one.numero: " ".join(sentence for _, sentence in one.faults)
        for one in lignes(lu(contenu))
        if one.faults
    }


def test_87_people_with_9_wrong_lines_corrected_and_sent_back() -> None:
    contenu = equipe_87()
    wrong = fautes(contenu)
    assert set(wrong) == set(FAUTES)
    given = rendu(contenu, wrong)

    sheet = opened(given)
    assert (sheet.title, sheet.max_row, sheet.max_column) == ("Équipe", 10, len(ENTETES) + 1)
    assert [cell.value for cell in sheet[1]] == [*ENTETES, A_CORRIGER]
    assert [sheet.cell(row, 14).value for row in range(2, 11)] == list(wrong.values())
    assert sheet["N1"].fill.fgColor.rgb == "00F5B041"
    assert sheet["N2"].fill.fgColor.rgb == "00FDEBD0"
    assert sheet["A1"].font.bold
    assert sheet.column_dimensions["D"].width == 33
    assert sheet.freeze_panes == "B2"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "C2:C500"
    assert set(fautes(given)) == set(range(2, 11))

    right = dict(enumerate(FAUTES, 2))
    for row, line in right.items():
        for column, value in enumerate(personne(line - 2), 1):
            sheet.cell(row, column).value = value
    parent = sheet.parent
    assert isinstance(parent, openpyxl.Workbook)
    taken = lignes(lu(saved(parent)))
    assert [one.faults for one in taken] == [()] * 9
    whole = {one.numero: valeurs(one) for one in lignes(lu(equipe_87({})))}
    assert [valeurs(one) for one in taken] == [whole[line] for line in FAUTES]


def _dressed() -> bytes:
    """Titles, a table, links, a comment, a list, merged cells, formulas, other sheets."""

    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:D1")
        sheet.merge_cells("A10:A12")
        sheet["A20"].comment = Comment("À vérifier", "Paie")
        for row in range(3, 23):
            sheet.cell(row, 4).hyperlink = f"mailto:a{row}@b.fr"
        sheet.add_table(Table(displayName="Gens", ref="A2:E22"))
        choices = DataValidation("list", '"a,b"')
        choices.add("B3:B500")
        sheet.add_data_validation(choices)
        sheet.row_dimensions[15].hidden = True
        parent = sheet.parent
        assert isinstance(parent, openpyxl.Workbook)
        parent.create_sheet("Notes")["B7"] = "gardé"

    people = [[f"N{row}", "P", date(1990, 1, row), f"a{row}@b.fr", 7] for row in range(3, 23)]
    entetes = ["Nom", "Prénom", "Né le", "Mail", "Âge"]
    return classeur([["Gens"], entetes, *people], "Équipe", dress)


def test_everything_around_the_lines_is_kept() -> None:
    given = rendu(_dressed(), {11: "premier", 15: "deuxième", 20: "troisième"})
    sheet = opened(given)
    assert list(lignes_de(sheet))[2:] == [
        ("N10", "P", datetime(1990, 1, 11), "a11@b.fr", 7, "premier"),  # noqa: DTZ001
        ("N15", "P", datetime(1990, 1, 15), "a15@b.fr", 7, "deuxième"),  # noqa: DTZ001
        ("N20", "P", datetime(1990, 1, 20), "a20@b.fr", 7, "troisième"),  # noqa: DTZ001
    ]
    links = [sheet.cell(row, 4).hyperlink for row in (3, 4, 5)]
    assert [(link.ref, link.target) for link in links if link] == [
        ("D3", "mailto:a11@b.fr"),
        ("D4", "mailto:a15@b.fr"),
        ("D5", "mailto:a20@b.fr"),
    ]
    assert sheet["A5"].comment.text == "À vérifier"
    assert sheet.tables["Gens"].ref == "A2:E5"
    assert not sheet.row_dimensions[4].hidden
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:D1"]
    parent = sheet.parent
    assert isinstance(parent, openpyxl.Workbook)
    assert parent["Notes"]["B7"].value == "gardé"


def test_formulas_give_back_their_values() -> None:
    def line(row: int, name: str, cell: str) -> str:
        return f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{name}</t></is></c>{cell}</row>'

    entete = '<c r="B1" t="inlineStr"><is><t>Matricule</t></is></c>'
    contenu = brut(
        "<sheetData>"
        + line(1, "Nom", entete)
        + line(2, "Juste", '<c r="B2"><f>ROW()</f><v>2</v></c>')
        + line(3, "Martin", '<c r="B3"><f>ROW()*10</f><v>30</v></c>')
        + line(4, "Durand", '<c r="B4"><f>A4&amp;"x"</f></c>')
        + "</sheetData>"
    )
    assert list(lignes_de(opened(rendu(contenu, {3: "x", 4: "y"})))) == [
        ("Nom", "Matricule", A_CORRIGER),
        ("Martin", 30, "x"),
        ("Durand", '=A3&"x"', "y"),
    ]


def test_no_text_becomes_a_formula() -> None:
    people = [[text, "B"] for text in FORMULES[:-1]]

    def as_text(sheet: Worksheet) -> None:
        for row in range(2, len(people) + 2):
            sheet.cell(row, 1).data_type = "s"

    contenus = {
        "liste.xlsx": classeur([["Nom", "Prénom"], *people], change=as_text),
        "liste.csv": csv_de([["Nom", "Prénom"], *people]),
    }
    for nom, contenu in contenus.items():
        given = rendu(contenu, dict(enumerate(FORMULES, 2)), nom)
        with zipfile.ZipFile(BytesIO(given)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        sheet = opened(given)
        assert [sheet.cell(row, 1).value for row in range(2, 7)] == list(FORMULES[:-1])
        assert [sheet.cell(row, 3).value for row in range(2, 7)] == list(FORMULES[:-1])
        assert {cell.data_type for row in sheet for cell in row} == {"s"}


def test_given_back_twice_there_is_one_column_to_correct() -> None:
    first = rendu(equipe_87(), {4: "un", 9: "deux", 15: "trois"})
    second = rendu(first, {3: "encore"})
    assert [cell.value for cell in opened(second)[1]] == [*ENTETES, A_CORRIGER]
    assert opened(second)["N2"].value == "encore"
    assert opened(second).max_row == 2


def test_a_csv_becomes_a_workbook_that_keeps_its_zeros() -> None:
    contenu = csv_de([["Personnel"], ["CP", "Nom", "Né le"], ["01000", "A", "x"], ["2", "B", "y"]])
    given = rendu(contenu, {3: "à revoir"}, "Paie/mars.csv")
    sheet = opened(given)
    assert list(lignes_de(sheet)) == [
        ("Personnel", None, None, None),
        ("CP", "Nom", "Né le", A_CORRIGER),
        ("01000", "A", "x", "à revoir"),
    ]
    assert sheet["A3"].number_format == "@"
    assert sheet.title == "Paie mars"


def test_pasted_cells_become_a_workbook() -> None:
    colle = 'Nom\tPrénom\nA\t"b\nc"\nD\té'
    given = rendu(colle.encode(), {2: "x", 3: "y"}, "Tableau collé", read_text(colle))
    assert list(lignes_de(opened(given)))[1:] == [("A", "b\nc", "x"), ("D", "é", "y")]


def test_without_headings_the_sentence_is_there_all_the_same() -> None:
    contenu = classeur([["A", date(1990, 1, 1)], ["B", "x"]])
    given = give_back("l.xlsx", contenu, lu(contenu), Plan(0, 0, {0: "nom_naissance"}), {2: "dit"})
    assert list(lignes_de(opened(given))) == [("B", "x", "dit")]


def test_what_was_not_read_is_given_back_too() -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Tous")
    sheet.append(["Nom", "Prénom"])
    for rank in range(12_000):
        sheet.append([f"N{rank}", "P"])
    contenu = saved(workbook)
    before = time.monotonic()
    found = list(lignes_de(opened(rendu(contenu, {5: "faux"}))))
    assert time.monotonic() - before < 30
    assert found[1] == ("N3", "P", "faux")
    assert found[2:] == [(f"N{rank}", "P", NON_LUE) for rank in range(10_000, 12_000)]

    texte = csv_de([["Nom", "Prénom"], *[[f"N{rank}", "P"] for rank in range(12_000)]])
    assert list(lignes_de(opened(rendu(texte, {5: "faux"}, "l.csv")))) == found


def test_a_workbook_openpyxl_cannot_open_is_given_back_anew() -> None:
    """Its styles say nothing; calamine reads it, openpyxl does not."""
    contenu = brut(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Nom</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Martin</t></is></c></row></sheetData>',
        autres={"xl/styles.xml": STYLES_ABIMES},
    )
    assert list(lignes_de(opened(rendu(contenu, {2: "x"})))) == [
        ("Nom", A_CORRIGER),
        ("Martin", "x"),
    ]


def test_a_file_that_is_no_longer_there() -> None:
    feuilles = lu(classeur([["Nom"], ["A"]]))
    with pytest.raises(Indisponible, match="Corrigez les lignes signalées"):
        give_back("l.xlsx", b"", feuilles, recognise(feuilles, QUESTIONS, {}), {2: "x"})


def test_every_line_wrong_costs_hardly_more_than_one() -> None:
    contenu = classeur([ENTETES, *personnes(4000)])
    feuilles = lu(contenu)
    plan = recognise(feuilles, QUESTIONS, {})
    times = []
    for wrong in ({2: "x"}, dict.fromkeys(range(2, 4002), "x")):
        before = time.monotonic()
        give_back("l.xlsx", contenu, feuilles, plan, wrong)
        times.append(time.monotonic() - before)
    assert times[1] < 4 * times[0]
