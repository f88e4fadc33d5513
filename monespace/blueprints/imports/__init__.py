"""Import a list of people: send it, say what its columns are, check it, take it."""

from flask import Blueprint

bp = Blueprint("imports", __name__, url_prefix="/importer")

from monespace.blueprints.imports import (  # noqa: E402, F401
    colonnes,
    envoi,
    suivi,
)
