"""Somebody in front of a browser: what they do is named as they would tell it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from monespace.demo.comptes import CAMILLE, Compte
from tests.support import pages
from tests.support.live import LivePortal


class Day(NamedTuple):
    """What is typed in the three fields of a date."""

    jour: str
    mois: str
    annee: str


@dataclass(frozen=True)
class Pick:
    """An option to choose: a radio, a box to tick, or a line of a list."""

    label: str


Answers = Mapping[str, str | Day | Pick]


class Visitor:
    """One page of a browser, on one portal; `script` tells whether JavaScript runs."""

    def __init__(self, page: Page, portal: LivePortal, script: bool) -> None:
        self.page = page
        self.portal = portal
        self.script = script
        self.faults: list[str] = []
        page.on("console", lambda said: self._note(said.text, "Content Security Policy"))
        page.on("pageerror", lambda error: self._note(str(error), ""))
        page.on("response", self._note_answer)

    def sign_in(self, account: Compte = CAMILLE) -> None:
        pages.sign_in(self.page, self.portal, account)

    def open(self, path: str) -> None:
        self.page.goto(self.portal.url + path)

    def press(self, name: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def section(self, title: str) -> Locator:
        """The card or panel of that title."""
        heading = self.page.get_by_role("heading", name=title)
        return self.page.locator("section").filter(has=heading)

    def title(self, text: str | re.Pattern[str]) -> None:
        """Wait for the page of that title."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def step(self, name: str) -> None:
        """Wait for that step of the wizard."""
        expect(self.page.locator("[aria-current=step]")).to_contain_text(name)

    def fill(self, answers: Answers) -> None:
        """Answer in the order of the mapping, as the page shows the questions."""
        for label, answer in answers.items():
            self._answer(label, answer)

    def control(self, label: str) -> Locator:
        return self.page.get_by_label(_named(label))

    def group(self, label: str) -> Locator:
        """The radios, boxes or parts of a date of one question."""
        legend = self.page.locator("legend").filter(has_text=_named(label))
        return self.page.locator("fieldset").filter(has=legend)

    def shows(self, answers: Answers) -> None:
        """Check that the page shows these answers as they were typed."""
        for label, answer in answers.items():
            if isinstance(answer, Day):
                for part, typed in zip(("Jour", "Mois", "Année"), answer, strict=True):
                    expect(self.group(label).get_by_label(part)).to_have_value(typed)
            elif isinstance(answer, Pick) and self.group(label).count():
                option = self.group(label).get_by_label(answer.label, exact=True)
                expect(option).to_be_checked()
            elif isinstance(answer, Pick):
                chosen = self.control(label).locator("option:checked")
                expect(chosen).to_have_text(answer.label)
            else:
                expect(self.control(label)).to_have_value(answer)

    def join(self, title: str, name: str, content: bytes) -> None:
        """Give a file in the panel of that piece."""
        panel = self.section(title)
        payload = FilePayload(name=name, mimeType="application/pdf", buffer=content)
        panel.locator("input[type=file]").set_input_files(payload)
        panel.get_by_role("button", name=re.compile("la pièce")).click()

    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def _answer(self, label: str, answer: str | Day | Pick) -> None:
        if isinstance(answer, Day):
            for part, typed in zip(("Jour", "Mois", "Année"), answer, strict=True):
                self.group(label).get_by_label(part).fill(typed)
        elif isinstance(answer, Pick) and self.group(label).count():
            self.group(label).get_by_label(answer.label, exact=True).check()
        elif isinstance(answer, Pick):
            self.control(label).select_option(label=answer.label)
        else:
            self.control(label).fill(answer)

    def _note(self, text: str, wanted: str) -> None:
        if wanted in text:
            self.faults.append(text)

    def _note_answer(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")


class Arrive(Protocol):
    """Bring somebody in a browser of their own, signed in unless `account` is None."""

    def __call__(
        self,
        account: Compte | None = CAMILLE,
        script: bool = True,
        portal: LivePortal | None = None,
        width: int = 1280,
    ) -> Visitor: ...


def _named(label: str) -> re.Pattern[str]:
    words = r"\s".join(map(re.escape, label.split()))
    return re.compile(rf"^\s*{words}(\s\(facultatif\))?\s*$")
