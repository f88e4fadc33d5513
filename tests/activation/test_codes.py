"""The code itself: drawn, read as people type it, dated to the second."""

import ast
import inspect
import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monespace.activation import codes
from monespace.activation.codes import (
    ALPHABET,
    MalEcrit,
    completed,
    expiry,
    last_day,
    new_code,
    printed,
    read,
)

SEPARATORS = " \t\r\n-._\u00a0\u202f\u2009\u2011\u2013\u2014\u2212\u200b"
# 31 degrees of freedom: a fair draw passes this once in ten thousand.
HIGHEST_CHI2 = 68.0


def test_hundred_thousand_codes_no_duplicate_every_symbol_as_often() -> None:
    drawn = [new_code() for _ in range(100_000)]
    assert len(set(drawn)) == len(drawn)
    for rank in (0, 7, 15):
        seen = Counter(code[rank] for code in drawn)
        assert set(seen) == set(ALPHABET)
        expected = len(drawn) / len(ALPHABET)
        assert sum((n - expected) ** 2 / expected for n in seen.values()) < HIGHEST_CHI2
    # A million tries at one code.
    assert 10**6 / 32**15 < 1e-16


def test_nothing_else_than_secrets_draws_codes() -> None:
    tree = ast.parse(inspect.getsource(codes))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert "secrets" in imported
    assert not imported & {"random", "uuid", "os", "numpy", "time"}


def test_printed_in_four_groups() -> None:
    code = new_code()
    assert [len(group) for group in printed(code).split("-")] == [4, 4, 4, 4]
    assert read(printed(code)) == code


@given(st.data())
def test_any_separators_and_case_are_read(data: st.DataObject) -> None:
    code = completed(data.draw(st.lists(st.integers(0, 31), min_size=15, max_size=15)))
    typed = ""
    room = codes.LONGEST_TYPED - len(code)
    for symbol in code:
        gap = data.draw(st.lists(st.sampled_from(SEPARATORS), max_size=min(3, room)))
        room -= len(gap)
        shown = data.draw(st.sampled_from([symbol, symbol.lower(), *_look_alikes(symbol)]))
        typed += "".join(gap) + shown
    assert read(typed) == code


def _look_alikes(symbol: str) -> list[str]:
    wide = chr(ord(symbol) + 0xFEE0)
    return [wide, *{"0": "Oo", "1": "IiLl"}.get(symbol, "")]


@given(st.text(max_size=80))
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(MalEcrit) as caught:
        read(typed)
    assert caught.value.message.endswith(".")


@given(
    st.lists(st.integers(0, 31), min_size=15, max_size=15),
    st.integers(0, 15),
    st.sampled_from(ALPHABET),
)
def test_one_wrong_symbol_is_always_told(values: list[int], rank: int, other: str) -> None:
    code = completed(values)
    typed = code[:rank] + other + code[rank + 1 :]
    if other == code[rank]:
        assert read(typed) == code
        return
    with pytest.raises(MalEcrit, match="n’est pas le bon"):
        read(typed)


def test_two_exchanged_symbols_are_always_told() -> None:
    for _ in range(200):
        code = new_code()
        for left, right in pairwise(range(len(code))):
            symbols = list(code)
            symbols[left], symbols[right] = symbols[right], symbols[left]
            if symbols != list(code):
                with pytest.raises(MalEcrit):
                    read("".join(symbols))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "vous en avez saisi 0"),
        ("7K3M 9QXA 2D4F 8NB", "vous en avez saisi 15"),
        ("7K3M 9QXU 2D4F 8NBT", "n°\u00a08, c’est peut-être un V"),
        ("7K3M é", "n°\u00a05 n’existe dans aucun code\u00a0: vérifiez ce caractère"),
        ("7K3M\u0000", "n°\u00a05"),
        ("ı" * 16, "n°\u00a01"),
        ("0" * 65, "trop long"),
        ("\ufdfa" * 64, "n°\u00a01"),
    ],
)
def test_what_is_wrong_is_told(typed: str, told: str) -> None:
    with pytest.raises(MalEcrit, match=told):
        read(typed)


@pytest.fixture(params=["UTC", "Europe/Paris", "Indian/Reunion"])
def server_zone(request: pytest.FixtureRequest) -> Iterator[None]:
    """The server's own clock is set anywhere: it must not count."""
    former = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield
    if former is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = former
    time.tzset()


@pytest.mark.usefixtures("server_zone")
@pytest.mark.parametrize(
    ("received", "last", "refused_from"),
    [
        ("2025-02-04", "2025-05-04", "2025-05-04T22:00"),
        ("2024-11-30", "2025-02-28", "2025-02-28T23:00"),
        ("2023-11-29", "2024-02-29", "2024-02-29T23:00"),
        ("2023-11-30", "2024-02-29", "2024-02-29T23:00"),
        ("2025-01-31", "2025-04-30", "2025-04-30T22:00"),
        ("2024-12-31", "2025-03-31", "2025-03-31T22:00"),
        ("2025-07-26", "2025-10-26", "2025-10-26T23:00"),
    ],
)
def test_the_end_is_exact(received: str, last: str, refused_from: str) -> None:
    end = datetime.fromisoformat(refused_from).replace(tzinfo=UTC)
    assert expiry(date.fromisoformat(received)) == end
    assert last_day(end) == date.fromisoformat(last)
    assert last_day(end + timedelta(seconds=1)) == date.fromisoformat(last) + timedelta(days=1)
