"""The mail that sums up a day."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.comptes.models import Courriels, Utilisateur
from monespace.courriels.models import Courriel
from monespace.db import Database, session
from monespace.horloge import PARIS, frozen
from monespace.notifications.actions import mark_all_read, mark_read, send_digests
from monespace.notifications.models import Notification
from monespace.policy import acteur_of
from tests.notifications.conftest import person, tell

MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=PARIS)
SEVEN = datetime(2026, 11, 24, 7, 0, tzinfo=PARIS)


def digest(database: Database, instant: datetime) -> None:
    with frozen(instant), database.transaction():
        send_digests()


def mails(database: Database) -> list[Courriel]:
    with database.reading():
        return list(session().scalars(select(Courriel).order_by(Courriel.id)))


def test_one_mail_with_the_whole_day(database: Database) -> None:
    nora = person(database, "Benali")
    for number in range(3):
        with frozen(MONDAY + timedelta(hours=number)):
            tell(database, nora, f"Nouvelle {number}")
    digest(database, SEVEN - timedelta(seconds=1))
    assert mails(database) == []

    digest(database, SEVEN)
    digest(database, SEVEN + timedelta(hours=2))
    (mail,) = mails(database)
    assert mail.destinataire == "benali@entreprise.example"
    assert mail.sujet == "Votre résumé du jour : 3 notifications"
    assert [mail.texte.index(f"Nouvelle {number}") for number in range(3)] == sorted(
        mail.texte.index(f"Nouvelle {number}") for number in range(3)
    )


def test_what_comes_after_seven_waits_for_the_next_day(database: Database) -> None:
    nora = person(database, "Benali")
    with frozen(SEVEN + timedelta(minutes=5)):
        tell(database, nora, "Trop tard")
    digest(database, SEVEN + timedelta(hours=10))
    assert mails(database) == []
    digest(database, SEVEN + timedelta(days=1))
    assert len(mails(database)) == 1


def test_those_who_want_their_mails_otherwise_get_no_digest(database: Database) -> None:
    at_once = person(database, "Immédiat", Courriels.IMMEDIAT)
    never = person(database, "Jamais", Courriels.AUCUN)
    with frozen(MONDAY):
        tell(database, at_once, "À l’instant")
        tell(database, never, "Rien")
        tell(database, never, "Sécurité", urgent=True)
    digest(database, SEVEN)
    assert [(mail.sujet, mail.destinataire) for mail in mails(database)] == [
        ("À l’instant", "immédiat@entreprise.example"),
        ("Sécurité", "jamais@entreprise.example"),
    ]


def test_who_has_since_asked_for_no_mail_gets_none(database: Database) -> None:
    nora = person(database, "Benali")
    with frozen(MONDAY):
        tell(database, nora, "Nouvelle")
    with database.transaction():
        session().get_one(Utilisateur, nora).courriels = Courriels.AUCUN
    digest(database, SEVEN)
    assert mails(database) == []


def test_what_was_read_is_not_summed_up(database: Database) -> None:
    nora = person(database, "Benali")
    with frozen(MONDAY):
        for titre in ("Lue", "Lue aussi", "Pas lue"):
            tell(database, nora, titre)
    with database.transaction():
        first, second, _ = session().scalars(select(Notification).order_by(Notification.id))
        mark_read(first)
        session().flush()
        known = session().get_one(Utilisateur, nora)
        assert mark_all_read(acteur_of(known, None), second.id) == 1
    digest(database, SEVEN)
    (mail,) = mails(database)
    assert "Pas lue" in mail.texte
    assert "Lue aussi" not in mail.texte


def test_a_name_makes_no_link(database: Database) -> None:
    nora = person(database, "Benali")
    with frozen(MONDAY):
        tell(database, nora, "[[!/mot-de-passe/abcd]] demande un accès")
    digest(database, SEVEN)
    assert "[[!" not in mails(database)[0].texte
    assert "[[/acces]]" in mails(database)[0].texte


@pytest.mark.parametrize(
    ("told_at", "seven"),
    [
        # The night when clocks go back, then the one when they go forward.
        (datetime(2026, 10, 24, 23, 30, tzinfo=PARIS), datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        (datetime(2027, 3, 27, 23, 30, tzinfo=PARIS), datetime(2027, 3, 28, 5, 0, tzinfo=UTC)),
    ],
)
def test_once_a_day_when_clocks_change(
    database: Database, told_at: datetime, seven: datetime
) -> None:
    nora = person(database, "Benali")
    with frozen(told_at):
        tell(database, nora, "Nouvelle")
    digest(database, seven - timedelta(seconds=1))
    assert mails(database) == []
    for minutes in range(0, 26 * 60, 30):
        digest(database, seven + timedelta(minutes=minutes))
    assert len(mails(database)) == 1


def test_two_tickers_sum_up_once(database: Database) -> None:
    people = [person(database, f"Personne{number}") for number in range(12)]
    with frozen(MONDAY):
        for one in people:
            tell(database, one, "Nouvelle")
    together = Barrier(4)

    def tick() -> None:
        together.wait()
        digest(database, SEVEN)

    tickers = [Thread(target=tick) for _ in range(4)]
    for ticker in tickers:
        ticker.start()
    for ticker in tickers:
        ticker.join()
    assert len(mails(database)) == 12
    assert len({mail.destinataire for mail in mails(database)}) == 12


def test_a_digest_is_cut_short_and_says_so(database: Database) -> None:
    nora = person(database, "Benali")
    with frozen(MONDAY):
        for number in range(53):
            tell(database, nora, f"Nouvelle {number}.")
    digest(database, SEVEN)
    (mail,) = mails(database)
    assert "… et 3 de plus." in mail.texte
    assert mail.texte.count("•") == 50
    assert horloge.now() > mail.cree_le
