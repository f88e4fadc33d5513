"""What every command needs: the database, and refusals told as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app

from monespace.config import Config
from monespace.db import Database
from monespace.refus import Refus


@contextmanager
def refusals_told() -> Iterator[None]:
    """Say why on the error output and exit 1, instead of a trace."""
    try:
        yield
    except Refus as refus:
        click.echo(refus.message, err=True)
        sys.exit(1)


def database() -> Database:
    """The database of the portal."""
    found: Database = current_app.extensions["database"]
    return found


def config() -> Config:
    """The configuration of the portal."""
    found: Config = current_app.extensions["config"]
    return found
