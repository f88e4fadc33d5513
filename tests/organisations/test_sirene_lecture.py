"""Reading a stock file: its own columns, line by line, and what is refused of it."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from monespace.organisations import sirene
from monespace.organisations.sirene import Ecart, Lieu, Unite
from monespace.refus import Refuse
from tests.organisations.stocks import ETABLISSEMENTS, UNITES, Row, lieu, unite, write

SIREN = "999001001"
LA_POSTE = "356000000"


def everyone(siren: str) -> bool:
    return True


def units(tmp_path: Path, *rows: Row, columns: Sequence[str] = UNITES) -> list[Unite | Ecart]:
    file = sirene.unites(write(tmp_path / "unites.csv", columns, rows))
    return list(file.lines(everyone))


def places(tmp_path: Path, *rows: Row) -> list[Lieu | Ecart]:
    file = sirene.etablissements(write(tmp_path / "etablissements.csv", ETABLISSEMENTS, rows))
    return list(file.lines(everyone))


def test_a_company_by_the_columns_of_insee(tmp_path: Path) -> None:
    assert units(tmp_path, unite(SIREN, "00018")) == [
        Unite(SIREN, "ATELIER DU PORT", True, "00018", range(20, 50))
    ]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ({"prenom1": "ANNE", "nom": "LE GALL"}, "ANNE LE GALL"),
        ({"prenom1": "ANNE", "nom": "LE GALL", "nomUsage": "ROUX"}, "ANNE ROUX"),
        (
            {"prenom1": "ANNE", "nom": "ROUX", "denominationUsuelle1": "LE FOURNIL"},
            "ANNE ROUX (LE FOURNIL)",
        ),
        ({"denominationUsuelle1": "LE FOURNIL"}, "LE FOURNIL"),
        ({"prenom1": "[ND]", "nom": "[ND]", "statutDiffusion": "P"}, ""),
    ],
)
def test_a_person_goes_by_their_name(tmp_path: Path, names: dict[str, str], told: str) -> None:
    [read] = units(tmp_path, unite(SIREN, "00018", "", **names))
    assert isinstance(read, Unite)
    assert read.nom == told


def test_a_place_has_the_address_people_write(tmp_path: Path) -> None:
    shop = lieu(SIREN, "00026", complementAdresse="BATIMENT C", enseigne1="LE QUAI")
    assert places(tmp_path, shop) == [
        Lieu(
            SIREN + "00026",
            True,
            "LE QUAI",
            "BATIMENT C",
            "12 BIS AVENUE JEAN JAURES",
            "44000",
            "NANTES",
            "8121Z",
        )
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        {"libelleVoie": "[ND]", "numeroVoie": "[ND]", "typeVoie": "[ND]", "codePostal": "[ND]"},
        {"libelleVoie": "[ND]", "numeroVoie": "[ND]", "complementAdresse": "[ND]"},
        {"codePostal": "", "libelleCommune": "", "libelleCommuneEtranger": "LONDRES"},
    ],
    ids=["everything", "the street", "abroad"],
)
def test_an_address_that_is_not_published_is_no_address(
    tmp_path: Path, hidden: dict[str, str]
) -> None:
    [read] = places(tmp_path, lieu(SIREN, "00018", **hidden))
    assert isinstance(read, Lieu)
    assert (read.complement, read.adresse, read.code_postal) == ("", "", "")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (unite("999001002", "00018"), "Ce SIREN comporte une erreur"),
        (unite("000000000", "00000"), "Ce SIREN comporte une erreur"),
        (unite("5720784", "00015"), "compte 9 chiffres"),
        (unite(SIREN, "00019"), "Ce SIRET comporte une erreur"),
        (unite(SIREN, "00018", etatAdministratif="Z"), "doit être A ou C"),
        (unite(SIREN, "00018", denomination="N" * 201), "dépasse 200 caractères"),
    ],
)
def test_a_line_that_is_wrong_is_told_and_left(tmp_path: Path, row: Row, told: str) -> None:
    wrong, right = units(tmp_path, row, unite("999002009", "00010"))
    assert isinstance(wrong, Ecart)
    assert (wrong.ligne, wrong.identifiant) == (2, row["siren"])
    assert told in wrong.raison
    assert isinstance(right, Unite)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (lieu(SIREN, "00018") | {"siret": SIREN + "00026"}, "n’est pas fait du SIREN"),
        (lieu(SIREN, "00019"), "Ce SIRET comporte une erreur"),
        (lieu(SIREN, "00018", codePostal="4400"), "code postal"),
        (lieu(SIREN, "00018", etatAdministratif=""), "doit être A ou F"),
    ],
)
def test_a_place_that_is_wrong_is_told_and_left(tmp_path: Path, row: Row, told: str) -> None:
    [wrong] = places(tmp_path, row)
    assert isinstance(wrong, Ecart)
    assert told in wrong.raison


def test_the_rule_of_la_poste(tmp_path: Path) -> None:
    read = places(tmp_path, lieu(LA_POSTE, "09075"), lieu(LA_POSTE, "09090"))
    assert [type(one) for one in read] == [Lieu, Ecart]


def test_columns_come_in_any_order_after_a_byte_order_mark(tmp_path: Path) -> None:
    path = write(tmp_path / "unites.csv", UNITES[::-1], [unite(SIREN, "00018")], start="\ufeff")
    [read] = sirene.unites(path).lines(everyone)
    assert isinstance(read, Unite)


def test_the_archive_of_insee_is_read_as_it_comes(tmp_path: Path) -> None:
    path = write(tmp_path / "StockUniteLegale_utf8.csv", UNITES, [unite(SIREN, "00018")])
    with zipfile.ZipFile(tmp_path / "unites.zip", "w") as archive:
        archive.write(path, path.name)
    [read] = sirene.unites(tmp_path / "unites.zip").lines(everyone)
    assert isinstance(read, Unite)


def test_who_is_not_wanted_is_not_looked_at(tmp_path: Path) -> None:
    rows = [unite("999001002", "00018"), unite(SIREN, "00018")]
    file = sirene.unites(write(tmp_path / "unites.csv", UNITES, rows))
    [read] = file.lines({SIREN}.__contains__)
    assert isinstance(read, Unite)


def test_missing_columns_are_named(tmp_path: Path) -> None:
    columns = [name for name in UNITES if name != "nicSiegeUniteLegale"]
    file = sirene.unites(write(tmp_path / "unites.csv", columns, []))
    with pytest.raises(Refuse, match="il lui manque nicSiegeUniteLegale"):
        file.check()


@pytest.mark.parametrize("content", [b"", b"siren;nic\n", b"PK\x03\x04 not a zip", b"\xff\xfe"])
def test_another_kind_of_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "unites.csv").write_bytes(content)
    with pytest.raises(Refuse):
        sirene.unites(tmp_path / "unites.csv").check()


def test_a_line_cut_short_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "unites.csv", UNITES, [unite(SIREN, "00018")])
    path.write_text(path.read_text("utf-8") + "999002009,O,", "utf-8")
    _, cut = sirene.unites(path).lines(everyone)
    assert cut == Ecart(3, "999002009", "La ligne est incomplète.")


@pytest.mark.parametrize("ending", [b"\xe9t\xe9,", b'"999002009,O'])
def test_a_file_that_stops_being_readable_says_where(tmp_path: Path, ending: bytes) -> None:
    path = write(tmp_path / "unites.csv", UNITES, [unite(SIREN, "00018")])
    path.write_bytes(path.read_bytes() + ending)
    with pytest.raises(Refuse, match="après la ligne"):
        list(sirene.unites(path).lines(everyone))
