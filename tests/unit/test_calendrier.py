"""Easter, public holidays and working days."""

from datetime import date, timedelta

import pytest

from monespace.calendrier import easter, holidays, is_working, working_days_ago, working_days_since

# From the tables of the Institut de mécanique céleste, with the earliest and the latest there are.
EASTERS = [
    (1818, 3, 22),
    (1943, 4, 25),
    (2000, 4, 23),
    (2008, 3, 23),
    (2024, 3, 31),
    (2025, 4, 20),
    (2026, 4, 5),
    (2027, 3, 28),
    (2038, 4, 25),
    (2049, 4, 18),
    (2285, 3, 22),
]


@pytest.mark.parametrize(("year", "month", "day"), EASTERS)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_easter_is_a_sunday_of_spring() -> None:
    for year in range(1900, 2200):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


def test_the_holidays_of_2026() -> None:
    assert sorted(holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("start", "today", "days"),
    [
        # Monday to Thursday of an ordinary week.
        (date(2026, 11, 16), date(2026, 11, 19), 3),
        # Friday: the week-end does not count.
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        # Armistice Day is a Wednesday.
        (date(2026, 11, 10), date(2026, 11, 13), 2),
        # Ascension, then a Friday, a week-end.
        (date(2026, 5, 13), date(2026, 5, 18), 2),
        # Christmas and New Year, both Fridays.
        (date(2026, 12, 23), date(2027, 1, 4), 6),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_working_days(start: date, today: date, days: int) -> None:
    assert working_days_since(start, today) == days


def test_the_two_ways_of_counting_agree() -> None:
    for after in range(730):
        today = date(2026, 1, 1) + timedelta(days=after)
        for count in (0, 1, 3, 10):
            day = working_days_ago(today, count)
            assert working_days_since(day, today) == count
            assert working_days_since(day + timedelta(days=1), today) < count or not count
        assert is_working(today) == (working_days_since(today - timedelta(days=1), today) == 1)
