"""When things happen: working days and hours in Paris."""

from datetime import date, datetime, time, timedelta
from random import Random

from monespace.horloge import PARIS, paris

OPENING, CLOSING = 8 * 60 + 20, 17 * 60
FRIDAY = 4
# (month, day); Easter moves and is left out.
HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)})


def is_worked(day: date) -> bool:
    return day.weekday() <= FRIDAY and (day.month, day.day) not in HOLIDAYS


def working_day(day: date) -> date:
    """The day itself, or the last working day before."""
    while not is_worked(day):
        day -= timedelta(days=1)
    return day


def at_work(random: Random, day: date) -> datetime:
    """Some minute of that day, or of the last working day before."""
    minutes = random.randrange(OPENING, CLOSING)
    return datetime.combine(working_day(day), time(minutes // 60, minutes % 60), PARIS)


def after(random: Random, instant: datetime, least: int, most: int) -> datetime:
    """Some working minute `least` to `most` days after `instant`, and later than it."""
    day = paris(instant).date() + timedelta(days=random.randint(least, most))
    return max(at_work(random, day), instant + timedelta(minutes=random.randint(20, 90)))


def course(random: Random, since: date, days: int, weeks: int) -> tuple[date, date]:
    """First and last day of a course of `days` days in a row, or spread over `weeks`.

    It starts in the week of `since`, or later when a holiday stands in the way.
    """
    last_start = FRIDAY if weeks else max(0, FRIDAY + 1 - days)
    start = since + timedelta(days=random.randint(0, last_start) - since.weekday())
    length = timedelta(days=7 * weeks if weeks else min(days, FRIDAY + 1) - 1)
    while not _fits(start, length):
        start += timedelta(days=7)
    return start, start + length


def _fits(start: date, length: timedelta) -> bool:
    if length.days > FRIDAY:
        return is_worked(start) and is_worked(start + length)
    return all(is_worked(start + timedelta(days=rank)) for rank in range(length.days + 1))
