"""The one clock: instants are aware UTC inside, Europe/Paris on screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The present day in Paris, the day that legal deadlines count in."""
    return paris(now()).date()


def paris(instant: datetime) -> datetime:
    """The same instant as a clock in Paris shows it."""
    return instant.astimezone(PARIS)


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Stop the clock at `instant`, for tests and for the history of the demo data."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
