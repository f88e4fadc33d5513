"""What happens from time to time, done once whoever ticks."""

import io
import os
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue
from sqlalchemy import select

from jobs.ticker import EVERY_S, Ticker
from monespace import bail, horloge
from monespace.acteur import Acteur
from monespace.config import Config
from monespace.db import Database, session
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions
from monespace.exports.dossiers import DOSSIERS
from monespace.exports.models import EtatExport, Export
from monespace.queue import QUEUE
from monespace.stockage import Stockage
from tests.jobs.conftest import Start, wait
from tests.support.entreprise import Societe

KEPT = timedelta(hours=48)


@pytest.fixture
def stockage(config: Config) -> Stockage:
    return Stockage(config.data_dir / "fichiers")


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    with database.transaction():
        return company.person("Martin")


@pytest.fixture
def ready(database: Database, stockage: Stockage, rh: Acteur) -> int:
    """An export whose file is in the store."""
    with database.transaction():
        asked = actions.request(rh, DOSSIERS, Filtre(), "jeton").id
        course = actions.claim(asked)
    assert course
    depot = stockage.put(io.BytesIO(b"xlsx"))
    with database.transaction():
        actions.finish(asked, course, actions.Fichier("x.xlsx", 7, [], depot), KEPT)
    return asked


def tick(config: Config, later: timedelta) -> None:
    """One tick of a new ticker, that much later."""
    with horloge.frozen(horloge.now() + later):
        ticker = Ticker(config)
        ticker.tick()
        ticker.close()


def waiting(config: Config) -> int:
    with Redis.from_url(config.redis_url) as link:
        return Queue(QUEUE, connection=link).count


def empty(config: Config) -> None:
    with Redis.from_url(config.redis_url) as link:
        link.delete(Queue(QUEUE, connection=link).key)


def grow_old(path: Path, age: timedelta) -> None:
    instant = (horloge.now() - age).timestamp()
    os.utime(path, (instant, instant))


def test_an_expired_export_loses_its_file(
    database: Database, config: Config, stockage: Stockage, ready: int
) -> None:
    tick(config, KEPT * 2)

    assert list(stockage.keys()) == []
    with database.reading():
        assert session().get_one(Export, ready).etat == EtatExport.EXPIRE


def test_lost_rings_are_rung_again(database: Database, config: Config, rh: Acteur) -> None:
    with database.transaction():
        actions.request(rh, DOSSIERS, Filtre(), "jeton")
    assert waiting(config) == 1
    empty(config)
    tick(config, timedelta(seconds=EVERY_S))
    assert waiting(config) == 0
    tick(config, timedelta(minutes=1))
    assert waiting(config) == 1


def test_rings_do_not_pile_up(database: Database, config: Config, rh: Acteur) -> None:
    with database.transaction():
        actions.request(rh, DOSSIERS, Filtre(), "jeton")
    for minutes in range(1, 5):
        tick(config, timedelta(minutes=minutes))

    assert waiting(config) == 1


def test_orphans_are_swept_and_named_files_stay(
    config: Config, stockage: Stockage, ready: int
) -> None:
    orphan = stockage.put(io.BytesIO(b"orphan")).cle
    recent = stockage.put(io.BytesIO(b"recent")).cle
    folder = config.data_dir / "fichiers" / "fichiers"
    part = config.data_dir / "fichiers" / "en-cours" / ("0" * 32)
    part.write_bytes(b"half")
    left = config.data_dir / "en-chantier" / "run"
    left.mkdir(parents=True)
    (left / "export.xlsx").write_bytes(b"half")
    for path in (*folder.glob("*/*"), part, left):
        if path.name != recent:
            grow_old(path, timedelta(hours=2))
    tick(config, timedelta(0))

    keys = set(stockage.keys())
    assert orphan not in keys
    assert len(keys) == 2
    assert recent in keys
    assert not part.exists()
    assert not left.exists()


def test_everything_but_ringing_goes_on_without_redis(
    database: Database, config: Config, stockage: Stockage, ready: int, tmp_path: Path
) -> None:
    deaf = Config(config.data_dir, config.database_url, f"unix://{tmp_path}/none", "x" * 32)
    tick(deaf, KEPT * 2)

    assert list(stockage.keys()) == []


def test_one_ticker_at_a_time(database: Database, config: Config) -> None:
    lease = timedelta(seconds=20)
    with database.transaction():
        assert bail.hold("ticker", "first", lease)
    with database.transaction():
        assert bail.hold("ticker", "first", lease)
        assert not bail.hold("ticker", "second", lease)
    with horloge.frozen(horloge.now() + lease * 2), database.transaction():
        assert bail.hold("ticker", "second", lease)
        assert not bail.hold("ticker", "first", lease)


def test_a_lease_that_is_given_up_is_free(database: Database) -> None:
    with database.transaction():
        bail.hold("ticker", "first", timedelta(minutes=1))
    with horloge.frozen(horloge.now() + timedelta(seconds=1)), database.transaction():
        bail.release("ticker", "second")
        assert not bail.hold("ticker", "second", timedelta(minutes=1))
        bail.release("ticker", "first")
    with horloge.frozen(horloge.now() + timedelta(seconds=2)), database.transaction():
        assert bail.hold("ticker", "second", timedelta(minutes=1))


def test_a_ticker_that_does_not_hold_the_lease_does_nothing(
    database: Database, config: Config, stockage: Stockage, ready: int
) -> None:
    later = horloge.now() + KEPT * 2
    with horloge.frozen(later), database.transaction():
        bail.hold("ticker", "another", timedelta(minutes=1))
    tick(config, KEPT * 2)

    assert len(list(stockage.keys())) == 1


def held(database: Database) -> bool:
    with database.reading():
        return session().scalar(select(bail.Bail.nom)) is not None


def test_the_ticker_ends_well(config: Config, start: Start, database: Database) -> None:
    ticker = start("jobs.ticker")
    wait(partial(held, database), "no lease was taken")

    assert ticker.end() == 0
