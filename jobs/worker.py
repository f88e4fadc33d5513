"""The RQ worker of the portal: what it accepts to run, how it waits, how it ends."""

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType

from redis import Redis
from redis.exceptions import RedisError
from rq import Worker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer

from monespace.queue import ENTRY_POINT, QUEUE

logger = logging.getLogger(__name__)

# A worker that died is noticed by the others after this long; RQ's default is seven minutes.
WORKER_TTL_S = 60
MAINTENANCE_S = 30
MONITORING_S = 10
RESULT_TTL_S = 60
WAIT_FOR_REDIS_S = 2


class Foreign(Exception):
    """A job that is none of ours: whoever may write to Redis must not run code here."""


class OnlyOurs(Job):
    """A job that runs the entry point with the number of one row of the outbox, or nothing."""

    @property
    def func(self) -> Callable[..., object]:
        arguments = self.args
        if (
            self.func_name != ENTRY_POINT
            or self.instance is not None
            or self.kwargs
            or len(arguments) != 1
            or type(arguments[0]) is not int
        ):
            raise Foreign("this job is not one of the portal's")
        function: Callable[..., object] = super().func
        return function

    # RQ imports these by the names that stand in Redis, and calls these addresses.
    success_callback = None
    failure_callback = None
    stopped_callback = None

    def send_webhooks(self, *args: object, **kwargs: object) -> None:
        """Nothing: the portal tells nobody."""


class PortalWorker(Worker):
    """A worker that remembers that it was asked to stop."""

    stopping = False
    max_connection_wait_time = 5.0

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def work(redis_url: str) -> None:
    """Run jobs until SIGTERM or SIGINT, whatever happens to Redis; the job at hand is finished."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, _stop)
    stopping = False
    try:
        while not stopping:
            stopping = _work_until_broken(redis_url)
    except StopRequested:
        return


def _work_until_broken(redis_url: str) -> bool:
    """Work as long as Redis answers. True when the end was asked for."""
    worker = None
    try:
        worker = _worker(redis_url)
        worker.work(logging_level="WARNING")
    except RedisError as error:
        logger.warning("Redis does not answer: %s", type(error).__name__)
    if worker is not None and worker.horse_pid:
        # It still runs: the database, not Redis, will know what it did.
        worker.wait_for_horse()
    if worker is not None and worker.stopping:
        return True
    time.sleep(WAIT_FOR_REDIS_S)
    return False


def _worker(redis_url: str) -> PortalWorker:
    return PortalWorker(
        [QUEUE],
        connection=Redis.from_url(redis_url),
        serializer=JSONSerializer,
        job_class=OnlyOurs,
        default_result_ttl=RESULT_TTL_S,
        worker_ttl=WORKER_TTL_S,
        maintenance_interval=MAINTENANCE_S,
        job_monitoring_interval=MONITORING_S,
        log_job_description=False,
    )


def _stop(signum: int, frame: FrameType | None) -> None:
    raise StopRequested()
