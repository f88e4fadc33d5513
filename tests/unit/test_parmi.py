"""«One of these numbers» finds the same rows however many they are."""

import pytest
from sqlalchemy import select

from monespace.comptes.models import Compteur
from monespace.db import Database
from monespace.horloge import now
from monespace.parmi import FEW, among


@pytest.mark.parametrize("many", [0, 1, FEW, FEW + 1, 700])
def test_rows_are_found_by_number(database_url: str, many: int) -> None:
    database = Database(database_url)
    wanted = range(3, 3 + 2 * many, 2)
    try:
        with database.transaction() as session:
            session.add_all(Compteur(nom=f"{n}", essais=n, depuis=now()) for n in range(1500))
        with database.reading() as session:
            found = session.scalars(select(Compteur.essais).where(among(Compteur.essais, wanted)))
            assert sorted(found) == list(wanted)
            # The same statement again, other numbers: what was compiled must not keep the first.
            others = [one + 1 for one in wanted]
            found = session.scalars(select(Compteur.essais).where(among(Compteur.essais, others)))
            assert sorted(found) == others
    finally:
        database.dispose()
