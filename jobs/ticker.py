"""`python -m jobs.ticker`: what must happen from time to time, done by one process at a time."""

import logging
import signal
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from types import FrameType

from redis.exceptions import RedisError
from rq import Queue

from jobs import menage
from monespace import bail, horloge, logs, queue
from monespace.acces import actions as acces
from monespace.comptes import actions as comptes
from monespace.comptes import essais
from monespace.config import Config
from monespace.courriels import actions as courriels
from monespace.db import Database, new_key
from monespace.exports import actions as exports
from monespace.imports import actions as imports
from monespace.notifications import actions as notifications
from monespace.queue import QUEUE, Doorbell
from monespace.stockage import Stockage

logger = logging.getLogger(__name__)

EVERY_S = 5.0
LEASE = "ticker"
LEASE_FOR = timedelta(seconds=20)
# Sweeping reads the whole store.
SWEEP_EVERY = timedelta(minutes=10)


class Ticker:
    """One ticker among those that may run: only the holder of the lease does anything."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._doorbell = Doorbell(config.redis_url)
        self._database = Database(config.database_url, self._doorbell)
        self._stockage = Stockage(config.data_dir / "fichiers")
        self._name = new_key()
        self._swept_at = horloge.now() - SWEEP_EVERY

    def tick(self) -> None:
        """Do once everything that is due. What fails is logged, and keeps nothing else back."""
        if not self._attempt(self._hold):
            return
        for task in (
            self._give_back,
            self._expire,
            self._sum_up,
            self._remind,
            self._ring_again,
            self._sweep,
            self._forget,
            self._forget_unproved,
        ):
            self._attempt(task)

    def close(self) -> None:
        """Let another ticker take over at once."""
        self._attempt(self._release)
        self._database.dispose()

    def _attempt(self, task: Callable[[], object]) -> bool:
        try:
            return task() is not False
        except RedisError as error:
            logger.warning("Redis does not answer: %s", type(error).__name__)
        except Exception:
            logger.exception("tick failed")
        return False

    def _hold(self) -> bool:
        with self._database.transaction():
            return bail.hold(LEASE, self._name, LEASE_FOR)

    def _release(self) -> None:
        with self._database.transaction():
            bail.release(LEASE, self._name)

    def _give_back(self) -> None:
        with self._database.transaction():
            stale = exports.give_back_stale() + imports.give_back_stale()
        if stale:
            logger.warning("exports and imports taken from runs that died: %d", stale)

    def _expire(self) -> None:
        with self._database.transaction():
            files = exports.expire() + imports.expire()
        for cle in files:
            self._stockage.delete(cle)

    def _forget(self) -> None:
        with self._database.transaction():
            comptes.forget_ended_sessions()
            courriels.forget_old()
            comptes.forget_kept_forms()
            comptes.forget_old_links()
            essais.forget_old()
            queue.forget_finished()

    def _forget_unproved(self) -> None:
        with self._database.transaction():
            comptes.forget_unproved()

    def _sum_up(self) -> None:
        with self._database.transaction():
            notifications.send_digests()

    def _remind(self) -> None:
        with self._database.transaction():
            acces.remind()

    def _ring_again(self) -> None:
        # While rings wait in Redis nothing is lost, and adding to them would fill it.
        if not Queue(QUEUE, connection=queue.connect(self._config.redis_url)).is_empty():
            return
        with self._database.transaction():
            lost = queue.to_ring_again()
        for travail_id in lost:
            self._doorbell(travail_id)

    def _sweep(self) -> None:
        instant = horloge.now()
        if instant - self._swept_at < SWEEP_EVERY:
            return
        swept = menage.sweep(self._database, self._stockage, self._config.data_dir, instant)
        self._swept_at = instant
        if swept:
            logger.info("orphan files deleted: %d", swept)


def main() -> None:
    """Tick until SIGTERM or SIGINT."""
    logs.configure("ticker")
    over = Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        over.set()

    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, stop)
    ticker = Ticker(Config.from_env())
    while not over.is_set():
        ticker.tick()
        over.wait(EVERY_S)
    ticker.close()


if __name__ == "__main__":
    main()
