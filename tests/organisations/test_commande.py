"""`flask sirene importer`: what it says, what it takes, what it refuses."""

import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from monespace import bail
from monespace.db import session
from monespace.organisations.models import Entreprise, Organisation
from tests.organisations.stocks import ETABLISSEMENTS, UNITES, Row, lieu, nic, unite, write
from tests.support.terrain import Terrain

ONE, TWO = "999001001", "999002009"
HALLES = "005720784"


def run(terrain: Terrain, folder: Path, *options: str, sirens: tuple[str, ...] = (ONE,)) -> Result:
    units: list[Row] = [unite(one, nic(one, 1), f"SOCIETE {one}") for one in sirens]
    places: list[Row] = [lieu(one, nic(one, 1)) for one in sirens]
    files = (
        write(folder / "u.csv", UNITES, units),
        write(folder / "e.csv", ETABLISSEMENTS, places),
    )
    return terrain.app.test_cli_runner().invoke(
        args=["sirene", "importer", *map(str, files), *options]
    )


def sirens(terrain: Terrain) -> set[str]:
    with terrain.database.reading():
        return set(session().scalars(select(Entreprise.siren)))


def test_it_says_what_it_did_and_then_that_nothing_changed(
    terrain: Terrain, tmp_path: Path
) -> None:
    said = run(terrain, tmp_path, "--profil", "les deux", sirens=(ONE, TWO))
    assert said.exit_code == 0, said.output
    for line in ("Entreprises ajoutées\u00a0: 2", "Espaces ouverts\u00a0: 4"):
        assert line in said.output
    with terrain.database.reading():
        spaces = session().scalars(select(Organisation)).all()
        assert sum(one.siren in (ONE, TWO) for one in spaces) == 4
    again = run(terrain, tmp_path, "--profil", "les deux", sirens=(ONE, TWO))
    assert "Rien n’a changé" in again.output


def test_only_the_sirens_of_a_list(terrain: Terrain, tmp_path: Path) -> None:
    (tmp_path / "liste.txt").write_text(f"\ufeff{TWO[:3]} {TWO[3:]}\n\n", "utf-8")
    run(terrain, tmp_path, "--siren", str(tmp_path / "liste.txt"), sirens=(ONE, TWO))
    assert sirens(terrain) & {ONE, TWO} == {TWO}


def test_only_the_sirens_that_are_known(terrain: Terrain, tmp_path: Path) -> None:
    before = sirens(terrain)
    said = run(terrain, tmp_path, "--connus", sirens=(ONE, HALLES))
    assert sirens(terrain) == before
    assert "Entreprises mises à jour\u00a0: 1" in said.output
    assert f"Sièges changés\u00a0: 1\n  {HALLES} SOCIETE {HALLES}" not in said.output


def test_a_list_that_is_wrong_is_refused(terrain: Terrain, tmp_path: Path) -> None:
    before = terrain.fingerprint()
    (tmp_path / "liste.txt").write_text(f"{ONE}\n12345\n", "utf-8")
    said = run(terrain, tmp_path, "--siren", str(tmp_path / "liste.txt"))
    assert said.exit_code == 1
    assert "liste.txt, ligne 2" in said.output
    assert terrain.fingerprint() == before


def test_another_file_is_refused_and_nothing_is_written(terrain: Terrain, tmp_path: Path) -> None:
    before = terrain.fingerprint()
    wrong = write(tmp_path / "e2.csv", ("siren", "nic"), [])
    right = write(tmp_path / "u.csv", UNITES, [unite(ONE, nic(ONE, 1))])
    said = terrain.app.test_cli_runner().invoke(args=["sirene", "importer", str(right), str(wrong)])
    assert said.exit_code == 1
    assert "il lui manque siret, etatAdministratifEtablissement" in said.output
    assert terrain.fingerprint() == before


def test_one_import_at_a_time(terrain: Terrain, tmp_path: Path) -> None:
    with terrain.database.transaction():
        assert bail.hold("sirene", secrets.token_hex(6), timedelta(minutes=5))
    said = run(terrain, tmp_path)
    assert said.exit_code == 1
    assert "Un autre import de SIRENE est en cours" in said.output


@pytest.mark.parametrize("wrong", [unite("999001002", "00018"), {"siren": "bonjour"}])
def test_lines_left_out_are_named(terrain: Terrain, tmp_path: Path, wrong: Row) -> None:
    files = (
        write(tmp_path / "u.csv", UNITES, [wrong]),
        write(tmp_path / "e.csv", ETABLISSEMENTS, []),
    )
    said = terrain.app.test_cli_runner().invoke(args=["sirene", "importer", *map(str, files)])
    assert said.exit_code == 0
    assert "Lignes écartées\u00a0: 1" in said.output
    assert "u.csv, ligne 2" in said.output
