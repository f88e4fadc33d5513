"""Servers of the whole session, and a fresh database for each test that asks for one."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from redis import Redis

from monespace import migration
from tests.support import browser
from tests.support import terrain as terrains
from tests.support.postgres import Postgres, server
from tests.support.terrain import Modele, Terrain
from tests.support.valkey import QueueServer, queue_server

Backend = Literal["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server that starts in a second and is thrown away."""
    with server() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url(postgres: Postgres) -> str:
    """A database of that server whose user may create others."""
    return postgres.url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database, to be copied."""
    path = tmp_path_factory.mktemp("template") / "monespace.sqlite3"
    migration.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """The address of a migrated, empty PostgreSQL database, to be copied."""
    url = postgres.create()
    migration.upgrade(url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """The databases that every test of the portal runs on."""
    chosen: Backend = request.param
    return chosen


@pytest.fixture
def database_url(backend: Backend, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated and empty database of this test alone, on each backend in turn."""
    if backend == "sqlite":
        path = tmp_path / "monespace.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.create(request.getfixturevalue("postgres_template"))
        yield url
        postgres.drop(url)


@pytest.fixture(scope="session")
def sqlite_world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Modele:
    """The small world in a SQLite database, to be copied."""
    folder = tmp_path_factory.mktemp("monde-sqlite")
    path = folder / "monespace.sqlite3"
    shutil.copy(sqlite_template, path)
    return terrains.modeler(f"sqlite:///{path}", folder)


@pytest.fixture(scope="session")
def postgres_world(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Modele:
    """The small world in a PostgreSQL database, to be copied."""
    folder = tmp_path_factory.mktemp("monde-postgres")
    return terrains.modeler(postgres.create(postgres_template), folder)


@pytest.fixture
def terrain(backend: Backend, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terrain]:
    """The portal on a copy of the small world, on each backend in turn."""
    folder = tmp_path / "portail"
    folder.mkdir()
    if backend == "sqlite":
        modele: Modele = request.getfixturevalue("sqlite_world")
        url = terrains.copy_of_sqlite(modele, folder)
        with terrains.terrain(url, folder, modele.monde) as opened:
            yield opened
        return
    modele = request.getfixturevalue("postgres_world")
    postgres: Postgres = request.getfixturevalue("postgres")
    terrains.copy_of_files(modele, folder)
    url = postgres.create(modele.database_url)
    with terrains.terrain(url, folder, modele.monde) as opened:
        yield opened
    postgres.drop(url)


@pytest.fixture(scope="session")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueueServer]:
    """A queue server for the session; a test that stops one starts its own."""
    with queue_server(tmp_path_factory.mktemp("valkey")) as running:
        yield running


@pytest.fixture(scope="session")
def redis_url(queue: QueueServer) -> str:
    """The address of the session's queue server."""
    return queue.url


@pytest.fixture
def empty_queue(redis_url: str) -> str:
    """The address of the session's queue server, emptied of what other tests left."""
    with Redis.from_url(redis_url) as link:
        if left := list(link.scan_iter("rq:*")):
            link.unlink(*left)
    return redis_url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The browser that `make test` found or installed."""
    return browser.find()


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium_path: Path) -> dict[str, str | list[str]]:
    """How pytest-playwright starts the browser."""
    return {"executable_path": str(chromium_path), "args": list(browser.ARGUMENTS)}


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test proves nothing: it fails the run like a red one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(session.config, "workerinput"):
        return
    if reporter.stats.get("skipped") or reporter.stats.get("xfailed"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
