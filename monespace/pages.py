"""One page of a long list: it starts where another ended, however far that is."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, UnaryExpression, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from monespace.db import session
from monespace.forms.validators import printable
from monespace.refus import Introuvable
from monespace.typographie import counted, plural

ROWS_A_PAGE = 25
COUNT_CEILING = 1000

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of a list: by `column`, never NULL, then by id, both the same way."""

    label: str
    column: InstrumentedAttribute[Any]
    descending: bool

    @property
    def row_id(self) -> Any:
        """The id of the same table."""
        return self.column.class_.id


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """One page of a list; the cursors are None at either end. `count` stops at the ceiling."""

    rows: Sequence[R]
    count: int
    previous: str | None
    following: str | None


def several(count: int, one: str, many: str) -> str:
    """A count and its noun: «12 dossiers», «1 000+ dossiers» past the ceiling."""
    if count > COUNT_CEILING:
        return f"{counted(count, COUNT_CEILING)} {many}"
    return plural(count, one, many)


def page_of(
    chosen: Select[R], sort: Sort, after: str, before: str, *options: ExecutableOption
) -> Page[R]:
    """The page of `chosen` that starts after, or ends before, a cursor of a former page."""
    count = (
        session().scalar(
            select(func.count()).select_from(
                chosen.with_only_columns(sort.row_id).limit(COUNT_CEILING + 1).subquery()
            )
        )
        or 0
    )
    cursor, backwards = (before, True) if before else (after, False)
    bounded = chosen.where(_beyond(sort, cursor, backwards)) if cursor else chosen
    # The ids first, from an index alone: sorting whole rows reads those that are not shown.
    found: Select[Any] = bounded.with_only_columns(sort.row_id, sort.column)
    columns: tuple[Any, Any] = (sort.column, sort.row_id)
    if count <= COUNT_CEILING:
        # Few are found, then put in order; many are met soon enough along the order.
        few = found.limit(COUNT_CEILING).subquery()
        found, columns = select(few.c.id), (few.c[sort.column.key], few.c.id)
    ids = found.order_by(*_order(sort, backwards, columns)).limit(ROWS_A_PAGE + 1)
    order = _order(sort, backwards, (sort.column, sort.row_id))
    entity = select(sort.column.class_).where(sort.row_id.in_(session().scalars(ids).all()))
    rows = list(session().scalars(entity.options(*options).order_by(*order)))
    more = len(rows) > ROWS_A_PAGE
    rows = rows[:ROWS_A_PAGE]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        count,
        _cursor(sort, rows[0]) if rows and (more if backwards else cursor) else None,
        _cursor(sort, rows[-1]) if rows and (cursor if backwards else more) else None,
    )


def _order(sort: Sort, backwards: bool, columns: Iterable[Any]) -> tuple[UnaryExpression[Any], ...]:
    if sort.descending != backwards:
        return tuple(column.desc() for column in columns)
    return tuple(column.asc() for column in columns)


def _beyond(sort: Sort, cursor: str, backwards: bool) -> ColumnElement[bool]:
    key, row_id = _read_cursor(sort, cursor)
    if sort.descending != backwards:
        return or_(sort.column < key, and_(sort.column == key, sort.row_id < row_id))
    return or_(sort.column > key, and_(sort.column == key, sort.row_id > row_id))


def _cursor(sort: Sort, row: Any) -> str:
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
