"""Mails, from the row to a mail server that answers, refuses, sleeps, or is not there."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from urllib.parse import quote

import pytest
from sqlalchemy import select

from jobs.courriels import envoyer
from jobs.execution import execute
from monespace import horloge, queue
from monespace.coffre import Coffre
from monespace.config import Config
from monespace.courriels import actions
from monespace.courriels.models import Courriel
from monespace.courriels.rendu import link, signed_link
from monespace.db import Database, session
from monespace.queue import Travail
from tests.jobs.conftest import Start
from tests.support.smtp import PASSWORD, USER, SmtpServer, certify, smtp_server

ADDRESS = "nora.benali@societe.example"


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def config(config: Config, server: SmtpServer) -> Config:
    return replace(
        config,
        base_url="https://portail.example",
        mail_url=server.url,
        mail_from="ne-pas-repondre@opco.example",
    )


@pytest.fixture
def written(database: Database) -> int:
    """A mail that waits."""
    return write(database)


def write(database: Database, to: str = ADDRESS, sujet: str = "Élan\u00a0: bienvenue") -> int:
    with database.transaction():
        texte = f"Bonjour,\n\n{signed_link('/confirmer/abcd')}\n\n{link('/acces')}"
        return actions.send(to, sujet, texte).id


def row(database: Database, courriel_id: int) -> Courriel:
    with database.reading():
        return session().get_one(Courriel, courriel_id)


def work(database: Database) -> Travail:
    with database.reading():
        return session().scalars(select(Travail)).one()


def test_a_mail_leaves_with_its_links(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    execute(config, work(database).id)

    (arrived,) = server.received
    courriel = row(database, written)
    assert (arrived.de, arrived.pour) == (config.mail_from, ADDRESS)
    assert arrived.message["Subject"] == "Élan\u00a0: bienvenue".replace("\u00a0", " ")
    assert arrived.message["Message-ID"] == f"<{courriel.cle}@opco.example>"
    assert arrived.message["Auto-Submitted"] == "auto-generated"
    signature = Coffre.of(config).sign("/confirmer/abcd")
    assert f"https://portail.example/confirmer/abcd?s={signature}\n" in arrived.text
    assert "https://portail.example/acces\n" in arrived.text
    assert config.opco.telephone in arrived.text
    assert courriel.envoye_le is not None
    assert signature not in courriel.texte
    assert work(database).fini_le is not None


def test_a_mail_rung_twice_leaves_once(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    for _ in range(2):
        execute(config, work(database).id)
    assert envoyer(database, config, written)

    assert len(server.received) == 1
    assert row(database, written).essais == 1


def test_eight_workers_on_one_row_send_once(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    together = Barrier(8)

    def run() -> None:
        together.wait()
        envoyer(database, config, written)

    workers = [Thread(target=run) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(server.received) == 1
    assert row(database, written).essais == 1


def test_without_a_server_it_is_marked_and_stays_in_the_portal(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    execute(replace(config, mail_url=""), work(database).id)

    assert server.received == []
    assert row(database, written).envoye_le is not None


@pytest.mark.parametrize(
    "name", ["Nora\r\nBcc: tous@monde.example", "Nora\nSubject: autre", "Nora\r\n\r\nAutre texte"]
)
def test_a_name_adds_no_header(
    database: Database, config: Config, server: SmtpServer, name: str
) -> None:
    write(database, sujet=f"{name} demande un accès")
    execute(config, work(database).id)

    (arrived,) = server.received
    assert sorted(arrived.message.keys()) == sorted(
        "From To Subject Date Message-ID Auto-Submitted Content-Type Content-Transfer-Encoding "
        "MIME-Version".split()
    )
    assert arrived.message["Subject"].startswith("Nora")


@pytest.mark.parametrize(
    "address", ["a@x.example, b@y.example", "a@x.example\r\nBcc: b@y.example", "nobody", ""]
)
def test_an_address_that_is_none_gets_nothing(
    database: Database, config: Config, server: SmtpServer, address: str
) -> None:
    courriel_id = write(database, address)
    execute(config, work(database).id)

    assert server.received == []
    assert row(database, courriel_id).envoye_le is None


@pytest.mark.parametrize("refusal", ["451 4.7.1 Greylisted", "550 5.1.1 Nobody here"])
def test_a_refused_mail_is_tried_less_and_less_then_given_up(
    database: Database,
    config: Config,
    server: SmtpServer,
    written: int,
    refusal: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    server.refusal = refusal
    instant, waits = horloge.now(), []
    with caplog.at_level(logging.WARNING):
        while row(database, written).abandonne_le is None:
            with horloge.frozen(instant):
                execute(config, work(database).id)
                # Rung too early, it is left alone.
                execute(config, work(database).id)
            following = row(database, written).pas_avant
            waits.append(following - instant)
            instant = following

    assert row(database, written).essais == len(waits)
    assert waits[:4] == [timedelta(minutes=2**n) for n in range(4)]
    assert waits == sorted(waits)
    assert 10 < len(waits) < 30
    assert instant - row(database, written).cree_le > timedelta(days=2)
    assert work(database).fini_le is not None
    assert "given up" in caplog.text
    assert ADDRESS not in caplog.text
    assert "nora" not in caplog.text


def test_a_waiting_mail_is_not_rung_before_its_time(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    server.stop()
    instant = horloge.now()
    for minutes in (0, 1, 3):
        with horloge.frozen(instant + timedelta(minutes=minutes)):
            execute(config, work(database).id)
    later = row(database, written).pas_avant
    assert later == instant + timedelta(minutes=7)
    with horloge.frozen(later - timedelta(seconds=1)), database.transaction():
        assert queue.to_ring_again() == []
    with horloge.frozen(later + timedelta(seconds=1)), database.transaction():
        assert queue.to_ring_again() == [work(database).id]


def test_a_server_that_comes_back_gets_the_mail(
    database: Database, config: Config, server: SmtpServer, written: int
) -> None:
    server.stop()
    execute(config, work(database).id)
    assert work(database).fini_le is None
    server.start()
    with horloge.frozen(row(database, written).pas_avant):
        execute(config, work(database).id)

    assert len(server.received) == 1
    assert row(database, written).envoye_le is not None


def test_a_worker_that_dies_after_the_server_took_it_sends_it_again_under_the_same_name(
    database: Database,
    config: Config,
    server: SmtpServer,
    written: int,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAIL_URL", config.mail_url)
    server.may_answer.clear()
    worker = start("jobs")
    assert server.took.wait(20)
    worker.kill()
    server.may_answer.set()
    assert row(database, written).envoye_le is None
    assert not envoyer(database, config, written)

    with horloge.frozen(row(database, written).pas_avant):
        assert envoyer(database, config, written)
    names = [arrived.message["Message-ID"] for arrived in server.received]
    assert len(names) == 2
    assert len(set(names)) == 1


def test_a_slow_run_that_lost_its_mail_does_not_put_it_off(
    database: Database, config: Config, written: int
) -> None:
    with database.transaction():
        first = actions.claim(written)
    assert first is not None
    with horloge.frozen(first.pas_avant), database.transaction():
        second = actions.claim(written)
        assert second is not None
        actions.mark_sent(written)
    with database.transaction():
        actions.put_off(first)

    assert row(database, written).envoye_le is not None
    assert row(database, written).pas_avant == second.pas_avant


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return certify(tmp_path)


def with_password(server: SmtpServer, scheme: str = "smtp", host: str = "127.0.0.1") -> str:
    return f"{scheme}://{USER}:{quote(PASSWORD, safe='')}@{host}:{server.port}"


def test_the_password_travels_encrypted(
    database: Database,
    config: Config,
    written: int,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with smtp_server(certificate, password=True) as guarded:
        execute(replace(config, mail_url=with_password(guarded)), work(database).id)

    (arrived,) = guarded.received
    assert (arrived.chiffre, arrived.identifie) == (True, True)


def test_a_server_that_nobody_vouches_for_gets_nothing(
    database: Database, config: Config, written: int, certificate: Path
) -> None:
    with smtp_server(certificate, password=True) as stranger:
        execute(replace(config, mail_url=with_password(stranger)), work(database).id)

    assert stranger.received == []
    assert row(database, written).essais == 1


def test_a_password_is_never_sent_in_clear_to_another_machine(
    database: Database, config: Config, written: int, caplog: pytest.LogCaptureFixture
) -> None:
    # An address of this machine that is not its loopback name, as a server elsewhere would have.
    with smtp_server(password=True) as bare:
        url = with_password(bare, host="127.0.0.1.")
        execute(replace(config, mail_url=url), work(database).id)
        assert bare.received == []
        execute(replace(config, mail_url=with_password(bare)), work(database).id)
        with horloge.frozen(row(database, written).pas_avant):
            execute(replace(config, mail_url=with_password(bare)), work(database).id)
        assert len(bare.received) == 1
    assert PASSWORD not in caplog.text


def test_old_mails_are_forgotten(database: Database, config: Config, written: int) -> None:
    with horloge.frozen(horloge.now() + timedelta(days=31)), database.transaction():
        actions.forget_old()
    with database.reading():
        assert session().get(Courriel, written) is None
    execute(config, work(database).id)
    assert work(database).fini_le is not None
