"""The outbox: work to be done after a commit is a row written inside the transaction.

Redis is only a doorbell. Lost rings are rung again from the rows, so that a stopped or emptied
Redis delays work and loses none.
"""

import logging
from datetime import datetime, timedelta
from enum import StrEnum

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import BigInteger, Identity, Index, Text, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from monespace import horloge
from monespace.db import Base, BigId, session

logger = logging.getLogger(__name__)

QUEUE = "monespace"
ENTRY_POINT = "jobs.run"
JOB_TIMEOUT_S = 3600
KEPT_FOR = timedelta(days=7)
RING_AGAIN_AFTER = timedelta(seconds=20)


class Job(StrEnum):
    """Every job there is; `jobs` knows the function of each."""

    EXPORTER = "exporter"
    IMPORTER = "importer"
    ENVOYER = "envoyer"


class Fenced(Exception):
    """This run was taken for dead and another one has its row: it must stop and keep nothing."""


class Travail(Base):
    """One job to run: done when `fini_le` is set, given up when `erreur` is."""

    __tablename__ = "travaux"
    __table_args__ = (Index(None, "fini_le", "sonne_le"),)

    id: Mapped[int] = mapped_column(BigId, Identity(), primary_key=True)
    nom: Mapped[Job]
    objet_id: Mapped[int] = mapped_column(BigInteger)
    cree_le: Mapped[datetime]
    sonne_le: Mapped[datetime]
    fini_le: Mapped[datetime | None]
    erreur: Mapped[str] = mapped_column(Text, default="")


def ask(job: Job, objet_id: int) -> None:
    """Have `job` run on the row `objet_id` once the running transaction is committed."""
    instant = horloge.now()
    travail = Travail(nom=job, objet_id=objet_id, cree_le=instant, sonne_le=instant)
    session().add(travail)
    session().flush()
    session().info.setdefault("travaux", []).append(travail.id)


def finish(travail_id: int, erreur: str = "") -> None:
    """The work is done, or given up for the reason `erreur`."""
    travail = session().get_one(Travail, travail_id)
    travail.fini_le = horloge.now()
    travail.erreur = erreur


def put_off(job: Job, objet_id: int, until: datetime) -> None:
    """Leave that work alone until then: it is rung again afterwards."""
    session().execute(
        update(Travail)
        .where(Travail.nom == job, Travail.objet_id == objet_id, Travail.fini_le.is_(None))
        .values(sonne_le=until - RING_AGAIN_AFTER)
    )


def to_ring_again() -> list[int]:
    """Ids of the work that nobody took: its ring was lost, or its worker died."""
    instant = horloge.now()
    waiting = session().scalars(
        select(Travail)
        .where(Travail.fini_le.is_(None), Travail.sonne_le < instant - RING_AGAIN_AFTER)
        .order_by(Travail.id)
        .limit(200)
    )
    ids = []
    for travail in waiting:
        travail.sonne_le = instant
        ids.append(travail.id)
    return ids


def forget_finished() -> None:
    """Delete what was finished long enough ago to be of no use to anyone."""
    session().execute(delete(Travail).where(Travail.fini_le < horloge.now() - KEPT_FOR))


def connect(redis_url: str) -> Redis:
    """A client that gives up at once: a page must never wait for Redis."""
    return Redis.from_url(redis_url, socket_connect_timeout=0.2, socket_timeout=0.5, retry=None)


class Doorbell:
    """Tells the workers that a row of the outbox waits."""

    def __init__(self, redis_url: str) -> None:
        self._queue = Queue(QUEUE, connection=connect(redis_url), serializer=JSONSerializer)

    def __call__(self, travail_id: int) -> None:
        try:
            self._queue.enqueue(
                ENTRY_POINT,
                travail_id,
                job_timeout=JOB_TIMEOUT_S,
                result_ttl=60,
                failure_ttl=7 * 24 * 3600,
            )
        except RedisError as error:
            logger.warning("doorbell not heard: %s", type(error).__name__)


def answers(redis_url: str) -> bool:
    """Does Redis answer?"""
    try:
        return bool(connect(redis_url).ping())
    except RedisError:
        return False
