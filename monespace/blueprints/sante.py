"""Is the process alive, and can it serve? For whoever watches over it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from monespace import queue, services
from monespace.guard import public
from monespace.migration import schema_state

bp = Blueprint("sante", __name__, url_prefix="/sante")


@bp.get("")
@public("a load balancer has no account; tells nothing but «ok»")
def vivant() -> ResponseReturnValue:
    return jsonify(processus="ok")


@bp.get("/pret")
@public("a load balancer has no account; tells three words")
def pret() -> ResponseReturnValue:
    """503 when the database or its schema is not there; without Redis the portal still serves."""
    schema = schema_state()
    heard = queue.answers(services.config().redis_url)
    state = {
        "base": "injoignable" if schema is None else "ok",
        "migrations": "ok" if schema else "à appliquer",
        "file": "ok" if heard else "injoignable",
    }
    return jsonify(state), 200 if schema else 503
