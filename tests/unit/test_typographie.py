"""French typography, as a person reads it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from monespace import horloge, typographie


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (960_000, "9\u00a0600,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (0, "0,00\u00a0€"),
        (-123_456, "−1\u00a0234,56\u00a0€"),
        (123_456_789_012, "1\u00a0234\u00a0567\u00a0890,12\u00a0€"),
        (Decimal("1234.5"), "1\u00a0234,50\u00a0€"),
        (Decimal("0.005"), "0,01\u00a0€"),
        (None, ""),
    ],
)
def test_money(amount: int | Decimal | None, written: str) -> None:
    assert typographie.money(amount) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [(0, "0"), (999, "999"), (1_234, "1\u00a0234"), (-8_450_000, "−8\u00a0450\u00a0000")],
)
def test_count(number: int, written: str) -> None:
    assert typographie.count(number) == written


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 11, 17), "17\u00a0novembre\u00a02026", "17\u00a0nov."),
        (date(2026, 8, 1), "1er\u00a0août\u00a02026", "1er\u00a0août"),
        (
            datetime(2026, 12, 31, 23, 30, tzinfo=UTC),
            "1er\u00a0janvier\u00a02027",
            "1er\u00a0janv.\u00a02027",
        ),
        (None, "", ""),
    ],
)
def test_dates_are_those_of_paris(day: date | None, long: str, short: str) -> None:
    assert typographie.date_long(day) == long
    with horloge.frozen(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert typographie.date_short(day) == short


@pytest.mark.parametrize(
    ("instant", "written"),
    [
        (datetime(2026, 11, 23, 13, 32, tzinfo=UTC), "14:32"),
        (datetime(2026, 7, 1, 7, 5, tzinfo=UTC), "09:05"),
        (None, ""),
    ],
)
def test_times_are_those_of_paris(instant: datetime | None, written: str) -> None:
    assert typographie.time_of(instant) == written


def test_identifiers_are_spaced() -> None:
    assert typographie.siren("812345678") == "812\u00a0345\u00a0678"
    assert typographie.siret("81234567800024") == "812\u00a0345\u00a0678\u00a000024"


@pytest.mark.parametrize("typed", ["", "81234567", "8123456780002A", "812 345 678"])
def test_what_is_not_an_identifier_is_left_as_it_is(typed: str) -> None:
    assert typographie.siren(typed) == typed
    assert typographie.siret(typed) == typed


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0\u00a0dossier"),
        (1, "1\u00a0dossier"),
        (2, "2\u00a0dossiers"),
        (1_000, "1\u00a0000\u00a0dossiers"),
    ],
)
def test_plural(number: int, written: str) -> None:
    assert typographie.plural(number, "dossier", "dossiers") == written


@pytest.mark.parametrize(
    ("octets", "written"),
    [
        (0, "0\u00a0octet"),
        (312, "312\u00a0octets"),
        (1_024, "1\u00a0ko"),
        (319_488, "312\u00a0ko"),
        (1_048_575, "1\u00a0Mo"),
        (1_258_291, "1,2\u00a0Mo"),
        (10_485_760, "10\u00a0Mo"),
        (3_221_225_472, "3\u00a0Go"),
    ],
)
def test_file_size(octets: int, written: str) -> None:
    assert typographie.file_size(octets) == written
