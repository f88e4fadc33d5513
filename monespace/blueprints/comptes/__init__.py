"""The account: signing in and out. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("comptes", __name__)

from monespace.blueprints.comptes import connexion  # noqa: E402, F401
