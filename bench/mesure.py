"""Time two applications in turn, in this process, without a network between."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from wsgiref.types import WSGIApplication

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

WARM_UP = 30
LARGEST_DIFFERENCE = 0.10


class Unfair(Exception):
    """The two do not answer the same amount, or one does not answer at all."""


@dataclass(frozen=True)
class Call:
    """One request to one application; `body` makes what each POST sends."""

    app: WSGIApplication
    path: str
    cookie: str
    body: Callable[[], bytes] | None = None

    def __call__(self) -> tuple[float, int]:
        """Send it. Return the seconds of processor it took, the bytes answered. Raise Unfair."""
        environ = self._request().get_environ()
        # Of this thread alone: what else runs on the machine must not decide.
        started = time.thread_time()
        answer, status, _ = run_wsgi_app(self.app, environ, buffered=True)
        seconds = time.thread_time() - started
        if not status.startswith("200"):
            raise Unfair(f"{self.path}: {status}")
        return seconds, sum(map(len, answer))

    def _request(self) -> EnvironBuilder:
        if self.body is None:
            return EnvironBuilder(self.path, headers=Headers({"Cookie": self.cookie}))
        return EnvironBuilder(
            self.path,
            method="POST",
            headers=Headers({"Cookie": self.cookie, "HX-Request": "true"}),
            data=self.body(),
            content_type="application/x-www-form-urlencoded",
        )


@dataclass(frozen=True)
class Comparison:
    """Medians in milliseconds."""

    ms: float
    against_ms: float

    @property
    def ratio(self) -> float:
        return self.ms / self.against_ms


def compare(ours: Call, control: Call, rounds: int) -> Comparison:
    """Send both in turn, `rounds` times. Raise Unfair when their sizes differ by over 10 %."""
    for _ in range(WARM_UP):
        size, control_size = ours()[1], control()[1]
    if abs(size - control_size) > LARGEST_DIFFERENCE * size:
        raise Unfair(f"{ours.path}: {size} bytes, against {control_size}")
    gc.collect()
    times = [(ours()[0], control()[0]) for _ in range(rounds)]
    mine, theirs = zip(*times, strict=True)
    return Comparison(1000 * median(mine), 1000 * median(theirs))
