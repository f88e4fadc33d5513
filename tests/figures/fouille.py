"""Look for secrets wherever a portal keeps or tells something."""

import base64
import html
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, quote_plus

from redis import Redis
from sqlalchemy import create_engine, inspect, text

from monespace import queue

GROUP = 4
SEPARATORS = ("", "-", " ", "\u00a0", "_", ".")
ZLIB = b"\x78"


@dataclass(frozen=True)
class Secret:
    """Something that nobody but its owner may read, and what it is."""

    quoi: str
    clair: str

    @cached_property
    def writings(self) -> frozenset[bytes]:
        """How it may be written: grouped or not, escaped for an address, a page, JSON, base 64."""
        compact = re.sub(r"[\s\-]", "", self.clair)
        groups = [compact[at : at + GROUP] for at in range(0, len(compact), GROUP)]
        forms = {self.clair, *(one.join(groups) for one in SEPARATORS)}
        found = set()
        for one in forms:
            in_base_64 = base64.b64encode(one.encode()).decode().rstrip("=")
            found |= {one, quote(one, ""), quote_plus(one), html.escape(one), in_base_64}
            found |= {json.dumps(one)[1:-1], in_base_64.translate(str.maketrans("+/", "-_"))}
        return frozenset(one.lower().encode() for one in found)

    def within(self, content: bytes) -> bool:
        """Is it there, in any writing? `content` is in lower case."""
        return any(one in content for one in self.writings)


@dataclass(frozen=True)
class Recu:
    """One answer of the portal, and what was asked."""

    adresse: str
    envoye: bytes
    texte: str

    @cached_property
    def content(self) -> bytes:
        """What is read of it in lower case, the tokens of its forms apart."""
        shown = re.sub(r'<input[^>]*name="csrf_token"[^>]*>', "", self.texte)
        return shown.lower().encode()


@dataclass
class Lieux:
    """Where to look. `montres`: by what a secret is, the addresses of the page that shows it."""

    database_url: str
    dossier: Path
    file: Path
    redis_url: str
    montres: Mapping[str, Sequence[str]]
    recus: list[Recu] = field(default_factory=list)
    courrier: Sequence[str] = ()

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Each place but pages and letterboxes, and what is there in lower case."""
        for table, rows in _tables(self.database_url):
            yield ("courriels" if table == "courriels" else "base"), rows.lower()
        for path in sorted(self.dossier.rglob("*")):
            if path.is_file() and not path.is_relative_to(self.file):
                yield _place(path), path.read_bytes().lower()
        for path in sorted(self.file.rglob("*")):
            if path.is_file():
                yield "redis, ses fichiers", _inflated(path.read_bytes()).lower()
        for kept in _keys(queue.connect(self.redis_url)):
            yield "redis", _inflated(kept).lower()

    def finds(self, secrets: Sequence[Secret]) -> set[tuple[str, str]]:
        """Which secret is read where, save for what a page is made to show."""
        found = {
            (place, one.quoi)
            for place, content in self.contents()
            for one in secrets
            if one.within(content)
        }
        found |= {
            (f"page {recu.adresse.partition('?')[0]}", one.quoi)
            for recu in self.recus
            for one in secrets
            if one.within(recu.content) and not self._may_show(recu, one)
        }
        # A mail carries its link to who reads it, and no other secret.
        return found | {
            ("courrier", one.quoi)
            for letter in self.courrier
            for one in secrets
            if one.quoi not in self.montres["courrier"] and one.within(letter.lower().encode())
        }

    def _may_show(self, recu: Recu, secret: Secret) -> bool:
        if recu.adresse.partition("?")[0] in self.montres.get(secret.quoi, ()):
            return True
        # The address that was opened has it already: the page leads back there once signed in.
        carried = recu.adresse.encode() + recu.envoye
        return secret.quoi in self.montres["courrier"] and secret.within(carried.lower())


def _tables(database_url: str) -> Iterator[tuple[str, bytes]]:
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            for table in inspect(engine).get_table_names():
                rows = connection.execute(text(f'SELECT * FROM "{table}"'))  # noqa: S608
                yield table, "\n".join(_row(tuple(row)) for row in rows).encode()
    finally:
        engine.dispose()


def _row(values: Sequence[object]) -> str:
    # Documents come as dicts on one database, as JSON on the other.
    return "\t".join(
        json.dumps(one, ensure_ascii=False, default=str)
        if isinstance(one, dict | list)
        else one.decode(errors="replace")
        if isinstance(one, bytes)
        else str(one)
        for one in values
    )


def _place(path: Path) -> str:
    if path.suffix == ".log":
        return f"journal {path.name}"
    return "fichier de la base" if ".sqlite3" in path.name else "fichiers"


def _keys(link: Redis) -> Iterator[bytes]:
    read: Mapping[bytes, Callable[[bytes], object]] = {
        b"string": link.get,
        b"hash": link.hgetall,
        b"list": lambda key: link.lrange(key, 0, -1),
        b"set": link.smembers,
        b"zset": lambda key: link.zrange(key, 0, -1, withscores=True),
        b"stream": link.xrange,
    }
    for key in link.scan_iter():
        kind = link.type(key)
        assert isinstance(key, bytes)
        assert isinstance(kind, bytes)
        # It may have come to its end meanwhile.
        if kind != b"none":
            yield key + b" " + _flat(read[kind](key))


def _flat(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, dict):
        return b" ".join(_flat(one) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple | set):
        return b" ".join(map(_flat, value))
    return str(value).encode()


def _inflated(content: bytes) -> bytes:
    """The same, followed by whatever in it was compressed: jobs are."""
    found = [content]
    for at in (one.start() for one in re.finditer(ZLIB, content)):
        try:
            found.append(zlib.decompressobj().decompress(content[at:]))
        except zlib.error:
            continue
    return b" ".join(found)
