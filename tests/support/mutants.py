"""What guards the portal, taken away piece by piece: the access matrix must miss each piece.

A rule is opened to everything, or removed, or loses one of its parts; a view loses what it
declares. A mutant that no request of the matrix tells from the portal has survived.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import ColumnElement, select, true

from monespace import policy
from monespace.acteur import Acteur, Role
from monespace.db import session
from monespace.policy import RULES, Can
from monespace.policy.conditions import Both, Condition, Either
from monespace.refus import Introuvable


@dataclass(frozen=True)
class Mutant:
    """One piece taken away, for the time of a block; whom and what it is about."""

    name: str
    about: tuple[Any, Can] | None
    role: Role | None
    endpoint: str
    without: Callable[[], AbstractContextManager[None]]


def mutants(app: Flask) -> Iterator[Mutant]:
    """Every rule, every part of a rule, every declaration."""
    for model, by_can in RULES.items():
        for can, by_role in by_can.items():
            for role, rule in list(by_role.items()):
                for how, changed in _changes(rule):
                    name = f"RULES[{model.__name__}][{can}][{role}] {how}"
                    yield Mutant(
                        name, (model, can), role, "", _rule_changer(model, can, role, changed)
                    )
    views: dict[str, Any] = dict(app.view_functions)
    for endpoint, view in sorted(views.items()):
        if not view.guard.startswith("public"):
            name = f"{endpoint} without «{view.guard}»"
            yield Mutant(name, view.about, None, endpoint, _view_changer(app, endpoint))


def _everything(acteur: Acteur) -> ColumnElement[bool]:
    return true()


def _changes(rule: Condition) -> Iterator[tuple[str, Condition | None]]:
    yield "opened", _everything
    yield "removed", None
    yield from _thinner(rule)


def _thinner(rule: Condition) -> Iterator[tuple[str, Condition]]:
    """The rule without one of its parts, however deep."""
    if not isinstance(rule, Both | Either):
        return
    for rank, part in enumerate(rule.parts):
        others = rule.parts[:rank] + rule.parts[rank + 1 :]
        if others:
            yield f"without {_name(part)}", type(rule)(others)
        for how, thinned in _thinner(part):
            yield how, type(rule)((*rule.parts[:rank], thinned, *rule.parts[rank + 1 :]))


def _name(part: Condition) -> str:
    if isinstance(part, Both | Either):
        return " + ".join(map(_name, part.parts))
    return part.__qualname__.replace(".<locals>", "")


def _rule_changer(
    model: Any, can: Can, role: Role, changed: Condition | None
) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def without() -> Iterator[None]:
        by_role = RULES[model][can]
        kept = by_role.pop(role)
        if changed is not None:
            by_role[role] = changed
        policy.forget()
        try:
            yield
        finally:
            by_role[role] = kept
            policy.forget()

    return without


def _view_changer(app: Flask, endpoint: str) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def without() -> Iterator[None]:
        guarded = app.view_functions[endpoint]
        app.view_functions[endpoint] = _unguarded(guarded)
        try:
            yield
        finally:
            app.view_functions[endpoint] = guarded

    return without


def _unguarded(guarded: Any) -> Callable[..., Any]:
    """The view behind its declaration; given the row of that key, whosever it is."""
    view: Callable[..., Any] = guarded.__wrapped__
    if "somewhere" in guarded.guard or guarded.guard.endswith("list") or guarded.about is None:
        return view
    model = guarded.about[0]

    def unguarded(cle: str, **kwargs: Any) -> Any:
        row = session().scalar(select(model).where(model.cle == cle))
        if row is None:
            raise Introuvable()
        return view(row, **kwargs)

    return unguarded
