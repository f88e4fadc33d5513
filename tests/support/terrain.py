"""A portal on a copy of the small world: its database, its files, its people signed in."""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, Table, create_engine, event, select

from jobs.exports import exporter
from monespace import migration
from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.dossiers import dispositifs
from monespace.exports.models import Export
from monespace.modeles import metadata
from monespace.portail import create_app
from monespace.stockage import Stockage
from tests.support import monde
from tests.support.client import Client
from tests.support.monde import MOT_DE_PASSE, Monde

SECOND_DISPOSITIF = Path(__file__).with_name("dispositifs")
# What an act on a dossier or an export may write, save for the journal, that only grows.
UNDONE = frozenset(
    {"dossiers", "stagiaires", "lignes_cout", "pieces", "demandes", "transmissions"}
    | {"modifications", "recherche_dossiers", "compteurs", "lots", "en_attente", "repartitions"}
    | {"salaries", "imports", "correspondances", "exports", "travaux"}
    | {"rattachements", "habilitations", "invitations", "demandes_acces"}
    | {"courriers", "codes_activation", "usages_codes"}
    | {"notifications", "courriels", "messages", "liens", "compteurs_essais"}
)
# Signing in writes these, whoever signs in.
NOT_TENANT = frozenset({"sessions", "baux", "journal", "compteurs_essais", "formulaires_gardes"})

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Modele:
    """The world in a database and a folder that nobody changes: they are copied."""

    database_url: str
    folder: Path
    monde: Monde


@contextmanager
def second_dispositif(*more: Path) -> Iterator[None]:
    """The portal knows the dispositifs of these folders too, for the time of the block."""
    own = list(dispositifs.__path__)
    dispositifs.discover([*own, str(SECOND_DISPOSITIF), *map(str, more)])
    try:
        yield
    finally:
        dispositifs.discover(own)


def modeler(database_url: str, folder: Path) -> Modele:
    """Write the world in an empty, migrated database, and its files under `folder`."""
    config = configuration(database_url, folder)
    database = Database(database_url)
    try:
        with second_dispositif():
            stockage, coffre = Stockage(folder / "fichiers"), Coffre.of(config)
            known = monde.creer(database, stockage, coffre)
            for export_id in _exports(database):
                exporter(database, config, export_id)
    finally:
        database.dispose()
    return Modele(database_url, folder, known)


def configuration(database_url: str, folder: Path) -> Config:
    return Config(
        data_dir=folder,
        database_url=database_url,
        redis_url=f"unix://{folder / 'nobody-listens'}",
        secret_key="0123456789abcdef0123456789abcdef",
    )


class Terrain:
    """The portal, and whatever a test asks about it."""

    def __init__(self, app: Flask, config: Config, known: Monde) -> None:
        self.app = app
        self.config = config
        self.monde = known
        self.database: Database = app.extensions["database"]
        self.stockage: Stockage = app.extensions["stockage"]
        self._engine = _engine(config.database_url)
        self._fingerprints = _fingerprints(self._engine.dialect.name)

    def client(
        self, personne: str = "", checking: bool = True, tolerated: tuple[str, ...] = ()
    ) -> Client:
        """Somebody of the world, signed in; anonymous without a name."""
        client = Client(self.app, checking, tolerated)
        if personne:
            client.sign_in(self.monde.courriels[personne], MOT_DE_PASSE)
        return client

    def cle(self, dossier: str) -> str:
        return self.monde.dossiers[dossier].cle

    def adresse(self, dossier: str, *rest: str) -> str:
        return "/".join(("/dossiers", self.cle(dossier), *rest))

    def fingerprint(self) -> str:
        """Changes with any row that belongs to somebody."""
        digest = hashlib.sha256()
        with self._engine.connect() as connection:
            # The driver's own rows: this is read after each of thousands of requests.
            cursor = connection.connection.cursor()
            for statement in self._fingerprints:
                cursor.execute(statement)
                digest.update(repr(cursor.fetchall()).encode())
            cursor.close()
        return digest.hexdigest()

    def photograph(self, tables: Collection[str] = UNDONE) -> Rows:
        """Every row that acts may write, to be put back."""
        with self._engine.connect() as connection:
            return {
                table.name: [dict(row._mapping) for row in _rows(connection, table)]
                for table in metadata.sorted_tables
                if table.name in tables
            }

    def put_back(self, rows: Rows) -> None:
        """Undo what was done since the photograph, the journal apart."""
        tables = [table for table in metadata.sorted_tables if table.name in rows]
        with self._engine.begin() as connection:
            for table in reversed(tables):
                connection.execute(table.delete())
            for table in tables:
                if rows[table.name]:
                    connection.execute(table.insert(), [*rows[table.name]])

    def close(self) -> None:
        self._engine.dispose()
        self.database.dispose()


@contextmanager
def terrain(database_url: str, folder: Path, known: Monde) -> Iterator[Terrain]:
    """The portal on that database and that folder, with the second dispositif."""
    config = configuration(database_url, folder)
    with second_dispositif():
        opened = Terrain(create_app(config), config, known)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def fresh_terrain(database_url: str, folder: Path) -> Iterator[Terrain]:
    """The portal on a new world, in an empty database that is migrated here."""
    migration.upgrade(database_url)
    with terrain(database_url, folder, modeler(database_url, folder).monde) as opened:
        yield opened


def copy_of_sqlite(modele: Modele, folder: Path) -> str:
    """Copy the world's files and SQLite database under `folder`; return its address."""
    copy_of_files(modele, folder)
    path = folder / "monespace.sqlite3"
    shutil.copy(modele.database_url.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


def copy_of_files(modele: Modele, folder: Path) -> None:
    shutil.copytree(modele.folder / "fichiers", folder / "fichiers")


def _fingerprints(dialect: str) -> list[str]:
    """Statements whose rows change with any row that belongs to somebody."""
    tables = [table.name for table in metadata.sorted_tables if table.name not in NOT_TENANT]
    if dialect == "sqlite":
        return [
            "SELECT count(*) FROM journal",
            *(f"SELECT * FROM {table} ORDER BY rowid" for table in tables),  # noqa: S608
        ]
    # PostgreSQL reads the rows itself, in one statement: that spares sending them.
    digests = ", ".join(
        f"(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {table} t)"  # noqa: S608
        for table in tables
    )
    return [f"SELECT (SELECT count(*) FROM journal), {digests}"]  # noqa: S608


def _exports(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(Export.id)))


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _keep_foreign_keys)
    return engine


def _keep_foreign_keys(connection: Any, record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _rows(connection: Connection, table: Table) -> Sequence[Any]:
    return connection.execute(select(table).order_by(*table.primary_key.columns)).all()
