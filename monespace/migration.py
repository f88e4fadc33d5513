"""Bring a database to the schema of this version of the portal, and tell whether it is."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url
from sqlalchemy.exc import OperationalError

from monespace.db import session
from monespace.modeles import metadata

FOLDER = Path(__file__).parent.parent / "migrations"


def upgrade(database_url: str) -> None:
    """Apply every migration that is still to apply; make the folder of a SQLite file."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_alembic(database_url), "head")


def downgrade(database_url: str, revision: str = "base") -> None:
    """Undo migrations, down to `revision`."""
    command.downgrade(_alembic(database_url), revision)


def schema_state() -> bool | None:
    """Is the schema the one this code was written for? None when the database does not answer."""
    try:
        current = MigrationContext.configure(session().connection()).get_current_revision()
    except OperationalError:
        return None
    return current == ScriptDirectory(str(FOLDER)).get_current_head()


def differences(database_url: str) -> list[object]:
    """What the models declare and the migrations do not make, or the reverse."""
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            return list(compare_metadata(context, metadata))
    finally:
        engine.dispose()


def _alembic(database_url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config
