"""Accès et droits: the people of a company, and who may do what. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("acces", __name__, url_prefix="/acces")

from monespace.blueprints.acces import (  # noqa: E402, F401
    courriers,
    dates,
    decision,
    demandes,
    droits,
    ensemble,
    evenements,
    invitations,
    personnes,
    presence,
    reglages,
    role,
)
