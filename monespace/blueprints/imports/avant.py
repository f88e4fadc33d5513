"""What is done before the transaction of a view: reading rows takes tenths of a second."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from monespace import identite, services
from monespace.errors import Deconnecte


def beforehand(prepare: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give the view, as `prepared`, what `prepare(acteur, **parts of the address)` reads.

    `prepare` passes by `policy` first: nothing is read nor stored for who may not.
    """

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def ready(**parts: Any) -> Any:
            if identite.visiteur() is None:
                raise Deconnecte()
            with services.database().reading():
                prepared = prepare(identite.acteur(), **parts)
            return view(prepared=prepared, **parts)

        return ready

    return declare
