"""Lots: the dossiers made from one. One file per kind of page."""

from flask import Blueprint

bp = Blueprint("lots", __name__, url_prefix="/lots")

from monespace.blueprints.lots import envoi, liste, partout  # noqa: E402, F401
