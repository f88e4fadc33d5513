"""CSV files and pasted cells: whoever wrote them, every cell comes back."""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monespace.fichiers import FichierRefuse
from monespace.forms.validators import printable
from monespace.tableur.feuilles import Defaut, Feuilles, Valeur, blank
from monespace.tableur.lecture import EST_UN_CSV, MOST_ROWS, RIEN, read_text
from monespace.tableur.texte import GUILLEMETS, ILLISIBLE
from tests.support.classeurs import csv_de
from tests.tableur.lus import cellules, lu, refus

GRILLE: list[list[Valeur]] = [["Nom", "Prénom"], ["D’Œuvre", "Noël"], ["Lefèvre", None]]
ECRITE = [[cell or "" for cell in ligne] for ligne in GRILLE]


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_every_encoding_and_separator(encodage: str, separateur: str) -> None:
    found = lu(csv_de(ECRITE, separateur, encodage), "liste.csv")
    assert (found.format, found.feuilles[0].lignes, found.avis) == ("csv", GRILLE, ())


@pytest.mark.parametrize("encodage", ["cp850", "mac_roman"])
def test_the_other_csv_of_excel(encodage: str) -> None:
    lignes = [["Nom", "Prénom"], ["Lefèvre", "Noël"], ["Garçon", "Zoé"]]
    assert cellules(csv_de(lignes, ";", encodage), "liste.csv") == lignes


def test_decimal_commas_are_no_separator() -> None:
    lignes = [["Nom", "Taux"], ["A", "12,5"], ["B", "13,5"], ["C", "14,5"]]
    assert cellules(csv_de(lignes), "liste.csv") == lignes


def test_titles_above_do_not_hide_the_separator() -> None:
    contenu = "Liste du personnel, au 2 mars\n\nNom;Prénom;Ville\nA;B;Lyon\nC;D;Lyon\n".encode()
    assert cellules(contenu, "liste.csv")[2] == ["Nom", "Prénom", "Ville"]


def test_the_line_that_tells_excel_the_separator() -> None:
    assert cellules(b"sep=,\r\nNom,Age\r\nA;B,3\r\n", "liste.csv") == [["Nom", "Age"], ["A;B", "3"]]


def test_a_cell_of_several_lines_is_one_line_of_excel() -> None:
    found = cellules(b'Nom;Adresse\n"A";"12 rue ""X""\n69001 Lyon"\nB;z\n', "l.csv")
    assert found == [["Nom", "Adresse"], ["A", '12 rue "X"\n69001 Lyon'], ["B", "z"]]


def test_quotes_that_do_not_close_lose_nothing() -> None:
    found = lu(b'Nom;Pouce\nA;"5\nB;6\nC;"7"\n', "l.csv")
    assert found.feuilles[0].lignes == [["Nom", "Pouce"], ["A", '"5'], ["B", "6"], ["C", "7"]]
    assert found.avis == (GUILLEMETS,)


def test_a_csv_under_the_name_of_a_workbook() -> None:
    found = lu(csv_de(ECRITE), "liste.xlsx")
    assert (found.format, found.avis) == ("csv", (EST_UN_CSV,))


@pytest.mark.parametrize("contenu", [b"\x89PNG\r\n\x1a\n" + bytes(50), b"MZ\x90\0" * 9])
def test_what_is_no_text(contenu: bytes) -> None:
    assert refus(contenu, "liste.csv") == ILLISIBLE


def test_beyond_ten_thousand_lines() -> None:
    found = lu(csv_de([["Nom", "Prénom"], *[["A", "B"]] * 12_000]), "liste.csv")
    assert (len(found.feuilles[0].lignes), found.feuilles[0].reste) == (MOST_ROWS + 1, 2000)
    assert "2\u00a0000\u00a0lignes" in found.avis[0]


def test_numbers_and_dates_stay_as_they_are_written() -> None:
    contenu = csv_de([["SIRET", "CP", "Né le"], ["7,32829E+13", "01000", date(1994, 3, 27)]])
    assert cellules(contenu, "l.csv")[1] == ["7,32829E+13", "01000", "27/03/1994"]


def test_a_very_long_cell_is_told() -> None:
    cell = cellules(csv_de([["Nom", "a" * 3000]]), "l.csv")[0][1]
    assert isinstance(cell, Defaut)
    assert "3\u00a0000 caractères" in cell.sentence


@pytest.mark.parametrize(
    ("colle", "lignes"),
    [
        ("Nom\tPrénom\r\nA\tB\r\n", [["Nom", "Prénom"], ["A", "B"]]),
        ("Nom;Prénom\nA;B", [["Nom", "Prénom"], ["A", "B"]]),
        ("Nom,Prénom\nA,B", [["Nom", "Prénom"], ["A", "B"]]),
        ("Nom\nA\n\nB\n\n\n", [["Nom"], ["A"], [None], ["B"]]),
        ('Nom\tTaille\nA\t5" 2\n', [["Nom", "Taille"], ["A", '5" 2']]),
    ],
)
def test_pasted(colle: str, lignes: list[list[Valeur]]) -> None:
    found = read_text(colle)
    assert (found.format, found.feuilles[0].lignes) == ("texte", lignes)


@pytest.mark.parametrize("colle", ["", " \n\t\n "])
def test_nothing_pasted(colle: str) -> None:
    with pytest.raises(FichierRefuse, match=RIEN[:20]):
        read_text(colle)


TEXTE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n;,|\"'"), max_size=8
)


@st.composite
def grilles(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    return draw(st.lists(st.lists(TEXTE, min_size=width, max_size=width), min_size=1, max_size=8))


def _written(lignes: list[list[str]], separateur: str, all_quoted: bool) -> str:
    written = io.StringIO(newline="")
    if all_quoted:
        csv.writer(written, delimiter=separateur, quoting=csv.QUOTE_ALL).writerows(lignes)
    else:
        csv.writer(written, delimiter=separateur).writerows(lignes)
    return written.getvalue()


def _same(found: Feuilles, lignes: list[list[str]]) -> None:
    """Blank cells are no values, and blank ends are not kept; all the rest is there, in place."""
    read = found.feuilles[0].lignes
    for row, ligne in enumerate(lignes):
        for column, text in enumerate(ligne):
            known = read[row][column] if row < len(read) and column < len(read[row]) else None
            assert blank(known) if blank(text) else known == printable(text)


@given(grilles())
@example([["a;b", '"'], ["é\n", ","]])
def test_any_grid_pasted_comes_back_cell_by_cell(lignes: list[list[str]]) -> None:
    if not any(text.strip() for ligne in lignes for text in ligne):
        return
    _same(read_text(_written(lignes, "\t", False)), lignes)


@given(grilles(), st.sampled_from(";,|\t"))
def test_any_grid_in_a_quoted_csv_comes_back_cell_by_cell(
    lignes: list[list[str]], separateur: str
) -> None:
    if not any(text.strip() for ligne in lignes for text in ligne):
        return
    contenu = _written(lignes, separateur, True).encode("utf-8-sig")
    _same(lu(contenu, "liste.csv"), lignes)
