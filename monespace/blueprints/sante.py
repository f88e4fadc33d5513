"""Is the process alive, and can it serve? For whoever watches over it."""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue

from monespace import queue
from monespace.db import session
from monespace.guard import public
from monespace.migration import up_to_date

bp = Blueprint("sante", __name__, url_prefix="/sante")


@bp.get("")
@public("a load balancer has no account; tells nothing but «ok»")
def vivant() -> ResponseReturnValue:
    return jsonify(processus="ok")


@bp.get("/pret")
@public("a load balancer has no account; tells three words")
def pret() -> ResponseReturnValue:
    """503 when the database or its schema is not there; without Redis the portal still serves."""
    migrated = up_to_date(session().connection())
    heard = queue.answers(current_app.extensions["config"].redis_url)
    state = {
        "base": "ok",
        "migrations": "ok" if migrated else "à appliquer",
        "file": "ok" if heard else "injoignable",
    }
    return jsonify(state), 200 if migrated else 503
