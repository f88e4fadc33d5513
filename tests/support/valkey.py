"""A real queue server for the tests, the one of `make run`, that can be stopped and started."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from monespace.autonome.children import Group
from monespace.autonome.valkey import Valkey


class QueueServer:
    """Valkey on a private socket; its jobs survive a stop."""

    def __init__(self, group: Group, folder: Path) -> None:
        self._group = group
        self._valkey = Valkey(folder)
        self._log = folder / "log"
        self._process: Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self._valkey.url

    def start(self) -> None:
        self._process = self._group.spawn(self._valkey.command, log=self._log)
        self._valkey.wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """Stop for good."""
        self.stop()
        self._valkey.clean()


@contextmanager
def queue_server(folder: Path) -> Iterator[QueueServer]:
    """A running server for the time of the block."""
    with Group() as group:
        server = QueueServer(group, folder)
        try:
            server.start()
            yield server
        finally:
            server.remove()
