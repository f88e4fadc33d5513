"""How Alembic reaches the database and the models."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event

from monespace.modeles import metadata


def _prepare_sqlite(link: Any, record: object) -> None:
    # The driver's own transactions leave DDL out: a migration cut short would stay half done.
    link.isolation_level = None
    # SQLite rebuilds a table to alter it: with foreign keys on, that empties its children.
    link.execute("PRAGMA foreign_keys=OFF")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
if engine.dialect.name == "sqlite":
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
