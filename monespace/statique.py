"""The static files as they are served: a compressed copy stands beside each that gains by it."""

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import brotli

TEXTS = frozenset({".css", ".js", ".svg"})
ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    ".br": cache(brotli.compress),
    ".gz": lambda content: gzip.compress(content, mtime=0),
}


def compressed(source: Path, data_dir: Path) -> Path:
    """A folder with the files of `source` and their copies, made once for each version of them."""
    served = data_dir / "static" / _version(source)
    if not served.exists():
        served.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=served.parent) as name:
            draft = Path(name) / served.name
            _make(source, draft)
            # Web, worker and ticker start side by side: the first one there makes it.
            with suppress(OSError):
                draft.rename(served)
    return served


def _version(source: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(source)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _make(source: Path, target: Path) -> None:
    shutil.copytree(source, target)
    for path in [path for path in target.rglob("*") if path.suffix in TEXTS]:
        content = path.read_bytes()
        for suffix, encode in ENCODINGS.items():
            path.with_name(path.name + suffix).write_bytes(encode(content))
