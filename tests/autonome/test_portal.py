"""`make run`: it starts everything, it says so, and whatever happens nothing is left behind."""

import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monespace.demo import COMPTES
from tests.support.portal import PortalProcess, wait_for

Start = Callable[..., PortalProcess]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of a portal that was started once, in a folder that shells stumble on."""
    folder = tmp_path_factory.mktemp("portail") / "mes données d’été"
    portal = PortalProcess(folder)
    try:
        said = portal.wait_until_ready()
        assert "Premier démarrage" in said
        assert f"http://localhost:{portal.port}" in said
        assert all(compte.courriel in said for compte in COMPTES)
        assert portal.get("/sante/pret")[0] == 200
        assert portal.end(signal.SIGTERM)[0] == 0
    finally:
        portal.clean()
    return folder


@pytest.fixture
def start(data_dir: Path) -> Iterator[Start]:
    """Start a portal on those data; it ends with the test."""
    started: list[PortalProcess] = []

    def start(folder: Path = data_dir, port: int | None = None) -> PortalProcess:
        started.append(PortalProcess(folder, port))
        return started[-1]

    yield start
    for portal in started:
        portal.clean()


@pytest.mark.parametrize("wanted", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_second_start_keeps_the_data_and_a_signal_stops_everything(
    start: Start, wanted: signal.Signals
) -> None:
    portal = start()
    assert "Premier démarrage" not in portal.wait_until_ready()
    status, seconds = portal.end(wanted)
    assert status == 0
    assert seconds < 6


def test_a_killed_supervisor_leaves_no_orphan_and_can_be_started_again_at_once(
    start: Start,
) -> None:
    killed = start()
    killed.wait_until_ready()
    again = start(port=killed.port)
    status, _ = killed.end(signal.SIGKILL)
    assert status == -signal.SIGKILL
    again.wait_until_ready()
    assert again.get("/sante/pret")[0] == 200


@pytest.mark.parametrize("name", ["gunicorn", "jobs", "jobs.ticker", "valkey-server"])
def test_what_is_killed_comes_back(start: Start, name: str) -> None:
    portal = start()
    portal.wait_until_ready()
    victim = portal.child(name)
    assert victim is not None
    victim.kill()
    wait_for(lambda: portal.child(name) not in (victim, None), 10)
    wait_for(lambda: '"file":"ok"' in portal.get("/sante/pret")[1].replace(" ", ""), 10)


def test_a_port_already_used_is_said_with_another_to_type(start: Start, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        said = start(tmp_path, port).refusal()
    assert f"le port {port} n’est pas libre" in said
    assert f"PORT={port + 1} make run" in said
    assert "Traceback" not in said


def test_two_portals_never_share_their_data(start: Start, data_dir: Path) -> None:
    start().wait_until_ready()
    said = start().refusal()
    assert f"un portail tourne déjà sur {data_dir}" in said
    assert "Traceback" not in said
