"""A database, a configuration with a real queue server, a company, and real workers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monespace.config import Config
from monespace.db import Database
from monespace.queue import Doorbell
from tests.support.entreprise import Societe, societe

PATIENCE_S = 20.0


@pytest.fixture
def config(tmp_path: Path, database_url: str, empty_queue: str) -> Config:
    return Config(
        data_dir=tmp_path / "data",
        database_url=database_url,
        redis_url=empty_queue,
        secret_key="0123456789abcdef0123456789abcdef",
    )


@pytest.fixture
def database(config: Config) -> Iterator[Database]:
    made = Database(config.database_url, Doorbell(config.redis_url))
    yield made
    made.dispose()


@pytest.fixture
def company(database: Database) -> Societe:
    with database.transaction():
        return societe()


class Program:
    """`python -m jobs` or `python -m jobs.ticker`, as it runs in production."""

    def __init__(self, module: str, config: Config) -> None:
        environ = {
            **os.environ,
            "DATA_DIR": str(config.data_dir),
            "DATABASE_URL": config.database_url,
            "REDIS_URL": config.redis_url,
        }
        self._log = config.data_dir / f"{module}.log"
        config.data_dir.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, "-m", module], env=environ, stderr=log)

    def says(self, words: str) -> bool:
        """Has it written these words in its log, or does it before patience ends?"""
        deadline = time.monotonic() + PATIENCE_S
        while words not in self._log.read_text():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.1)
        return True

    @property
    def children(self) -> list[int]:
        listed = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listed.stdout.split()]

    def kill(self) -> None:
        """As a power cut would: it and its children, at once."""
        children = self.children
        self.process.kill()
        for pid in children:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """Ask it to stop; return its status."""
        self.process.terminate()
        return self.process.wait(PATIENCE_S)


Start = Callable[[str], Program]


@pytest.fixture
def start(config: Config) -> Iterator[Start]:
    """Starts programs that the end of the test kills."""
    started: list[Program] = []

    def begin(module: str) -> Program:
        started.append(Program(module, config))
        return started[-1]

    yield begin
    for program in started:
        if program.process.poll() is None:
            program.kill()


def wait(condition: Callable[[], bool], why: str, every: float = 0.02) -> None:
    """Return once `condition` holds; fail after twenty seconds."""
    limit = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < limit, why
        time.sleep(every)
