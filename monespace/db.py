"""Two engines on one database, and the transaction a piece of work runs in.

Reading and writing are apart because SQLite has one writer: a page that only reads must never
queue behind it. Whoever needs the rows calls `session()`; who opens the transaction (a request,
a job, a command) is the only one to know the `Database`.
"""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# A writer that dies of patience must do so before the person in front of the page does.
SQLITE_PATIENCE_S = 8
POSTGRESQL_LIMITS = (
    "-c lock_timeout=3000 -c statement_timeout={statement_ms} "
    "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC"
)

# Without vowels nor look-alikes: no word by accident, nothing to misread aloud.
KEY_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"

_session: ContextVar[Session] = ContextVar("session")


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"an instant must know its time zone: {value!r}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


JsonDocument = JSON().with_variant(JSONB(), "postgresql")
# Keys of sorts and searches: the same order on both databases, whatever the server's locale.
SortKey = String().with_variant(String(collation="C"), "postgresql")
# Table option for what the journal names: SQLite would give the id of a deleted row again.
NEVER_REUSED = {"sqlite_autoincrement": True}
BigId = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """What every table inherits: types, and names of constraints, the same on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=30,
            values_callable=lambda words: [word.value for word in words],
        ),
    }


def new_key() -> str:
    """A 12-character random key for an address: 57 bits, nothing to guess from."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(12))


class Database:
    """One database, as the web, a job or a command uses it."""

    def __init__(
        self,
        url: str,
        ring: Callable[[int], None] = lambda travail_id: None,
        statement_ms: int = 15_000,
    ) -> None:
        """`ring` is told the id of each outbox row once its transaction is committed."""
        self.url = url
        self._ring = ring
        self._writing = _engine(url, readonly=False, statement_ms=statement_ms)
        self._reading = _engine(url, readonly=True, statement_ms=statement_ms)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Write: commit when the block ends, roll back when it raises."""
        with self._open(self._writing) as session:
            yield session
            session.commit()
            for travail_id in session.info.get("travaux", ()):
                self._ring(travail_id)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read: nothing that happens in the block reaches the database."""
        with self._open(self._reading) as session:
            yield session

    @contextmanager
    def joined(self) -> Iterator[Session]:
        """Read in the running transaction, or in one of its own when there is none."""
        running = _session.get(None)
        if running is not None:
            yield running
            return
        with self.reading() as own:
            yield own

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """Read one consistent view of the rows for as long as the block lasts, streamed."""
        options: dict[str, Any] = {"stream_results": True, "max_row_buffer": 500}
        if self._reading.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with (
            self._reading.connect().execution_options(**options) as connection,
            self._open(connection) as session,
        ):
            yield session

    def dispose(self) -> None:
        """Close every connection, before a fork or at the end."""
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def _open(self, bind: Engine | Connection) -> Iterator[Session]:
        with Session(bind, expire_on_commit=False) as session:
            token = _session.set(session)
            try:
                yield session
            finally:
                _session.reset(token)


def session() -> Session:
    """The session of the running transaction. Raise LookupError when there is none."""
    return _session.get()


def insert_of(model: type[Base]) -> Any:
    """An INSERT that can say what happens when the row is there already, on either database."""
    if session().get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def _engine(url: str, readonly: bool, statement_ms: int) -> Engine:
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(
            url,
            connect_args={"timeout": SQLITE_PATIENCE_S},
            json_serializer=_dumps,
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        if readonly:
            event.listen(engine, "connect", _forbid_writing)
        event.listen(engine, "begin", _begin_reading if readonly else _begin_writing)
        return engine
    return create_engine(
        url,
        pool_pre_ping=True,
        # The message of a fault must not carry what people typed into the logs.
        hide_parameters=True,
        pool_size=8,
        json_serializer=_dumps,
        connect_args={
            "connect_timeout": 2,
            "options": POSTGRESQL_LIMITS.format(statement_ms=statement_ms),
        },
        execution_options={"postgresql_readonly": True} if readonly else {},
    )


def _dumps(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: Any, record: object) -> None:
    # The driver's own BEGIN is deferred, and loses updates without saying so.
    connection.isolation_level = None
    # Recursive triggers, or REPLACE would rewrite a line of the journal without asking them.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _forbid_writing(connection: Any, record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
