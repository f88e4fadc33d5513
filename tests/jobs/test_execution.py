"""An export from its request to its file, and what becomes of runs that go wrong."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from jobs.execution import execute
from jobs.exports import Run, exporter
from jobs.heartbeat import EVERY_S, Heartbeat
from monespace import horloge
from monespace.acteur import Acteur
from monespace.config import Config
from monespace.db import Database, session
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions, queries
from monespace.exports.dossiers import DOSSIERS
from monespace.exports.models import EtatExport, Export
from monespace.organisations.models import Rattachement
from monespace.queue import Fenced, Travail
from monespace.stockage import Stockage
from tests.exports.classeur import read
from tests.support.entreprise import Societe


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    """Somebody who has two dossiers to export."""
    with database.transaction():
        person = company.person("Martin")
        company.dossier(person)
        company.dossier(person, at=company.annexe)
        return person


@pytest.fixture
def asked(database: Database, rh: Acteur) -> int:
    with database.transaction():
        return actions.request(rh, DOSSIERS, Filtre(), "jeton").id


def row(database: Database, export_id: int) -> Export:
    with database.reading():
        return session().get_one(Export, export_id)


def travail(database: Database) -> Travail:
    with database.reading():
        return session().scalars(select(Travail)).one()


def stored(config: Config) -> list[str]:
    return list(Stockage(config.data_dir / "fichiers").keys())


def test_an_export_is_made(
    database: Database, config: Config, rh: Acteur, asked: int, tmp_path: Path
) -> None:
    execute(config, travail(database).id)

    export = row(database, asked)
    assert (export.etat, export.lignes_faites, export.lignes_total) == (EtatExport.PRET, 2, 2)
    assert export.nom == f"{horloge.today():%Y-%m-%d}_dossiers_005720784.xlsx"
    assert export.expire_le is not None
    assert export.fini_le is not None
    assert export.expire_le - export.fini_le == timedelta(hours=config.exports_ttl_hours)
    assert travail(database).fini_le is not None
    with queries.open_file(rh, export, Stockage(config.data_dir / "fichiers")) as contenu:
        (tmp_path / "lu.xlsx").write_bytes(contenu.read())
    assert len(read(tmp_path / "lu.xlsx")["Dossiers"].rows) == 2


def test_the_same_work_rung_twice_is_done_once(
    database: Database, config: Config, asked: int
) -> None:
    execute(config, travail(database).id)
    first = row(database, asked).fichier
    execute(config, travail(database).id)

    assert (row(database, asked).fichier, row(database, asked).essais) == (first, 1)
    assert stored(config) == [first]


def test_work_that_is_running_stays_to_do(database: Database, config: Config, asked: int) -> None:
    with database.transaction():
        actions.claim(asked)
    execute(config, travail(database).id)

    assert travail(database).fini_le is None


def test_unknown_work_is_nothing(database: Database, config: Config) -> None:
    execute(config, 4321)

    assert stored(config) == []


def test_rights_are_read_again_when_it_runs(
    database: Database, config: Config, rh: Acteur, asked: int
) -> None:
    with database.transaction():
        session().execute(
            delete(Rattachement).where(Rattachement.utilisateur_id == rh.utilisateur_id)
        )
    execute(config, travail(database).id)

    export = row(database, asked)
    assert export.etat == EtatExport.ECHEC
    assert "droits" in export.message
    assert stored(config) == []
    assert travail(database).fini_le is not None


def test_a_run_that_was_taken_for_dead_leaves_nothing(
    database: Database, config: Config, asked: int
) -> None:
    with database.transaction():
        first = actions.claim(asked)
    with horloge.frozen(horloge.now() + actions.SILENCE * 2), database.transaction():
        actions.give_back_stale()
    with database.transaction():
        second = actions.claim(asked)
    assert first
    assert second

    with pytest.raises(Fenced):
        Run(database, config, asked, first).make()
    assert stored(config) == []
    Run(database, config, asked, second).make()
    assert stored(config) == [row(database, asked).fichier]
    assert list((config.data_dir / "en-chantier").iterdir()) == []


def test_what_fails_by_accident_is_tried_again_then_told(
    database: Database, config: Config, asked: int
) -> None:
    config.data_dir.mkdir()
    (config.data_dir / "en-chantier").write_text("no folder can be made here")
    for essai in range(1, actions.MOST_RUNS + 1):
        assert row(database, asked).etat == EtatExport.EN_FILE
        execute(config, travail(database).id)
        assert row(database, asked).essais == essai

    export = row(database, asked)
    assert export.etat == EtatExport.ECHEC
    assert export.cle in export.message
    execute(config, travail(database).id)
    assert travail(database).fini_le is not None


def test_an_accident_then_a_good_run(database: Database, config: Config, asked: int) -> None:
    obstacle = config.data_dir / "en-chantier"
    config.data_dir.mkdir()
    obstacle.write_text("no folder can be made here")
    execute(config, travail(database).id)
    obstacle.unlink()
    execute(config, travail(database).id)

    assert row(database, asked).etat == EtatExport.PRET


def test_an_export_that_is_gone_has_nothing_left_to_do(database: Database, config: Config) -> None:
    assert exporter(database, config, 4321)


def test_progress_is_written_while_it_runs() -> None:
    heard: list[tuple[int, int]] = []
    with Heartbeat(lambda done, total: heard.append((done, total))) as heartbeat:
        heartbeat.tell(3, 10)
        time.sleep(EVERY_S * 1.5)

    assert heard == [(3, 10)]


def test_a_run_learns_that_it_lost_its_export() -> None:
    def lost(done: int, total: int) -> None:
        raise Fenced()

    with Heartbeat(lost) as heartbeat:
        heartbeat.tell(1, 2)
        time.sleep(EVERY_S * 1.5)
        with pytest.raises(Fenced):
            heartbeat.tell(2, 2)
