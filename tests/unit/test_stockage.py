"""The store keeps files whole or not at all, under keys nobody can guess."""

import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monespace.refus import Introuvable
from monespace.stockage import CHUNK, Depot, Stockage

NOW = datetime(2026, 11, 17, 14, 32, tzinfo=UTC)
WRITER_KILLED_HALF_WAY = """
import io, os, pathlib, signal, sys
from monespace.stockage import CHUNK, Stockage

class Cut(io.BytesIO):
    def read(self, size=-1):
        if self.tell() >= 2 * CHUNK:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(size)

Stockage(pathlib.Path(sys.argv[1])).put(Cut(bytes(4 * CHUNK)))
"""


@pytest.fixture
def stockage(tmp_path: Path) -> Stockage:
    return Stockage(tmp_path)


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def age(folder: Path, cle: str, instant: datetime) -> None:
    [path] = folder.rglob(cle)
    os.utime(path, (instant.timestamp(), instant.timestamp()))


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """No file may grow past `size` bytes, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_what_is_put_is_read_back(stockage: Stockage, size: int) -> None:
    octets = os.urandom(size)
    depot = stockage.put(io.BytesIO(octets))
    assert depot == Depot(depot.cle, hashlib.sha256(octets).hexdigest(), size)
    with stockage.open(depot.cle) as kept:
        assert kept.read() == octets


def test_it_outlives_the_process(stockage: Stockage, tmp_path: Path) -> None:
    cle = stockage.put(io.BytesIO(b"convention")).cle
    with Stockage(tmp_path).open(cle) as kept:
        assert kept.read() == b"convention"


def test_the_same_file_put_twice_has_two_lives(stockage: Stockage) -> None:
    first, second = (stockage.put(io.BytesIO(b"convention")) for _ in range(2))
    stockage.delete(first.cle)
    assert list(stockage.keys()) == [second.cle]


def test_many_put_at_once(stockage: Stockage) -> None:
    with ThreadPoolExecutor(8) as pool:
        depots = list(pool.map(lambda n: stockage.put(io.BytesIO(b"%d" % n)), range(64)))
    assert sorted(stockage.keys()) == sorted(depot.cle for depot in depots)
    for rank, depot in enumerate(depots):
        with stockage.open(depot.cle) as kept:
            assert kept.read() == b"%d" % rank


def test_deleting_twice_is_deleting_once(stockage: Stockage) -> None:
    cle = stockage.put(io.BytesIO(b"x")).cle
    stockage.delete(cle)
    stockage.delete(cle)
    with pytest.raises(Introuvable):
        stockage.open(cle)


@pytest.mark.parametrize(
    "cle",
    ["", "0" * 32, "0" * 31, "../" * 4 + "etc/passwd", "/etc/passwd", "A" * 32, "0" * 32 + "\n"],
)
def test_a_key_it_never_gave_opens_nothing(stockage: Stockage, cle: str) -> None:
    with pytest.raises(Introuvable, match="n’est plus disponible"):
        stockage.open(cle)


def test_a_path_is_never_deleted(stockage: Stockage, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.touch()
    with pytest.raises(Introuvable):
        stockage.delete("../../precious")
    assert precious.exists()


def test_a_full_disk_leaves_nothing(stockage: Stockage, tmp_path: Path) -> None:
    with disk_of(CHUNK), pytest.raises(OSError, match="too large"):
        stockage.put(io.BytesIO(bytes(4 * CHUNK)))
    assert files_under(tmp_path) == []
    assert stockage.put(io.BytesIO(b"after")).taille == 5


def test_a_killed_writer_leaves_no_key_and_its_part_is_dropped(
    stockage: Stockage, tmp_path: Path
) -> None:
    writer = subprocess.run([sys.executable, "-c", WRITER_KILLED_HALF_WAY, tmp_path], check=False)
    assert writer.returncode == -signal.SIGKILL
    assert list(stockage.keys()) == []
    [part] = files_under(tmp_path)
    age(tmp_path, part.name, NOW)
    assert stockage.drop_unfinished(NOW) == 0
    assert stockage.drop_unfinished(NOW + timedelta(seconds=1)) == 1
    assert files_under(tmp_path) == []


def test_orphans_are_told_from_files_just_put(stockage: Stockage, tmp_path: Path) -> None:
    old, young = (stockage.put(io.BytesIO(b"x")).cle for _ in range(2))
    age(tmp_path, old, NOW - timedelta(hours=2))
    age(tmp_path, young, NOW)
    assert list(stockage.older_than(NOW - timedelta(hours=1))) == [old]
    assert sorted(stockage.keys()) == sorted([old, young])


def test_the_sweep_may_delete_while_it_lists(stockage: Stockage) -> None:
    for _ in range(20):
        stockage.put(io.BytesIO(b"x"))
    for cle in stockage.older_than(datetime.now(UTC) + timedelta(minutes=1)):
        stockage.delete(cle)
    assert list(stockage.keys()) == []


def test_only_the_portal_may_read_the_folders(stockage: Stockage, tmp_path: Path) -> None:
    stockage.put(io.BytesIO(b"x"))
    folders = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}
