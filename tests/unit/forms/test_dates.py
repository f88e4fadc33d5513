"""Dates typed in three controls, or whole in the first one."""

from datetime import UTC, date, datetime

import pytest

from monespace import horloge
from monespace.forms.kinds import Date, Illisible, Raw

TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def _read(raw: Raw, kind: Date | None = None) -> date | None:
    with horloge.frozen(TODAY):
        return (kind or Date()).read(raw)


def _told(raw: Raw, kind: Date | None = None) -> str:
    with pytest.raises(Illisible) as told:
        _read(raw, kind)
    return str(told.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "raw",
    [
        ("31", "12", "2026"),
        (" 31 ", "12 ", " 2026"),
        ("31", "décembre", "2026"),
        ("31", "DECEMBRE", "2026"),
        ("31", "déc.", "26"),
        ("31/12/2026", "", ""),
        ("31-12-26", "", ""),
        ("31.12.2026", "", ""),
        ("31 / 12 / 2026", "", ""),
        ("31 décembre 2026", "", ""),
        ("31122026", "", ""),
        ("2026-12-31", "", ""),
    ],
)
def test_a_date_is_read_however_it_is_typed(raw: Raw) -> None:
    assert _read(raw) == date(2026, 12, 31)


def test_the_first_of_a_month_may_be_an_ordinal() -> None:
    assert _read(("1er", "mars", "2026")) == date(2026, 3, 1)
    assert _read(("1er mars 2026", "", "")) == date(2026, 3, 1)
    assert Date().text(date(2026, 3, 1)) == "1er\u00a0mars\u00a02026"


@pytest.mark.parametrize(
    ("typed", "year"), [("26", 2026), ("46", 2046), ("47", 1947), ("94", 1994), ("00", 2000)]
)
def test_a_year_of_two_digits_is_at_most_twenty_years_ahead(typed: str, year: int) -> None:
    assert _read(("27", "3", typed)) == date(year, 3, 27)


@pytest.mark.parametrize(("typed", "year"), [("26", 2026), ("27", 1927), ("30", 1930)])
def test_a_year_of_two_digits_is_past_where_dates_are(typed: str, year: int) -> None:
    assert _read(("2", "3", typed), Date(past=True)) == date(year, 3, 2)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            ("31", "02", "2026"),
            "Le 31 février 2026 n’existe pas : ce mois compte 28 jours. "
            "Vérifiez le jour, par exemple 28 2 2026.",
        ),
        (
            ("31/04/2026", "", ""),
            "Le 31 avril 2026 n’existe pas : ce mois compte 30 jours. "
            "Vérifiez le jour, par exemple 30 4 2026.",
        ),
        (
            ("3", "", "2026"),
            "Complétez la date : il manque le mois. "
            "Indiquez un jour, un mois et une année, par exemple 27 3 2026.",
        ),
        (
            ("", "3", ""),
            "Complétez la date : il manque le jour et l’année. "
            "Indiquez un jour, un mois et une année, par exemple 27 3 2026.",
        ),
        (("32", "1", "2026"), "Indiquez un jour de 1 à 31, par exemple 27."),
        (("²", "1", "2026"), "Indiquez un jour de 1 à 31, par exemple 27."),
        (("3", "13", "2026"), "Indiquez un mois de 1 à 12 ou en lettres, par exemple 3 ou mars."),
        (("3", "jui", "2026"), "Indiquez un mois de 1 à 12 ou en lettres, par exemple 3 ou mars."),
        (("3", "3", "226"), "Indiquez une année en quatre chiffres, par exemple 2026."),
        (("3", "3", "3026"), "Indiquez une année en quatre chiffres, par exemple 2026."),
        (("3", "3", "٢٠٢٦"), "Indiquez une année en quatre chiffres, par exemple 2026."),
    ],
)
def test_a_date_that_cannot_be_read_is_told(raw: Raw, sentence: str) -> None:
    assert _told(raw) == sentence


def test_february_has_29_days_in_a_leap_year() -> None:
    assert _read(("29", "2", "2028")) == date(2028, 2, 29)


def test_a_date_keeps_to_its_limits() -> None:
    assert _read(("23", "11", "2026"), Date(past=True)) == date(2026, 11, 23)
    assert _told(("24", "11", "2026"), Date(past=True)) == (
        "Indiquez une date passée, par exemple 27 3 1994."
    )
    kind = Date(date(2026, 1, 1), date(2026, 12, 31))
    assert _told(("31", "12", "2025"), kind) == "Indiquez une date à partir du 1er janvier 2026."
    assert _told(("1", "1", "2027"), kind) == "Indiquez une date jusqu’au 31 décembre 2026."


def test_missing_and_spare_controls_are_borne() -> None:
    assert _read(("31/12/2026",)) == date(2026, 12, 31)
    assert _read(("31", "12", "2026", "9")) == date(2026, 12, 31)


@pytest.mark.parametrize("document", ["20261231", "2026-W53-4", "2026-02-31", "31/12/2026"])
def test_json_takes_one_form_of_date(document: str) -> None:
    with pytest.raises(Illisible):
        Date().from_json(document)
