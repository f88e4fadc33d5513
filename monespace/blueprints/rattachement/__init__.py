"""Join an organisation, work for several, ask for rights. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("rattachement", __name__)

from monespace.blueprints.rattachement import (  # noqa: E402, F401
    code,
    codes,
    demande,
    droits,
    entreprises,
    recherche,
    suivi,
    usage,
)
