"""Salariés: the directory of a company. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("salaries", __name__, url_prefix="/salaries")

from monespace.blueprints.salaries import (  # noqa: E402, F401
    fiche,
    liste,
    nir,
    presence,
    saisie,
)
