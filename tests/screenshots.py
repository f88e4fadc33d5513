"""`make screenshots`: every page at 1280 and 360 px, light and dark, into build/screens.

Names of pages given as arguments choose among them.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from monespace.demo.comptes import Compte
from tests.support import browser
from tests.support.live import LivePortal, copy_of, demo_folder, live_portal
from tests.support.pages import Visit, every_page, sign_in
from tests.support.valkey import queue_server

SCREENS = Path(__file__).resolve().parents[1] / "build" / "screens"
WIDTHS = (1280, 360)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(wanted: list[str]) -> None:
    """Start a portal with the demo and photograph its pages."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="monespace-screens-") as name:
        folder = Path(name)
        database_url = copy_of(demo_folder(folder), folder / "data")
        with (
            queue_server(folder / "valkey") as queue,
            live_portal(folder / "data", database_url, queue) as portal,
            sync_playwright() as playwright,
        ):
            chromium = playwright.chromium.launch(
                executable_path=browser.find(), args=list(browser.ARGUMENTS)
            )
            _photograph(chromium, portal, wanted)


def _photograph(chromium: Browser, portal: LivePortal, wanted: list[str]) -> None:
    people: dict[Compte | None, BrowserContext] = {}
    for visit in every_page(portal):
        if wanted and visit.name not in wanted:
            continue
        if visit.account not in people:
            people[visit.account] = _context(chromium, portal, visit.account)
        _shoot(people[visit.account], portal, visit)
        print(visit.name, flush=True)


def _context(chromium: Browser, portal: LivePortal, account: Compte | None) -> BrowserContext:
    context = chromium.new_context(locale="fr-FR")
    if account is not None:
        sign_in(context.new_page(), portal, account)
    return context


def _shoot(context: BrowserContext, portal: LivePortal, visit: Visit) -> None:
    page = context.new_page()
    visit.open(page, portal)
    page.evaluate("document.fonts.ready")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            suffix = "-dark" if theme == "dark" else ""
            page.screenshot(path=SCREENS / f"{visit.name}-{width}{suffix}.png", full_page=True)
    page.close()


if __name__ == "__main__":
    main(sys.argv[1:])
