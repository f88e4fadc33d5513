"""What looks at the day is looked at each day: nothing built yesterday answers today."""

from datetime import datetime, time, timedelta

import pytest

from monespace import horloge, policy
from monespace.organisations.models import Rattachement
from monespace.policy import Can
from monespace.refus import Interdit
from tests.support.maison import Maison


def test_an_access_ends_at_midnight_in_paris(chez: Maison) -> None:
    person = chez.person("Petit")
    today = horloge.today()
    with chez.database.transaction(), chez.reading(person) as row:
        cle = row.cle
    with chez.database.transaction() as session:
        session.get_one(Rattachement, row.id).fin = today
    midnight = datetime.combine(today + timedelta(days=1), time(), horloge.PARIS)
    with horloge.frozen(midnight - timedelta(seconds=1)), chez.database.reading():
        assert policy.load(person, Rattachement, cle, Can.WORK).fin == today
    with (
        horloge.frozen(midnight),
        chez.database.reading(),
        pytest.raises(Interdit),
    ):
        policy.load(person, Rattachement, cle, Can.WORK)
