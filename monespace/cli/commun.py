"""What every command needs: refusals told as sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from monespace.refus import Refus


@contextmanager
def refusals_told() -> Iterator[None]:
    """Say why on the error output and exit 1, instead of a trace."""
    try:
        yield
    except Refus as refus:
        click.echo(refus.message, err=True)
        sys.exit(1)
