"""A portal as it runs for real: gunicorn, a worker, a ticker, a queue server, one database."""

import fcntl
import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen

from monespace import migration
from monespace.autonome.children import ROOT, Group
from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.demo import comptes, peuplement, peupler
from monespace.stockage import Stockage
from tests.support.portal import free_port
from tests.support.valkey import QueueServer

READY_SECONDS = 30.0


class LivePortal:
    """The programs of a portal on one folder; the web server can be stopped and started."""

    def __init__(self, group: Group, data_dir: Path, database_url: str, redis_url: str) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._environ = {
            **os.environ,
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "PORT": str(self.port),
        }
        self.config = Config.from_env(self._environ)
        self.database = Database(database_url)
        self._group = group
        self._logs = data_dir
        self._web: Popen[bytes] | None = None

    def start(self) -> None:
        """Start every program; return once pages are served."""
        self._spawn("worker", "jobs")
        self._spawn("ticker", "jobs.ticker")
        self.start_web()

    def start_web(self) -> None:
        self._web = self._spawn(
            "web", "gunicorn", "-c", "deploy/gunicorn.conf.py",
            "--bind", f"127.0.0.1:{self.port}", "wsgi:app",
        )  # fmt: skip
        limit = time.monotonic() + READY_SECONDS
        while not self.answers():
            assert time.monotonic() < limit, self.log("web")
            time.sleep(0.05)

    def stop_web(self) -> None:
        """Pages are refused from now on, as when the machine is down."""
        assert self._web is not None
        self._web.terminate()
        self._web.wait()

    def flask(self, *arguments: str) -> str:
        """Run a command of the portal from a terminal; return what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=ROOT, env=self._environ, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def log(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text()

    def _spawn(self, name: str, *module: str) -> Popen[bytes]:
        command = (sys.executable, "-m", *module)
        return self._group.spawn(command, environ=self._environ, log=self._logs / f"{name}.log")

    def answers(self) -> bool:
        """Whether the web server runs."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            link.request("GET", "/sante")
            return link.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            link.close()


@contextmanager
def live_portal(folder: Path, database_url: str, queue: QueueServer) -> Iterator[LivePortal]:
    """A running portal for the time of the block."""
    with Group() as group:
        portal = LivePortal(group, folder, database_url, queue.url)
        portal.start()
        yield portal
        portal.database.dispose()


def demo_folder(shared: Path) -> Path:
    """A folder with the data of the demo, made by the first process that asks, to be copied."""
    return _made_once(shared / "demo", lambda config, database: peupler(
        database, Stockage(config.data_dir / "fichiers"), config
    ))  # fmt: skip


def open_accounts(database: Database, coffre: Coffre) -> None:
    """The companies and the people of the demo, without any dossier."""
    hashes = comptes.hashes()
    with database.transaction():
        peuplement.open_accounts(peuplement.open_companies(), hashes, coffre)


def _made_once(folder: Path, fill: Callable[[Config, Database], None]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        if not done.exists():
            config = Config.from_env({"DATA_DIR": str(folder)})
            migration.upgrade(config.database_url)
            database = Database(config.database_url)
            fill(config, database)
            database.dispose()
            done.touch()
    return folder


def copy_of(folder: Path, target: Path) -> str:
    """Copy the data; return the address of the copied SQLite database."""
    shutil.copytree(folder, target)
    return f"sqlite:///{target / 'monespace.sqlite3'}"
