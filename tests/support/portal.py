"""The portal of `make run`, as a test starts it, kills it and counts what is left of it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

from monespace.autonome.children import ROOT

LAST_LINE = "Ctrl-C arrête tout"


def _as_in_a_terminal() -> None:
    """Shells have what they start in the background ignore these two; so would the portal."""
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_DFL)


class PortalProcess:
    """A supervisor, and the processes that it started."""

    def __init__(self, data_dir: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        environ = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "MONESPACE_MODE")
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "monespace"],
            cwd=ROOT,
            env={**environ, "DATA_DIR": str(data_dir), "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_as_in_a_terminal,
        )
        self._family: list[psutil.Process] = []

    def wait_until_ready(self) -> str:
        """Return what it said until it was ready. Fail when it ended instead."""
        assert self._process.stdout is not None
        said = ""
        while LAST_LINE not in said:
            line = self._process.stdout.readline()
            assert line, f"the portal ended: {said}"
            said += line
        self._family = self.children()
        return said

    def refusal(self) -> str:
        """What it said when it refused to start, with the status of a failure."""
        said, _ = self._process.communicate(timeout=30)
        assert self._process.returncode == 1, said
        return said

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self._process.pid).children(recursive=True)

    def child(self, name: str) -> psutil.Process | None:
        """The oldest living process that is this program or runs this module."""
        for process in self.children():
            with suppress(psutil.NoSuchProcess):
                if is_alive(process) and name in (process.name(), *process.cmdline()):
                    return process
        return None

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request("GET", path)
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        finally:
            link.close()

    def end(self, wanted: signal.Signals) -> tuple[int, float]:
        """Send a signal. Return the status, and the seconds until no process was left."""
        start = time.monotonic()
        self._family += [child for child in self.children() if child not in self._family]
        self._process.send_signal(wanted)
        self._process.communicate(timeout=30)
        wait_for(lambda: not self.left(), 10)
        return self._process.returncode, time.monotonic() - start

    def left(self) -> list[psutil.Process]:
        """The processes it started that still run."""
        return [process for process in self._family if is_alive(process)]

    def clean(self) -> None:
        """Whatever the test did, nothing stays."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.communicate(timeout=30)
        for process in self.left():
            with suppress(psutil.NoSuchProcess):
                process.kill()


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs: a process that nobody reads the end of still has a number."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    """A port that nothing uses now."""
    with socket.create_server(("127.0.0.1", 0)) as link:
        port: int = link.getsockname()[1]
        return port


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Return when it holds; fail when it still does not after `seconds`."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"still not after {seconds} s"
        time.sleep(0.05)
