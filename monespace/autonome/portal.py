"""The whole portal on one machine: what is started, in which order, and how it ends."""

import fcntl
import http
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from sqlalchemy import select

from monespace import migration
from monespace.autonome.children import Child, Group, stop
from monespace.autonome.valkey import Valkey
from monespace.comptes.models import Utilisateur
from monespace.config import Config
from monespace.db import Database

HOST = "127.0.0.1"
# Longer than the guardian of a portal that was just killed takes to end its processes.
LOCK_SECONDS = 5.0
READY_SECONDS = 30.0
ANSWER_SECONDS = 2.0
POLL_SECONDS = 0.05
WATCH_SECONDS = 0.2


class CannotStart(Exception):
    """Something keeps the portal from starting. The message says what, and what to do."""


class Portal:
    """Every process of the portal; leaving its `with` stops them all."""

    def __init__(self, config: Config, environ: Mapping[str, str]) -> None:
        self._config = config
        self._environ = {**environ, "DATA_DIR": str(config.data_dir), "PYTHONUNBUFFERED": "1"}
        self._logs = config.data_dir / "log"
        # Servers end after the programs that use them.
        self._servers: list[Child] = []
        self._programs: list[Child] = []
        self._ending = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # Impatient signals must not cut short what ends within three seconds anyway.
        for unwanted in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(unwanted, signal.SIG_IGN)
        self._ending.close()

    def start(self) -> None:
        """Start everything and return once pages are served. Raise CannotStart or NoServer."""
        self._logs.mkdir(parents=True, exist_ok=True)
        lock = self._own_data_dir()
        listener = self._listen()
        self._group = self._ending.enter_context(Group(holding=(lock,)))
        if "REDIS_URL" not in self._environ:
            self._start_queue_server()
        self._prepare_database()
        self._ending.callback(stop, self._programs)
        self._serve(listener)
        # After the web server: all three load the same code, and pages are what is waited for.
        self._run("L’exécuteur de travaux", "worker", "jobs")
        self._run("Le planificateur", "ticker", "jobs.ticker")

    def watch(self) -> None:
        """Start again whatever falls, for as long as no signal interrupts."""
        while self._group.guarded:
            for child in (*self._servers, *self._programs):
                if message := child.watch():
                    tell(message)
            time.sleep(WATCH_SECONDS)

    def _own_data_dir(self) -> int:
        """Lock the data, so that two portals never write them side by side."""
        lock = os.open(self._config.data_dir / "verrou", os.O_RDWR | os.O_CREAT, 0o600)
        self._ending.callback(os.close, lock)
        limit = time.monotonic() + LOCK_SECONDS
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            if time.monotonic() > limit:
                raise CannotStart(
                    f"un portail tourne déjà sur {self._config.data_dir}. Arrêtez-le, "
                    "ou donnez un autre dossier : DATA_DIR=autre PORT=8001 make run"
                )
            time.sleep(POLL_SECONDS)

    def _listen(self) -> int:
        """Take the port before anything is started; it outlives the web server's falls."""
        port = self._config.port
        try:
            listener = self._ending.enter_context(socket.create_server((HOST, port), backlog=512))
        except OSError as error:
            cause = os.strerror(error.errno or 0)
            raise CannotStart(
                f"le port {port} n’est pas libre ({cause}). Arrêtez le programme qui l’occupe, "
                f"ou choisissez-en un autre : PORT={port + 1} make run"
            ) from error
        return listener.fileno()

    def _start_queue_server(self) -> None:
        valkey = Valkey(self._config.data_dir / "valkey")
        self._ending.callback(valkey.clean)
        self._ending.callback(stop, self._servers)
        self._environ["REDIS_URL"] = valkey.url
        server = self._child("Le serveur de file", "valkey", valkey.command)
        self._servers.append(server)
        server.start()
        valkey.wait()

    def _prepare_database(self) -> None:
        """Bring the tables up to date; fill them when they are empty and this is a demo."""
        migration.upgrade(self._config.database_url)
        if self._config.mode == "demo" and self._is_empty():
            tell("Premier démarrage : création des données de démonstration…")
            self._run_once("demo", "flask", "--app", "wsgi", "demo")

    def _is_empty(self) -> bool:
        database = Database(self._config.database_url)
        try:
            with database.reading() as session:
                return session.scalar(select(Utilisateur.id).limit(1)) is None
        finally:
            database.dispose()

    def _run_once(self, name: str, *module: str) -> None:
        log = self._log(name)
        process = self._group.spawn(_python(*module), environ=self._environ, log=log)
        if process.wait() != 0:
            raise CannotStart(f"« {' '.join(module)} » a échoué. Voir {log}")

    def _serve(self, listener: int) -> None:
        """Start the web server and return once it answers."""
        gunicorn = ("gunicorn", "-c", "deploy/gunicorn.conf.py", "--bind", f"fd://{listener}")
        web = self._run("Le serveur web", "web", *gunicorn, "wsgi:app", fds=(listener,))
        limit = time.monotonic() + READY_SECONDS
        while not self._is_served():
            if not web.alive or time.monotonic() > limit:
                raise CannotStart(f"le serveur web ne répond pas. Voir {web.log}")
            time.sleep(POLL_SECONDS)

    def _is_served(self) -> bool:
        link = http.client.HTTPConnection(HOST, self._config.port, timeout=ANSWER_SECONDS)
        try:
            link.request("GET", "/sante/pret")
            return link.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            link.close()

    def _run(self, title: str, name: str, *module: str, fds: Sequence[int] = ()) -> Child:
        """Start a program of the portal, to be watched and stopped with the others."""
        program = self._child(title, name, _python(*module), fds)
        self._programs.append(program)
        program.start()
        return program

    def _child(
        self, title: str, name: str, command: Sequence[str], fds: Sequence[int] = ()
    ) -> Child:
        return Child(title, self._group, command, self._environ, self._log(name), fds)

    def _log(self, name: str) -> Path:
        """Where this start of the portal writes; what the start before wrote stays beside."""
        log = self._logs / f"{name}.log"
        if log.exists():
            log.replace(self._logs / f"{name}.avant.log")
        return log


def tell(message: str) -> None:
    """Speak to whoever started the portal, at once even through a pipe."""
    print(message, flush=True)


def _python(*module: str) -> Sequence[str]:
    return (sys.executable, "-m", *module)
