"""What each route requires, declared on its view; a route without a declaration does not start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, current_app, request

from monespace import identite, policy
from monespace.errors import AutreEspace, Deconnecte, IdentiteAConfirmer, SecondFacteurAttendu
from monespace.policy import Can

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[..., Any]


class Undeclared(Exception):
    """Routes that do not say who may use them, or that answer to reading and writing alike."""


def public(why: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Anyone, signed in or not; `why` is for whoever reviews the list."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        return _declared(view, f"public: {why}")

    return declare


def begun(why: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Anyone who gave their password, even when a second factor is still awaited of them."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if identite.personne() is None:
                raise Deconnecte()
            return view(*args, **kwargs)

        return _declared(guarded, f"begun: {why}")

    return declare


def own(why: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Anyone signed in, on what is theirs alone: no other person's row can be named here."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        return _declared(_for_a_person(view), f"own: {why}")

    return declare


def listing(model: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Anyone signed in: the rows of `model` they may see, none perhaps, read through `policy`."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        return _declared(_for_a_person(view), f"{model.__name__}: list", (model, Can.VIEW))

    return declare


def somewhere(model: Any, can: Can) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Whoever may do `can` on some row of `model`; 403 with the reason for everybody else."""

    def declare(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            _require_person()
            policy.require_somewhere(identite.acteur(), model, can)
            return view(*args, **kwargs)

        return _declared(guarded, f"{model.__name__}: {can} somewhere", (model, can))

    return declare


def needs(model: Any, can: Can, lock: bool = True) -> Callable[[View], View]:
    """Load the row that `cle` names and pass it to the view, locked when the request writes.

    404 if it may not be seen, 403 if `can` is not allowed on it. Without `lock` when the action
    locks other rows before this one.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(cle: str, **kwargs: Any) -> Any:
            _require_person()
            locked = lock and request.method == "POST"
            return view(policy.load(identite.acteur(), model, cle, can, lock=locked), **kwargs)

        return _declared(guarded, f"{model.__name__}: {can}", (model, can))

    return declare


def fresh(view: Callable[P, R]) -> Callable[P, R]:
    """Whoever acts proved who they are in the last ten minutes; written next to the view, under
    what declares its guard.

    Otherwise they are asked again, what they were sending is kept meanwhile, and shown before
    it is sent.
    """

    @wraps(view)
    def proved(*args: P.args, **kwargs: P.kwargs) -> R:
        person = identite.personne()
        if person is None or not person.fresh:
            raise IdentiteAConfirmer()
        return view(*args, **kwargs)

    proved.fresh = True  # type: ignore[attr-defined]
    return proved


def large_body(view: View) -> View:
    """This view receives files: its body may be larger than a form's."""
    view.large_body = True  # type: ignore[attr-defined]
    return view


def from_any_espace(view: View) -> View:
    """This view may be sent from a page of another organisation: it is how one leaves it."""
    view.from_any_espace = True  # type: ignore[attr-defined]
    return view


def check_espace() -> None:
    """Raise AutreEspace for a form drawn for another organisation than the session's.

    Two tabs share one session: what was typed for one company must never be written in another.
    """
    signed_in, drawn_for = identite.visiteur(), request.form.get("_espace")
    view = current_app.view_functions.get(request.endpoint or "")
    if signed_in is None or drawn_for is None or hasattr(view, "from_any_espace"):
        return
    if drawn_for != identite.espace():
        raise AutreEspace(drawn_for)


def check_every_route(app: Flask) -> None:
    """Raise Undeclared unless each route declares what it needs, for reading or for writing."""
    _declared(app.view_functions["static"], "public: style sheets, fonts and scripts")
    faults = []
    for rule in app.url_map.iter_rules():
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not hasattr(app.view_functions[rule.endpoint], "guard") or len(methods) != 1:
            faults.append(f"{rule.endpoint} {sorted(methods)}")
    if faults:
        raise Undeclared(", ".join(faults))


def _for_a_person(view: Callable[P, R]) -> Callable[P, R]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        _require_person()
        return view(*args, **kwargs)

    return guarded


def _require_person() -> None:
    if identite.visiteur() is not None:
        return
    if identite.personne() is not None:
        raise SecondFacteurAttendu()
    raise Deconnecte()


def _declared(
    view: Callable[P, R], guard: str, about: tuple[Any, Can] | None = None
) -> Callable[P, R]:
    """Write on the view what it requires, and the noun and verb it is about."""
    view.guard = guard  # type: ignore[attr-defined]
    view.about = about  # type: ignore[attr-defined]
    return view
