"""A mail whose ring was lost still leaves."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from jobs.ticker import Ticker
from monespace import horloge
from monespace.config import Config
from monespace.courriels import actions
from monespace.courriels.models import Courriel
from monespace.db import Database, session
from tests.jobs.conftest import Start, wait
from tests.support.smtp import smtp_server
from tests.support.valkey import QueueServer, queue_server


@pytest.fixture
def own_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueueServer]:
    """A queue server that the test stops and starts."""
    with queue_server(tmp_path_factory.mktemp("own-valkey")) as running:
        yield running


@pytest.fixture
def empty_queue(own_queue: QueueServer) -> str:
    return own_queue.url


def test_a_mail_written_while_redis_was_stopped_leaves(
    database: Database,
    config: Config,
    own_queue: QueueServer,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own_queue.stop()
    with database.transaction():
        written = actions.send("nora@societe.example", "Bienvenue", "Bonjour").id
    own_queue.start()

    def sent() -> bool:
        with database.reading():
            return session().get_one(Courriel, written).envoye_le is not None

    with smtp_server() as server:
        monkeypatch.setenv("MAIL_URL", server.url)
        start("jobs")
        ticker = Ticker(config)
        with horloge.frozen(horloge.now() + timedelta(minutes=1)):
            ticker.tick()
        ticker.close()
        wait(sent, "the mail did not leave")
    assert len(server.received) == 1
