"""Tell from time to time that a run is alive and how far it is, whatever it is busy with."""

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Self

from sqlalchemy.exc import SQLAlchemyError

from monespace.queue import Fenced

logger = logging.getLogger(__name__)

EVERY_S = 1.0


class Heartbeat:
    """Writes the progress every second for the time of a block, from a thread of its own.

    Writing to the disk and closing the file give no occasion to beat in between.
    """

    def __init__(self, write: Callable[[int, int], None]) -> None:
        """`write` keeps (done, total); it raises Fenced once the run has lost its row."""
        self._write = write
        self._progress = (0, 0)
        self._over, self._fenced = Event(), Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        """The work has come to `done` of `total`. Raise Fenced if it is to stop."""
        if self._fenced.is_set():
            raise Fenced()
        self._progress = (done, total)

    def _beat(self) -> None:
        while not self._over.wait(EVERY_S):
            try:
                self._write(*self._progress)
            except Fenced:
                self._fenced.set()
                return
            except SQLAlchemyError as error:
                logger.warning("heartbeat not written: %s", type(error).__name__)
