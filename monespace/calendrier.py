"""Working days in metropolitan France: Monday to Friday, public holidays apart."""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5
# Month and day of those that never move (Code du travail, article L. 3133-1).
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Days from Easter Sunday: Easter Monday, Ascension, Whit Monday.
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the computus of Meeus, Jones and Butcher."""
    golden = year % 19
    century, rest = divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of that year."""
    moving = (easter(year) + timedelta(days) for days in AFTER_EASTER)
    return frozenset([*(date(year, *day) for day in FIXED), *moving])


def is_working(day: date) -> bool:
    """Is it a Monday to Friday that is no public holiday?"""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def working_days_since(start: date, today: date) -> int:
    """How many working days have come after `start`, up to `today` and with it.

    What was asked on a Monday has waited one working day on the Tuesday.
    """
    days = (start + timedelta(after) for after in range(1, (today - start).days + 1))
    return sum(map(is_working, days))


def working_days_ago(today: date, count: int) -> date:
    """The latest day from which `count` working days have come, up to `today`."""
    day = today
    while count:
        count -= is_working(day)
        day -= timedelta(days=1)
    return day
