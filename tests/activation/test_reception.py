"""The day a letter came: within bounds, and the end of its code follows."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.activation.actions import record_reception, revoke
from monespace.activation.actions.codes import LONGEST_JOURNEY
from monespace.activation.codes import expiry
from monespace.activation.essai import Bon, Expire
from monespace.activation.models import CodeActivation
from monespace.journal import Evenement
from monespace.refus import Refuse
from tests.activation.guichet import OPCO, RECEPTION_JOURS, Guichet

DAY = timedelta(days=1)


def record(guichet: Guichet, code_id: int, recu_le: date) -> None:
    with guichet.database.transaction() as opened:
        record_reception(OPCO, opened.get_one(CodeActivation, code_id), recu_le)


def issued_on(guichet: Guichet, code_id: int) -> date:
    return horloge.paris(guichet.code(code_id).emis_le).date()


@pytest.mark.parametrize("after", [timedelta(0), DAY, LONGEST_JOURNEY])
def test_the_end_follows_from_the_day_it_came(guichet: Guichet, after: timedelta) -> None:
    _, code_id = guichet.emettre()
    came = issued_on(guichet, code_id) + after
    with horloge.frozen(horloge.now() + LONGEST_JOURNEY + DAY):
        record(guichet, code_id, came)
    code = guichet.code(code_id)
    assert (code.recu_le, code.reception_constatee) == (came, True)
    assert code.expire_le == expiry(came)


def test_no_day_before_it_left_after_today_or_too_late(guichet: Guichet) -> None:
    _, code_id = guichet.emettre()
    issued, before = issued_on(guichet, code_id), guichet.code(code_id)
    today = horloge.now()
    for now, came in (
        (today, issued - DAY),
        (today, issued + DAY),
        (today + LONGEST_JOURNEY + 9 * DAY, issued + LONGEST_JOURNEY + DAY),
    ):
        with horloge.frozen(now), pytest.raises(Refuse, match="demandez un nouveau courrier"):
            record(guichet, code_id, came)
    code = guichet.code(code_id)
    assert (code.recu_le, code.expire_le) == (before.recu_le, before.expire_le)
    assert code.recu_le == issued + RECEPTION_JOURS * DAY
    assert not code.reception_constatee


def test_a_stopped_code_has_no_day_any_more(guichet: Guichet) -> None:
    _, code_id = guichet.emettre()
    issued = issued_on(guichet, code_id)
    with guichet.database.transaction() as opened:
        revoke(OPCO, opened.get_one(CodeActivation, code_id))
    with pytest.raises(Refuse, match="arrêté ou remplacé"):
        record(guichet, code_id, issued)
    assert not guichet.code(code_id).reception_constatee


@pytest.mark.parametrize(("late", "opens"), [(timedelta(seconds=-1), True), (timedelta(0), False)])
def test_what_has_ended_is_not_opened_again_by_a_later_day(
    guichet: Guichet, late: timedelta, opens: bool
) -> None:
    """To the second: recorded while it lasts the day moves its end, afterwards nothing does."""
    typed, code_id = guichet.emettre()
    ended = guichet.code(code_id).expire_le
    came = issued_on(guichet, code_id) + LONGEST_JOURNEY
    with horloge.frozen(ended + late):
        if opens:
            record(guichet, code_id, came)
        else:
            with pytest.raises(Refuse, match="a expiré le"):
                record(guichet, code_id, came)
    with horloge.frozen(ended):
        tried = guichet.essayer(guichet.personne(), typed)
    assert isinstance(tried, Bon if opens else Expire)
    assert guichet.code(code_id).expire_le == (expiry(came) if opens else ended)
    assert guichet.code(code_id).reception_constatee is opens


def test_the_company_sees_who_recorded_it_and_what_was_presumed(guichet: Guichet) -> None:
    _, code_id = guichet.emettre()
    issued = issued_on(guichet, code_id)
    record(guichet, code_id, issued)
    with guichet.database.reading() as opened:
        told = opened.scalars(
            select(Evenement).where(Evenement.acte == "constater la réception")
        ).one()
    assert told.organisation_id == guichet.organisation()
    presumed = issued + RECEPTION_JOURS * DAY
    assert told.details == {"avant": presumed.isoformat(), "apres": issued.isoformat()}
