"""Where files are kept: under random keys, whole or not at all.

A file is put first and its row written after, so a crash in between leaves an orphan: a key that
no row names, which the sweep finds with `older_than` and deletes.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from monespace.refus import Introuvable

CHUNK = 256 * 1024

_KEY = re.compile(r"[0-9a-f]{32}")
_ABSENT = (
    "Ce fichier n’est plus disponible. Revenez à la page précédente et actualisez-la\u00a0; "
    "s’il manque toujours, prévenez votre OPCO."
)


@dataclass(frozen=True, slots=True)
class Depot:
    """What `put` has written: its key, its SHA-256 in hexadecimal, its size in bytes."""

    cle: str
    sha256: str
    taille: int


class Stockage:
    """A folder of files. The name a person gave to a file is never part of its path."""

    def __init__(self, racine: Path) -> None:
        self._files = racine / "fichiers"
        self._parts = racine / "en-cours"
        for folder in (self._files, self._parts):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, contenu: BinaryIO) -> Depot:
        """Keep what `contenu` holds from its current position on, under a new key.

        Raise OSError, leaving nothing behind, when it cannot be written whole.
        """
        cle = secrets.token_hex(16)
        part = self._parts / cle
        try:
            sha256, taille = _write(contenu, part)
            self._publish(part, self._path(cle))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return Depot(cle, sha256, taille)

    def open(self, cle: str) -> BinaryIO:
        """The file to read, from its first byte. Raise Introuvable when there is none."""
        try:
            return self._path(cle).open("rb")
        except FileNotFoundError:
            raise Introuvable(_ABSENT) from None

    def delete(self, cle: str) -> None:
        """Forget the file; nothing happens when it is already gone."""
        self._path(cle).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """The key of every whole file, in no order."""
        for folder in self._files.iterdir():
            for path in folder.iterdir():
                yield path.name

    def older_than(self, instant: datetime) -> Iterator[str]:
        """The keys of the whole files written before `instant` (aware)."""
        return (cle for cle in self.keys() if _written_before(self._path(cle), instant))

    def drop_unfinished(self, instant: datetime) -> int:
        """Delete what a killed process began to write before `instant`; return how many."""
        stale = [path for path in self._parts.iterdir() if _written_before(path, instant)]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)

    def _path(self, cle: str) -> Path:
        if not _KEY.fullmatch(cle):
            raise Introuvable(_ABSENT)
        return self._files / cle[:2] / cle

    def _publish(self, part: Path, path: Path) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        part.replace(path)
        # A rename survives a power cut only once its folder, and the folder of a new folder, do.
        sync_folder(path.parent)
        sync_folder(self._files)


def _write(contenu: BinaryIO, path: Path) -> tuple[str, int]:
    digest, taille = hashlib.sha256(), 0
    with path.open("xb") as target:
        while chunk := contenu.read(CHUNK):
            target.write(chunk)
            digest.update(chunk)
            taille += len(chunk)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest(), taille


def sync_folder(folder: Path) -> None:
    """Have the names in it outlive a cut of the current."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written_before(path: Path, instant: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < instant
    except FileNotFoundError:
        return False
