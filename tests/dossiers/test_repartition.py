"""Who goes to which part: laws that hold for any number of people, and the figures one expects."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monespace.dossiers.repartition import Inscrit, Mode, Partie, fewest, propose, share

PLACES = ("", "11111111100011", "11111111100022", "11111111100033")


def people(number: int, *places: str) -> list[Inscrit]:
    around = places or ("",)
    return [Inscrit(f"p{rank}", around[rank % len(around)]) for rank in range(number)]


def sizes(parts: list[Partie]) -> list[int]:
    return [len(part.cles) for part in parts]


@pytest.mark.parametrize(
    ("number", "mode", "parties", "expected"),
    [
        (87, Mode.REMPLIR, 3, [30, 30, 27]),
        (87, Mode.EQUILIBRER, 3, [29, 29, 29]),
        (87, Mode.EQUILIBRER, 4, [22, 22, 22, 21]),
        (87, Mode.REMPLIR, 4, [30, 30, 26, 1]),
        (31, Mode.REMPLIR, 1, [30, 1]),
        (31, Mode.EQUILIBRER, 2, [16, 15]),
        (10, Mode.EQUILIBRER, 2, [5, 5]),
        (3, Mode.EQUILIBRER, 9, [1, 1, 1]),
    ],
)
def test_sizes_of_the_parts(number: int, mode: Mode, parties: int, expected: list[int]) -> None:
    assert sizes(propose(people(number), 30, mode, parties, {})) == expected


def test_by_etablissement_one_or_several_parts_each_and_the_own_one_first() -> None:
    several = [Inscrit(f"b{rank}", "2") for rank in range(35)]
    own = [Inscrit(f"a{rank}") for rank in range(10)]

    parts = propose([*several, *own], 30, Mode.ETABLISSEMENT, 0, {})
    assert [(part.etablissement, len(part.cles)) for part in parts] == [
        ("", 10),
        ("2", 18),
        ("2", 17),
    ]


def test_a_move_by_hand_moves_nobody_else_while_there_is_room() -> None:
    before = propose(people(87), 30, Mode.REMPLIR, 3, {})
    after = propose(people(87), 30, Mode.REMPLIR, 3, {"p0": 3})

    assert after[0].cles == before[0].cles[1:]
    assert after[1] == before[1]
    assert set(after[2].cles) == {*before[2].cles, "p0"}


def test_a_full_part_gives_its_last_one_back() -> None:
    before = propose(people(87), 30, Mode.REMPLIR, 3, {})
    after = propose(people(87), 30, Mode.REMPLIR, 3, {"p0": 2})

    assert sizes(after) == [30, 30, 27]
    assert "p0" in after[1].cles
    assert before[1].cles[-1] in after[0].cles


def test_moves_of_people_and_to_parts_that_are_gone_are_forgotten() -> None:
    assert propose(people(40), 30, Mode.REMPLIR, 2, {"p0": 9, "gone": 1}) == propose(
        people(40), 30, Mode.REMPLIR, 2, {}
    )


@given(
    st.lists(st.sampled_from(PLACES), min_size=2, max_size=200),
    st.integers(1, 30),
    st.sampled_from(Mode),
    st.integers(0, 60),
    st.dictionaries(st.integers(0, 220), st.integers(0, 60), max_size=80),
)
def test_everyone_once_and_never_over_most(
    places: list[str], most: int, mode: Mode, parties: int, moves: dict[int, int]
) -> None:
    known = [Inscrit(f"p{rank}", place) for rank, place in enumerate(places)]
    parts = propose(known, most, mode, parties, {f"p{rank}": part for rank, part in moves.items()})

    assert Counter(cle for part in parts for cle in part.cles) == Counter(one.cle for one in known)
    assert max(sizes(parts)) <= most
    assert len(parts) >= fewest(known, most, mode)
    assert moves or min(sizes(parts)) >= 1


@given(
    st.lists(st.sampled_from(PLACES), min_size=2, max_size=120),
    st.integers(1, 30),
    st.integers(0, 20),
)
def test_by_etablissement_nobody_is_with_strangers(
    places: list[str], most: int, parties: int
) -> None:
    known = {f"p{rank}": Inscrit(f"p{rank}", place) for rank, place in enumerate(places)}
    for part in propose(list(known.values()), most, Mode.ETABLISSEMENT, parties, {}):
        assert {known[cle].etablissement for cle in part.cles} == {part.etablissement}


@given(st.integers(0, 10**11), st.lists(st.integers(1, 30), min_size=1, max_size=50))
def test_what_is_shared_is_neither_lost_nor_made(total: int, weights: list[int]) -> None:
    shares = share(total, weights)

    assert sum(shares) == total
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) < whole
        for part, weight in zip(shares, weights, strict=True)
    )
