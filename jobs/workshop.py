"""Where a job writes what it has not finished: one folder a run, which a sweep can find."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path


def _folder(data_dir: Path) -> Path:
    folder = data_dir / "en-chantier"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def workshop(data_dir: Path) -> Iterator[Path]:
    """A folder for the time of the block, where every temporary file of this process goes."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(dir=_folder(data_dir)) as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = before


def sweep(data_dir: Path, before: datetime) -> int:
    """Delete what runs that were killed left there before that instant; return how many."""
    left = [
        path for path in _folder(data_dir).iterdir() if path.stat().st_mtime < before.timestamp()
    ]
    for path in left:
        shutil.rmtree(path, ignore_errors=True)
    return len(left)
