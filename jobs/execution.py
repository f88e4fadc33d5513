"""One row of the outbox, done: the rows are the truth, a ring of Redis only says to look."""

import logging
from collections.abc import Callable, Mapping

from jobs.courriels import envoyer
from jobs.exports import exporter
from jobs.imports import importer
from monespace import queue
from monespace.config import Config
from monespace.db import Database
from monespace.queue import Doorbell, Job, Travail

logger = logging.getLogger(__name__)

# Reading a whole listing takes longer than a page may.
STATEMENT_MS = 600_000

# Each does its work on the row of that id; True when nothing is left to do for it.
JOBS: Mapping[Job, Callable[[Database, Config, int], bool]] = {
    Job.EXPORTER: exporter,
    Job.IMPORTER: importer,
    Job.ENVOYER: envoyer,
}


def execute(config: Config, travail_id: int) -> None:
    """Do that work unless it is done. What fails stays to do, and is rung again.

    Nothing is raised: RQ would keep the message, and with it what people typed, in Redis.
    """
    database = Database(config.database_url, Doorbell(config.redis_url), STATEMENT_MS)
    try:
        _do(database, config, travail_id)
    except Exception:
        logger.exception("job failed", extra={"travail": travail_id})
    finally:
        database.dispose()


def _do(database: Database, config: Config, travail_id: int) -> None:
    with database.reading() as session:
        travail = session.get(Travail, travail_id)
    if travail is None or travail.fini_le is not None:
        return
    if JOBS[travail.nom](database, config, travail.objet_id):
        with database.transaction():
            queue.finish(travail_id)
