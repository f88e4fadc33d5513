"""The real worker: what it refuses, how it survives Redis, how it ends, what a kill costs."""

import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from redis import Redis
from rq import Callback, Queue
from rq.job import Job, JobStatus
from rq.serializers import DefaultSerializer, JSONSerializer

from jobs.ticker import Ticker
from monespace import horloge
from monespace.acteur import Acteur
from monespace.config import Config
from monespace.db import Database, session
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions
from monespace.exports.dossiers import DOSSIERS
from monespace.exports.models import EtatExport, Export
from monespace.queue import ENTRY_POINT, QUEUE, Doorbell
from tests.jobs.conftest import Start, wait
from tests.support.entreprise import Societe
from tests.support.valkey import QueueServer, queue_server


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    with database.transaction():
        person = company.person("Martin")
        for _ in range(20):
            company.dossier(person, people=30)
        return person


def etat(database: Database, export_id: int) -> EtatExport:
    with database.reading():
        return session().get_one(Export, export_id).etat


def ask(database: Database, rh: Acteur, jeton: str = "jeton") -> int:
    with database.transaction():
        return actions.request(rh, DOSSIERS, Filtre(), jeton).id


def test_a_worker_makes_exports_and_ends_well(database: Database, rh: Acteur, start: Start) -> None:
    worker = start("jobs")
    asked = [ask(database, rh, f"jeton{number}") for number in range(3)]

    wait(lambda: {etat(database, one) for one in asked} == {EtatExport.PRET}, "not ready")
    assert worker.end() == 0


def test_a_run_killed_half_way_is_made_again(
    database: Database, config: Config, rh: Acteur, start: Start
) -> None:
    asked = ask(database, rh)
    first = start("jobs")
    wait(lambda: etat(database, asked) != EtatExport.EN_FILE, "not begun", every=0.002)
    first.kill()
    assert etat(database, asked) == EtatExport.EN_COURS

    ticker = Ticker(config)
    with horloge.frozen(horloge.now() + actions.SILENCE * 2):
        ticker.tick()
    ticker.close()
    start("jobs")
    wait(lambda: etat(database, asked) == EtatExport.PRET, "not made again")
    with database.reading():
        assert session().get_one(Export, asked).essais == 2


def failed(job: Job) -> bool:
    return job.get_status() == JobStatus.FAILED


def injected(link: Redis, proof: Path) -> Iterator[Job]:
    """Jobs that are none of the portal's, each trying to make the file `proof`."""
    ours = Queue(QUEUE, connection=link, serializer=JSONSerializer)
    touch = f"touch {proof}"
    yield ours.enqueue("os.system", touch)
    yield ours.enqueue("builtins.eval", f"__import__('os').system('{touch}')")
    yield ours.enqueue(ENTRY_POINT, touch)
    yield ours.enqueue(ENTRY_POINT, travail_id=1)
    yield ours.enqueue("no.such.job", on_failure=Callback("os.system"))
    yield Queue(QUEUE, connection=link, serializer=DefaultSerializer).enqueue(os.system, touch)


def test_foreign_jobs_are_refused(
    config: Config, start: Start, tmp_path: Path, database: Database
) -> None:
    proof = tmp_path / "executed"
    with Redis.from_url(config.redis_url) as link:
        jobs = list(injected(link, proof))
        start("jobs")
        for job in jobs:
            wait(partial(failed, job), "not refused")
        reasons = [str(result.exc_string) for job in jobs if (result := job.latest_result())]

    assert not proof.exists()
    assert ["Foreign" in reason for reason in reasons] == [True] * 5 + [False]
    assert "DeserializationError" in reasons[-1]


@pytest.fixture
def own_queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[QueueServer]:
    """A queue server that the test stops and starts."""
    with queue_server(tmp_path_factory.mktemp("own-valkey")) as running:
        yield running


@pytest.fixture
def empty_queue(own_queue: QueueServer) -> str:
    return own_queue.url


def test_a_request_does_not_wait_for_redis(
    database: Database, config: Config, rh: Acteur, own_queue: QueueServer
) -> None:
    own_queue.stop()
    began = time.monotonic()
    asked = ask(database, rh)
    assert time.monotonic() - began < 1
    assert etat(database, asked) == EtatExport.EN_FILE

    ticker = Ticker(config)
    ticker.tick()
    own_queue.start()
    with horloge.frozen(horloge.now() + actions.SILENCE):
        ticker.tick()
    ticker.close()
    with Redis.from_url(config.redis_url) as link:
        assert Queue(QUEUE, connection=link).count == 1


def test_a_worker_outlives_redis(
    database: Database, rh: Acteur, own_queue: QueueServer, start: Start
) -> None:
    worker = start("jobs")
    asked = ask(database, rh)
    wait(lambda: etat(database, asked) != EtatExport.EN_FILE, "not begun", every=0.002)
    own_queue.stop()
    wait(lambda: etat(database, asked) == EtatExport.PRET, "not ready without Redis")
    own_queue.start()

    asked = ask(database, rh, "second")
    wait(lambda: etat(database, asked) == EtatExport.PRET, "not ready after Redis came back")
    assert worker.end() == 0


def test_a_worker_can_be_stopped_while_redis_is(own_queue: QueueServer, start: Start) -> None:
    own_queue.stop()
    worker = start("jobs")

    assert worker.says("Redis does not answer")
    assert worker.process.poll() is None
    assert worker.end() == 0


def test_a_ring_is_heard_by_name(config: Config) -> None:
    Doorbell(config.redis_url)(7)

    with Redis.from_url(config.redis_url) as link:
        (job,) = Queue(QUEUE, connection=link, serializer=JSONSerializer).jobs
    assert (job.func_name, list(job.args)) == (ENTRY_POINT, [7])
