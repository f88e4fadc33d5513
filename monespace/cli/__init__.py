"""What is done from a terminal: one file a subject."""

from flask import Flask

from monespace.cli.agents import agents
from monespace.cli.base import demo, migrer
from monespace.cli.comptes import comptes
from monespace.cli.courriers import courriers
from monespace.cli.dossiers import dossiers
from monespace.cli.sirene import commands as sirene


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (migrer, demo, dossiers, sirene, courriers, comptes, agents):
        app.cli.add_command(command)
