"""The desk of the OPCO's staff: the companies they look after, their letters, what was agreed."""

from flask import Blueprint

bp = Blueprint("opco", __name__, url_prefix="/opco")

from monespace.blueprints.opco import courriers, entreprises, predesignations, reception  # noqa: E402, F401
