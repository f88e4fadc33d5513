"""The letter and its code, explained to anybody."""

from flask.typing import ResponseReturnValue

from monespace.blueprints.rattachement import bp
from monespace.guard import public
from monespace.page import page


@bp.get("/aide/codes")
@public("explains the letter and its code, and shows none")
def codes() -> ResponseReturnValue:
    return page("rattachement/codes.html", titre="Le courrier et son code d’activation")
