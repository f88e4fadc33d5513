"""One page, who looks at it, and how it comes on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from monespace.demo.comptes import Compte
from monespace.dossiers.models import Dossier
from tests.support.live import LivePortal

Found = Mapping[str, Dossier]
Act = Callable[[Page], None]
Open = Callable[[Page, LivePortal], None]


@dataclass(frozen=True)
class Visit:
    """One page, who looks at it (nobody: signed out), and what brings it on the screen."""

    name: str
    account: Compte | None
    open: Open


def at(path: str) -> Open:
    """Open that address."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)

    return open_it


def then(path: str, act: Act) -> Open:
    """Open that address, and do that."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        act(page)
        page.wait_for_load_state()

    return open_it


def press(name: str) -> Act:
    """Press the first button of that name."""
    return lambda page: page.get_by_role("button", name=name).first.click()
