"""The account: signing in and out, second factor, sessions. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("comptes", __name__)

from monespace.blueprints.comptes import (  # noqa: E402, F401
    compte,
    confirmation,
    connexion,
    echeance,
    guide,
    inscription,
    mon_second_facteur,
    oubli,
    preuve,
    reprise,
    second_facteur,
    sessions,
)
