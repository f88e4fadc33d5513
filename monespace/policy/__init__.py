"""Who may do what, in one table of rules as SQL conditions.

The same condition filters a list, guards a page, tells a template which buttons to show, bounds
an export. What may not be seen does not exist (Introuvable, 404); what is seen but not allowed is
refused with its reason (Interdit, 403).
"""

from datetime import date
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Select, bindparam, select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import KEY_ALPHABET, session
from monespace.policy import table
from monespace.policy.acteurs import acteur_of, administers_somewhere, attached, in_force
from monespace.policy.raisons import NOWHERE, DroitManquant, Raison, why_not, why_nowhere
from monespace.policy.table import RULES, Can, allows, somewhere
from monespace.refus import Interdit, Introuvable

__all__ = [
    "NOWHERE",
    "RULES",
    "Can",
    "DroitManquant",
    "Raison",
    "acteur_of",
    "administers_somewhere",
    "allows",
    "attached",
    "forget",
    "in_force",
    "load",
    "permitted",
    "require_somewhere",
    "somewhere",
    "visible",
    "why_not",
    "why_nowhere",
]

T = TypeVar("T")


def visible(acteur: Acteur, model: type[T]) -> Select[T]:
    """SELECT the rows of `model` the acteur may see."""
    return select(model).where(allows(acteur, model, Can.VIEW))


def load(acteur: Acteur, model: type[T], cle: str, can: Can, lock: bool = False) -> T:
    """The row of that key. Raise Introuvable if it may not be seen, Interdit if `can` is not."""
    if not set(KEY_ALPHABET).issuperset(cle):
        raise Introuvable()
    statement = _loading(acteur, cast(Any, model), can, lock, horloge.today())
    found = session().execute(statement, {"cle": cle}).one_or_none()
    if found is None:
        raise Introuvable()
    row: T = found[0]
    if not found[1]:
        raison = why_not(acteur, row, can)
        raise Interdit(raison.refusal, raison)
    return row


# Building it takes longer than running it, as for the conditions in it.
@lru_cache(maxsize=256)
def _loading(acteur: Acteur, model: Any, can: Can, lock: bool, today: date) -> Select[Any, bool]:
    statement = (
        select(model, allows(acteur, model, can))
        .where(model.cle == bindparam("cle"), allows(acteur, model, Can.VIEW))
        .execution_options(populate_existing=True)
    )
    return statement.with_for_update(of=model) if lock else statement


def require_somewhere(acteur: Acteur, model: type[Any], can: Can) -> None:
    """Raise Interdit, with its reason, for who may do `can` on no row of `model` whatever."""
    if not somewhere(acteur, model, can):
        raison = why_nowhere(acteur, model, can)
        raise Interdit(raison.refusal, raison)


def forget() -> None:
    """Forget what was built from RULES: they have changed."""
    _loading.cache_clear()
    table.forget()


def permitted(acteur: Acteur, row: Any) -> frozenset[Can]:
    """Everything the acteur may do on this row, as it stands now."""
    session().flush()
    cans = tuple(RULES[type(row)])
    answers = (
        session()
        .execute(
            select(*(allows(acteur, type(row), can).label(can) for can in cans)).where(
                type(row).id == row.id
            )
        )
        .one()
    )
    return frozenset(can for can, answer in zip(cans, answers, strict=True) if answer)
