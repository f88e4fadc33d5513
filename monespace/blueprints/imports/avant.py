"""What is done before the transaction of a view: reading rows takes tenths of a second."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from monespace import identite
from monespace.db import Database
from monespace.errors import Deconnecte
from monespace.stockage import Stockage


def beforehand(prepare: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the view, as `prepared`, what `prepare(acteur, **parts of the address)` reads.

    `prepare` passes by `policy` first: nothing is read nor stored for who may not.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def ready(**parts: Any) -> Any:
            if identite.visiteur() is None:
                raise Deconnecte()
            database: Database = current_app.extensions["database"]
            with database.reading():
                prepared = prepare(identite.acteur(), **parts)
            return view(prepared=prepared, **parts)

        return ready

    return declare


def store() -> Stockage:
    found: Stockage = current_app.extensions["stockage"]
    return found
