"""Web workers killed at random instants while people type, add people, start and send."""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from random import Random
from threading import Event
from typing import Any

from tests.figures import groupes, redaction
from tests.figures.clics import Clics
from tests.figures.site import Site

SEED = 2026
KILLS = 105
GROUPS, CLICKERS = 3, 2
BETWEEN_KILLS_S = (0.1, 0.9)


def kill_while_people_work(site: Site) -> Counter[str]:
    """Return what was done and what was lost, by name of figure."""
    random, stop = Random(SEED), Event()
    writings, clicks = redaction.writers(site), Clics(times=3)
    browsers = [site.browser(rank) for rank in range(len(writings) + GROUPS + CLICKERS)]
    free = iter(browsers)
    with ThreadPoolExecutor(len(browsers)) as people:
        typing = [
            people.submit(one.type, next(free), Random(random.random()), stop) for one in writings
        ]
        adding = [people.submit(groupes.fill_groups, site, next(free), stop) for _ in range(GROUPS)]
        clicking = people.submit(clicks.press_until, site, list(free), stop)
        try:
            killed = _kill(site, random, (*typing, *adding, clicking))
        finally:
            stop.set()
        for one in (*typing, clicking):
            one.result()
        groups = [group for one in adding for group in one.result()]
    figures = Counter(
        web_kills=killed,
        answers_cut=sum(one.cut for one in browsers),
        sends_pressed=clicks.pressed,
        sends_doubled=clicks.doubled(site),
    )
    figures.update(redaction.verdict(site, writings))
    figures.update(groupes.verdict(site, groups))
    return figures


def _kill(site: Site, random: Random, work: Sequence[Future[Any]]) -> int:
    """Kill workers, for as long as nobody's work has failed. Return how many."""
    killed = 0
    while killed < KILLS and not any(one.done() for one in work):
        time.sleep(random.uniform(*BETWEEN_KILLS_S))
        killed += site.kill_a_worker(random)
    return killed
