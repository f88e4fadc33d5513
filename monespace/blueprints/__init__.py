"""Pages: load, act, answer."""

from flask import Flask

from monespace.blueprints.acces import bp as acces
from monespace.blueprints.accueil import bp as accueil
from monespace.blueprints.aide import bp as aide
from monespace.blueprints.composants import bp as composants
from monespace.blueprints.comptes import bp as comptes
from monespace.blueprints.contact import bp as contact
from monespace.blueprints.courriers_demo import bp as courriers_demo
from monespace.blueprints.demonstration import bp as demonstration
from monespace.blueprints.dossiers import bp as pages_of_dossiers
from monespace.blueprints.exports import bp as pages_of_exports
from monespace.blueprints.imports import bp as pages_of_imports
from monespace.blueprints.invitation import bp as invitation
from monespace.blueprints.lots import bp as lots
from monespace.blueprints.notifications import bp as notifications
from monespace.blueprints.opco import bp as opco
from monespace.blueprints.rattachement import bp as rattachement
from monespace.blueprints.salaries import bp as pages_of_salaries
from monespace.blueprints.sante import bp as sante
from monespace.config import Config


def register(app: Flask, config: Config) -> None:
    """Every page of the portal; the gallery and the mails in demo mode only."""
    for blueprint in (
        acces,
        accueil,
        aide,
        contact,
        comptes,
        pages_of_dossiers,
        pages_of_exports,
        pages_of_imports,
        invitation,
        lots,
        notifications,
        opco,
        rattachement,
        pages_of_salaries,
        sante,
    ):
        app.register_blueprint(blueprint)
    if config.mode == "demo":
        app.register_blueprint(composants)
        app.register_blueprint(demonstration)
        app.register_blueprint(courriers_demo)
