"""What pages show of dossiers, always through `policy`."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, func, or_, select
from sqlalchemy.orm import defer, joinedload, selectinload

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.dossiers.filtres import Filtre, Sort
from monespace.dossiers.models import Dossier, Stagiaire, Statut
from monespace.forms.validators import printable
from monespace.refus import Introuvable

ROWS_A_PAGE = 25
COUNT_CEILING = 1000


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; the cursors are None at either end. `count` stops at the ceiling."""

    rows: Sequence[Dossier]
    count: int
    previous: str | None
    following: str | None

    @property
    def ceiling_reached(self) -> bool:
        return self.count > COUNT_CEILING


def page_of(acteur: Acteur, filtre: Filtre, after: str = "", before: str = "") -> Page:
    """The page that starts after, or ends before, a cursor of a former page."""
    chosen = matching(acteur, filtre)
    count = session().scalar(
        select(func.count()).select_from(
            chosen.with_only_columns(Dossier.id).limit(COUNT_CEILING + 1).subquery()
        )
    )
    cursor, backwards = (before, True) if before else (after, False)
    bounded = chosen.where(_beyond(filtre.sort, cursor, backwards)) if cursor else chosen
    rows = list(
        session().scalars(
            bounded.options(
                joinedload(Dossier.etablissement), defer(Dossier.reponses), defer(Dossier.saisies)
            )
            .order_by(*_order(filtre.sort, backwards))
            .limit(ROWS_A_PAGE + 1)
        )
    )
    more = len(rows) > ROWS_A_PAGE
    rows = rows[:ROWS_A_PAGE]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        count or 0,
        _cursor(filtre.sort, rows[0]) if rows and (more if backwards else cursor) else None,
        _cursor(filtre.sort, rows[-1]) if rows and (cursor if backwards else more) else None,
    )


def matching(acteur: Acteur, filtre: Filtre) -> Select[Dossier]:
    """The dossiers of the filter that the acteur may see, in no order."""
    return policy.visible(acteur, Dossier).where(*filtre.conditions())


def _order(sort: Sort, backwards: bool) -> tuple[UnaryExpression[Any], ...]:
    columns = (sort.column, Dossier.id)
    if sort.descending != backwards:
        return tuple(column.desc() for column in columns)
    return tuple(column.asc() for column in columns)


def _beyond(sort: Sort, cursor: str, backwards: bool) -> ColumnElement[bool]:
    key, row_id = _read_cursor(sort, cursor)
    if sort.descending != backwards:
        return or_(sort.column < key, and_(sort.column == key, Dossier.id < row_id))
    return or_(sort.column > key, and_(sort.column == key, Dossier.id > row_id))


def _cursor(sort: Sort, row: Dossier) -> str:
    key = getattr(row, sort.column.key)
    text = key.isoformat() if isinstance(key, date | datetime) else key
    return base64.urlsafe_b64encode(json.dumps([text, row.id]).encode()).decode()


def _read_cursor(sort: Sort, cursor: str) -> tuple[Any, int]:
    try:
        written, row_id = json.loads(base64.urlsafe_b64decode(cursor))
        key = _read_key(sort.column.type.python_type, written)
        if type(row_id) is not int or not 0 < row_id < 2**31:
            raise ValueError(cursor)
    except (ValueError, TypeError, RecursionError) as error:
        raise Introuvable() from error
    return key, row_id


def _read_key(expected: type[Any], written: Any) -> Any:
    """The key of a cursor. Raise ValueError or TypeError for what no database would compare."""
    key = expected.fromisoformat(written) if expected in (datetime, date) else written
    if (
        type(key) is not expected
        or (expected is datetime and key.tzinfo is None)
        or (expected is int and not 0 <= key < 2**63)
        or (expected is str and key != printable(key))
    ):
        raise ValueError(written)
    return key


def latest(acteur: Acteur, most: int = 5) -> Sequence[Dossier]:
    """The dossiers touched last."""
    return _first(policy.visible(acteur, Dossier), most)


def drafts(acteur: Acteur, most: int = 5, dispositif: str | None = None) -> Sequence[Dossier]:
    """The brouillons the acteur may go on with, the one touched last first."""
    chosen = select(Dossier).where(policy.allows(acteur, Dossier, policy.Can.EDIT))
    if dispositif:
        chosen = chosen.where(Dossier.dispositif == dispositif)
    return _first(chosen, most)


def to_complete(acteur: Acteur, most: int = 10) -> Sequence[Dossier]:
    """The dossiers the OPCO waits for this person to answer on."""
    return _first(select(Dossier).where(policy.allows(acteur, Dossier, policy.Can.ANSWER)), most)


def counts_by_state(acteur: Acteur) -> dict[Statut, int]:
    """How many visible dossiers there are in each state."""
    rows = session().execute(
        policy.visible(acteur, Dossier)
        .with_only_columns(Dossier.statut, func.count())
        .group_by(Dossier.statut)
    )
    return {row[0]: row[1] for row in rows}


def stagiaire_of(dossier: Dossier, cle: str) -> Stagiaire:
    """One person of a dossier that was loaded by `policy`. Raise Introuvable."""
    for stagiaire in dossier.stagiaires:
        if stagiaire.cle == cle:
            return stagiaire
    raise Introuvable()


def _first(chosen: Select[Dossier], most: int) -> Sequence[Dossier]:
    return (
        session()
        .scalars(
            chosen.options(
                joinedload(Dossier.etablissement),
                selectinload(Dossier.stagiaires),
                selectinload(Dossier.pieces),
                selectinload(Dossier.demandes),
            )
            .order_by(Dossier.maj_le.desc(), Dossier.id.desc())
            .limit(most)
        )
        .all()
    )
