"""Every page, wide and narrow, light and dark: nothing that axe, a keyboard or a small screen
stumbles on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect

from monespace.demo.comptes import Compte
from tests.browser.drafts import empty_draft
from tests.browser.visitor import Arrive, Day, Visitor
from tests.support import pages
from tests.support.live import LivePortal

AXE = AXE_FILE_PATH.read_text()
OPTIONS: Mapping[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
WIDTHS = (1280, 320)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCROLLS = "document.documentElement.scrollWidth > innerWidth"
SPACED = """
    * { line-height: 1.5 !important; letter-spacing: .12em !important }
    * { word-spacing: .16em !important }
    p { margin-bottom: 2em !important }
"""


@pytest.mark.parametrize("family", list(pages.FAMILIES))
def test_no_page_has_a_fault(arrive: Arrive, demo_portal: LivePortal, family: str) -> None:
    people: dict[Compte | None, Visitor] = {}
    found: list[str] = []
    for visit in pages.every_page(demo_portal, family):
        if visit.account not in people:
            people[visit.account] = arrive(visit.account)
        visitor = people[visit.account]
        visit.open(visitor.page, demo_portal)
        found += [f"{visit.name}: {fault}" for fault in faults(visitor.page)]
    assert not found, "\n".join(found)


def test_the_checker_sees_faults(arrive: Arrive) -> None:
    page = arrive(None).page
    page.set_content("<h1>Sans langue</h1><img src=x><p>" + "large" * 200)
    told = "\n".join(faults(page))
    assert "image-alt" in told
    assert "html-has-lang" in told
    assert "scrolls sideways at 320" in told


def faults(page: Page) -> Iterable[str]:
    """What axe finds, and sideways scrolling, at each width and in each theme."""
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for rule in page.evaluate("options => axe.run(options)", OPTIONS)["violations"]:
                for node in rule["nodes"]:
                    yield f"{width} {theme}: {rule['id']} {node['html'][:200]}"
        if page.evaluate(SCROLLS):
            yield f"scrolls sideways at {width}"


def on_a_step(visitor: Visitor) -> Page:
    visitor.open(f"{empty_draft(visitor.portal)}/etapes/formation")
    return visitor.page


def on_the_list(visitor: Visitor) -> Page:
    visitor.open("/dossiers")
    return visitor.page


def on_home(visitor: Visitor) -> Page:
    visitor.open("/")
    return visitor.page


SOME_PAGES = pytest.mark.parametrize("place", [on_home, on_the_list, on_a_step])
Place = Callable[[Visitor], Page]


@SOME_PAGES
@pytest.mark.parametrize("width", WIDTHS)
def test_the_keyboard_goes_through_and_out(arrive: Arrive, place: Place, width: int) -> None:
    """No trap; each stop is seen, and nothing stands over it."""
    page = place(arrive(width=width))
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    for stop in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(STOP)
        if where == "out":
            assert stop > 10
            return
        assert where == "seen", where
    pytest.fail("the keyboard never leaves the page")


STOP = """() => {
    const stop = document.activeElement;
    if (stop === document.body) return "out";
    const {left, top, width, height} = stop.getClientRects()[0] ?? {};
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    const seen = over && (stop.contains(over) || over.contains(stop) || over === stop.labels?.[0]);
    return seen ? "seen" : `hidden: ${stop.outerHTML.slice(0, 200)}`;
}"""


@SOME_PAGES
def test_the_skip_link_leads_to_the_content(arrive: Arrive, place: Place) -> None:
    page = place(arrive())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_error_summary_takes_the_focus_and_leads_to_each_field(
    arrive: Arrive, script: bool
) -> None:
    visitor = arrive(script=script)
    page = on_a_step(visitor)
    visitor.fill({"Date de début": Day("31", "2", "2027"), "Durée totale en heures": "deux"})
    visitor.press("Enregistrer et continuer")
    expect(page.locator(".errors")).to_be_focused()
    for link in page.locator(".errors a").all():
        link.click()
        target = page.locator((link.get_attribute("href") or "").replace("#", "[id='") + "']")
        expect(target).to_be_focused()
        expect(target).to_have_attribute("aria-invalid", "true")


def test_menus_open_and_close_without_a_script(arrive: Arrive, script: bool) -> None:
    visitor = arrive(script=script, width=320)
    page = on_a_step(visitor)
    for button, inside in (("Menu", "Mes exports"), ("Étape 2 sur 6", "Pièces justificatives")):
        link = page.get_by_role("link", name=inside)
        expect(link).to_be_hidden()
        page.get_by_role("button", name=button).press("Enter")
        expect(link).to_be_visible()
        assert not page.evaluate(SCROLLS)
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()


@SOME_PAGES
def test_nothing_moves_for_those_who_ask_for_rest(arrive: Arrive, place: Place) -> None:
    visitor = arrive()
    visitor.page.emulate_media(reduced_motion="reduce")
    page = place(visitor)
    page.get_by_role("button").last.hover()
    assert page.evaluate("document.getAnimations().length") == 0


@SOME_PAGES
def test_text_can_be_enlarged_and_spaced(arrive: Arrive, place: Place) -> None:
    """A window half as wide is one seen at 200 %."""
    page = place(arrive(width=640))
    assert not page.evaluate(SCROLLS)
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("css => {const s = new CSSStyleSheet; s.replaceSync(css);"
                  "document.adoptedStyleSheets = [s]}", SPACED)  # fmt: skip
    assert not page.evaluate(SCROLLS)


def test_choosing_never_sends_nor_moves(arrive: Arrive) -> None:
    visitor = arrive()
    for place in (on_the_list, on_a_step):
        page = place(visitor)
        address = page.url
        for choice in page.locator("main select:visible").all():
            choice.select_option(index=1)
        assert page.url == address
