"""Dossiers: list, new request, wizard, sending, follow-up. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("dossiers", __name__, url_prefix="/dossiers")

from monespace.blueprints.dossiers import (  # noqa: E402, F401
    annuaire,
    detail,
    dupliquer,
    envoi,
    etapes,
    historique,
    liste,
    nouveau,
    pieces,
    repartir,
    salaries,
)
