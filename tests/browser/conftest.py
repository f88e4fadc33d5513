"""Real portals for the browser: one with the demo, one on PostgreSQL; and people who use them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.demo.comptes import CAMILLE, Compte
from tests.browser.visitor import Arrive, Visitor
from tests.support.live import LivePortal, copy_of, demo_folder, live_portal, open_accounts
from tests.support.postgres import Postgres
from tests.support.valkey import queue_server

SECONDS = 10


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data of the demo, made once for all the processes of the run."""
    base = tmp_path_factory.getbasetemp()
    return demo_folder(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="session")
def demo_portal(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePortal]:
    """A portal on SQLite with the demo."""
    folder = tmp_path_factory.mktemp("portail")
    database_url = copy_of(demo, folder / "data")
    with (
        queue_server(folder / "valkey") as queue,
        live_portal(folder / "data", database_url, queue) as portal,
    ):
        yield portal


@pytest.fixture(scope="session")
def postgres_portal(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LivePortal]:
    """A portal on PostgreSQL with the companies and people of the demo, and no dossier."""
    folder = tmp_path_factory.mktemp("portail-postgresql")
    database_url = postgres.create(postgres_template)
    database = Database(database_url)
    open_accounts(database, Coffre.of(Config.from_env({"DATA_DIR": str(folder)})))
    database.dispose()
    with (
        queue_server(folder / "valkey") as queue,
        live_portal(folder, database_url, queue) as portal,
    ):
        yield portal


@pytest.fixture(params=[True, False], ids=["js", "sans-js"])
def script(request: pytest.FixtureRequest) -> bool:
    """Every journey runs twice: with JavaScript and without."""
    chosen: bool = request.param
    return chosen


@pytest.fixture
def arrive(browser: Browser, demo_portal: LivePortal) -> Iterator[Arrive]:
    """Bring somebody, signed in, in a browser of their own; no page may fail behind their back."""
    arrived: list[Visitor] = []

    def arrive(
        account: Compte | None = CAMILLE,
        script: bool = True,
        portal: LivePortal | None = None,
        width: int = 1280,
    ) -> Visitor:
        context = browser.new_context(
            java_script_enabled=script, locale="fr-FR", viewport={"width": width, "height": 800}
        )
        context.set_default_timeout(SECONDS * 1000)
        visitor = Visitor(context.new_page(), portal or demo_portal, script)
        arrived.append(visitor)
        if account is not None:
            visitor.sign_in(account)
        return visitor

    yield arrive
    for visitor in arrived:
        visitor.page.context.close()
        assert not visitor.faults
