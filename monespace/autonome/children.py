"""Processes that live and die together: started in one group, restarted one by one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from monespace.autonome import guardian

ROOT = Path(__file__).resolve().parents[2]
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
# A process that lived this long was well: its next fall is a first one again.
SOUND_SECONDS = 60.0


class Group:
    """The process group of the portal. Leaving it ends whatever still runs in it."""

    def __init__(self, holding: Sequence[int] = ()) -> None:
        """`holding`: descriptors kept open until the last process of the group is gone."""
        self._guardian = subprocess.Popen(
            [sys.executable, "-I", "-S", guardian.__file__],
            stdin=subprocess.PIPE,
            process_group=0,
            pass_fds=holding,
        )
        self._spawned: list[subprocess.Popen[bytes]] = []

    @property
    def guarded(self) -> bool:
        """Whether the processes would still be ended if this one disappeared."""
        return self._guardian.poll() is None

    def spawn(
        self,
        command: Sequence[str],
        *,
        environ: Mapping[str, str] | None = None,
        log: Path | None = None,
        pass_fds: Sequence[int] = (),
        user: int | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a process in the group, its output added to the end of `log`."""
        output = os.open(log or os.devnull, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                pass_fds=pass_fds,
                process_group=self._guardian.pid,
                user=user,
                group=user,
                extra_groups=None if user is None else (),
            )
        finally:
            os.close(output)
        self._spawned = [other for other in self._spawned if other.poll() is None] + [process]
        return process

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._guardian.pid, signal.SIGKILL)
        self._guardian.communicate()
        for process in self._spawned:
            process.wait()


@dataclass
class Child:
    """One process of the portal, started again when it falls, later and later."""

    name: str
    group: Group
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    pass_fds: Sequence[int] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _delay: float = field(default=FIRST_DELAY, init=False)
    _restart_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """Start the process; the caller makes sure that it is not running."""
        self._process = self.group.spawn(
            self.command, environ=self.environ, log=self.log, pass_fds=self.pass_fds
        )
        self._started = time.monotonic()
        self._restart_at = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def watch(self) -> str:
        """Notice a fall, or end the wait that followed one. Return what to tell, or ""."""
        if self.alive or self._process is None:
            return ""
        now = time.monotonic()
        if self._restart_at is None:
            return self._fallen(now, self._process.returncode)
        if now >= self._restart_at:
            self.start()
        return ""

    def _fallen(self, now: float, code: int) -> str:
        if now - self._started > SOUND_SECONDS:
            self._delay = FIRST_DELAY
        delay, self._delay = self._delay, min(2 * self._delay, LONGEST_DELAY)
        self._restart_at = now + delay
        cause = f"signal {-code}" if code < 0 else f"code {code}"
        seconds = f"{delay:g}".replace(".", ",")
        return f"{self.name} s’est arrêté ({cause}) ; relance dans {seconds} s. Voir {self.log}"

    def terminate(self) -> None:
        """Ask the process to end."""
        if self._process is not None:
            self._process.terminate()


def stop(children: Sequence[Child]) -> None:
    """End them within about two seconds, leaving each the time to finish what it can."""
    for delay in (guardian.WARM_SECONDS, guardian.COLD_SECONDS):
        for child in children:
            child.terminate()
        limit = time.monotonic() + delay
        while time.monotonic() < limit and any(child.alive for child in children):
            time.sleep(0.02)
