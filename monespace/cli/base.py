"""`flask migrer` and `flask demo`: a database up to date, and one that shows everything."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from monespace import migration, services
from monespace.cli.commun import refusals_told
from monespace.db import Database, session
from monespace.demo import peupler
from monespace.organisations.models import Entreprise
from monespace.refus import Refuse


@click.command(help="Met le schéma de la base à jour.")
@with_appcontext
def migrer() -> None:
    migration.upgrade(services.config().database_url)
    click.echo("La base est à jour.")


@click.command(help="Remplit une base vide avec les données de démonstration.")
@with_appcontext
def demo() -> None:
    with refusals_told():
        if services.config().mode == "production":
            raise Refuse(
                "Les comptes de démonstration ont des mots de passe publics\u00a0: ils ne sont "
                "jamais créés sur un portail en production."
            )
        _check_empty(services.database())
        peupler(services.database(), services.stockage(), services.config())
    click.echo("Les données de démonstration sont en place.")


def _check_empty(database: Database) -> None:
    with database.reading():
        if session().scalar(select(Entreprise.id).limit(1)) is not None:
            raise Refuse(
                "La base contient déjà des données\u00a0: rien n’a été ajouté. Pour une "
                "démonstration neuve, donnez un autre dossier à DATA_DIR."
            )
