"""The end of one’s session: said before it comes, put off by a button, without leaving the page."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace.blueprints.comptes import bp
from monespace.blueprints.formulaire import received
from monespace.guard import from_any_espace, public
from monespace.page import htmx, page


@bp.get("/session")
@public("says when one’s own session ends, or that it has")
def echeance() -> ResponseReturnValue:
    return _told()


@bp.post("/session")
@public("stays signed in, if one still is")
@from_any_espace
def rester() -> ResponseReturnValue:
    """Nothing to do: to ask is a sign of life, that `identite` has marked already."""
    received()
    if not htmx:
        return redirect(url_for("comptes.echeance"), 303)
    return _told(stayed=True)


def _told(stayed: bool = False) -> ResponseReturnValue:
    return page(
        "comptes/echeance.html",
        titre="Votre session",
        also=("alerte",),
        reste=stayed,
        averti="averti" in request.args,
    )
