"""The gallery of components, for whoever works on the interface."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from monespace.guard import public
from monespace.page import page

bp = Blueprint("composants", __name__)


@bp.get("/composants")
@public("shows components with invented data; not registered in production")
def galerie() -> ResponseReturnValue:
    return page("composants.html", titre="Composants")
