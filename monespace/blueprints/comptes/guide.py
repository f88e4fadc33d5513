"""The first connection, step by step, to be read or printed before having an account."""

from flask.typing import ResponseReturnValue

from monespace.blueprints.comptes import bp
from monespace.guard import public
from monespace.page import page


@bp.get("/guide-de-connexion")
@public("read before having an account")
def guide() -> ResponseReturnValue:
    return page("comptes/guide.html", titre="Guide de première connexion")
