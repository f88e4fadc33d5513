"""Numbers of dossiers: one each, in order, without holes, of the year in Paris."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.dossiers import actions
from monespace.dossiers.models import Compteur, Dossier
from monespace.policy import Can
from monespace.refus import Incomplet
from tests.dossiers.bureau import Bureau, at_once

THREADS, DOSSIERS = 8, 24


def send(bureau: Bureau, cle: str) -> str:
    """Send it as a request does; return its number."""
    with bureau.charger(cle, Can.SUBMIT) as dossier:
        actions.submit(bureau.rh, dossier, attested=True)
        assert dossier.numero
        return dossier.numero


def send_and_fail(bureau: Bureau, cle: str) -> None:
    with bureau.charger(cle, Can.SUBMIT) as dossier:
        actions.submit(bureau.rh, dossier, attested=True)
        raise InterruptedError


def send_each(bureau: Bureau, cles: list[str]) -> Callable[[], list[str]]:
    return lambda: [send(bureau, cle) for cle in cles]


def numbers(bureau: Bureau) -> list[str]:
    with bureau.database.reading() as session:
        given = session.scalars(select(Dossier.numero).where(Dossier.numero.is_not(None)))
        return sorted(one for one in given if one)


def test_dossiers_sent_at_once_have_numbers_that_follow(bureau: Bureau) -> None:
    cles = [bureau.complet(f"Atelier{rang}") for rang in range(DOSSIERS)]

    sent = at_once([send_each(bureau, cles[rang::THREADS]) for rang in range(THREADS)])
    year = horloge.today().year
    expected = [f"D-{year}-{rang:06d}" for rang in range(1, DOSSIERS + 1)]
    assert sorted(numero for one in sent for numero in one) == expected
    assert numbers(bureau) == expected


def test_one_dossier_sent_at_once_by_many_has_one_number(bureau: Bureau) -> None:
    cle = bureau.complet()

    sent = at_once([send_each(bureau, [cle]) for _ in range(THREADS)])
    assert [set(one) for one in sent] == [set(numbers(bureau))] * THREADS
    assert len(numbers(bureau)) == 1
    with bureau.database.reading() as session:
        assert session.scalars(select(Compteur.valeur)).all() == [1]


def test_what_fails_takes_no_number(bureau: Bureau) -> None:
    first, cut, last = (bureau.complet(mark) for mark in ("Un", "Deux", "Trois"))
    send(bureau, first)
    with pytest.raises(Incomplet):
        send(bureau, bureau.nouveau())
    with pytest.raises(InterruptedError):
        _cut_short(bureau, cut)
    assert send(bureau, last).endswith("-000002")
    assert send(bureau, cut).endswith("-000003")


@pytest.mark.parametrize(
    ("instant", "year"),
    [
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 2027),
        (datetime(2027, 1, 1, 0, 30, tzinfo=UTC), 2027),
    ],
)
def test_the_year_is_the_one_in_paris(bureau: Bureau, instant: datetime, year: int) -> None:
    with horloge.frozen(instant):
        assert send(bureau, bureau.complet()) == f"D-{year}-000001"


def test_each_year_counts_from_one(bureau: Bureau) -> None:
    given = []
    for day in (30, 31):
        with horloge.frozen(datetime(2026, 12, day, 23, 30, tzinfo=UTC)):
            given += [send(bureau, bureau.complet(f"Jour{day}{rang}")) for rang in "ab"]
    assert given == ["D-2026-000001", "D-2026-000002", "D-2027-000001", "D-2027-000002"]


def _cut_short(bureau: Bureau, cle: str) -> None:
    with bureau.charger(cle, Can.SUBMIT) as dossier:
        actions.submit(bureau.rh, dossier, attested=True)
        raise InterruptedError
