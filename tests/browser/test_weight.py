"""What a browser downloads: a first page at most 48 kB, the next ones 5 kB."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Request

from tests.browser.drafts import complete_draft
from tests.browser.visitor import Arrive, Visitor
from tests.support.live import LivePortal

FIRST_LOAD, FIRST_ROUND_TRIP, NEXT_PAGE = 48_000, 14_000, 5_000
MOST_REQUESTS = 6


@pytest.fixture
def visitor(arrive: Arrive, demo_portal: LivePortal) -> Visitor:
    """Somebody signed in whose browser has kept nothing."""
    camille = arrive()
    devtools = camille.page.context.new_cdp_session(camille.page)
    devtools.send("Network.clearBrowserCache")
    return camille


@pytest.fixture
def pages(demo_portal: LivePortal) -> list[str]:
    """One page of each kind."""
    draft = complete_draft(demo_portal, "Poids d’une page")
    steps = ("etapes/formation", "etapes/organisme", "salaries", "pieces", "envoi")
    return ["/", "/dossiers", "/dossiers/nouveau", *(f"{draft}/{step}" for step in steps), draft]


@pytest.mark.parametrize("place", range(9))
def test_a_first_load_is_light(visitor: Visitor, pages: list[str], place: int) -> None:
    with downloads(visitor.page) as received:
        visitor.open(pages[place])
        visitor.page.wait_for_load_state("networkidle")
    assert len(received) <= MOST_REQUESTS, received
    assert sum(received.values()) <= FIRST_LOAD, received


def test_the_next_pages_are_lighter(visitor: Visitor, pages: list[str]) -> None:
    visitor.open(pages[4])
    visitor.page.wait_for_load_state("networkidle")
    for path in pages:
        with downloads(visitor.page) as received:
            visitor.open(path)
            visitor.page.wait_for_load_state("networkidle")
        assert len(received) == 1, received
        assert sum(received.values()) <= NEXT_PAGE, received


def test_page_and_style_sheet_fit_in_the_first_round_trip(
    visitor: Visitor, pages: list[str]
) -> None:
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in visitor.page.context.cookies())
    sheet = visitor.page.locator("link[rel=stylesheet]").get_attribute("href") or ""
    style = gzipped(visitor.portal, sheet, cookies)
    for path in pages:
        assert gzipped(visitor.portal, path, cookies) + style <= FIRST_ROUND_TRIP, path


@contextmanager
def downloads(page: Page) -> Iterator[dict[str, int]]:
    """The bytes of the bodies that come over the network during the block, by address."""
    received: dict[str, int] = {}

    def note(request: Request) -> None:
        size = request.sizes()["responseBodySize"]
        # What comes from the cache has no body; the icon of the tab is no part of the page.
        if size > 0 and "favicon" not in request.url:
            received[request.url] = size

    page.on("requestfinished", note)
    yield received
    page.remove_listener("requestfinished", note)


def gzipped(portal: LivePortal, path: str, cookies: str) -> int:
    """The size of a body for a browser that only knows gzip."""
    link = http.client.HTTPConnection("127.0.0.1", portal.port, timeout=10)
    try:
        link.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookies})
        answer = link.getresponse()
        assert answer.status == http.HTTPStatus.OK
        assert answer.getheader("Content-Encoding") == "gzip"
        return len(answer.read())
    finally:
        link.close()
