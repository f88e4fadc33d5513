"""People who add people: each once, and never a thirty-first."""

import http
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from monespace.config import CEILING_STAGIAIRES
from monespace.dossiers.models import Dossier
from tests.figures.navigateur import Navigateur, Reponse
from tests.figures.site import Site

CHAMPS = "nom_naissance prenom"
ADDERS = 20
ROUNDS = 12
STARTING_FROM = 28
ADDED, REFUSED = http.HTTPStatus.SEE_OTHER, http.HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass
class Inscription:
    """Whom one person added to one dossier, as far as the portal acknowledged it."""

    cle: str
    acknowledged: list[str] = field(default_factory=list)

    def add(self, browser: Navigateur, stop: Event) -> None:
        """Go on adding until the dossier is full, or told to stop."""
        while not stop.is_set() and len(self.acknowledged) < CEILING_STAGIAIRES:
            name = f"Personne {len(self.acknowledged)}"
            shown = browser.get(f"/dossiers/{self.cle}/salaries")
            answer = _added(self.cle, name, browser, shown.hidden("_jeton"))
            assert answer.status == http.HTTPStatus.SEE_OTHER, answer.status
            self.acknowledged.append(name)

    def lost(self, dossier: Dossier) -> int:
        """Those who are not in the dossier exactly once, and those nobody added."""
        names = [str(one.reponses.get("nom_naissance")) for one in dossier.stagiaires]
        absent = sum(names.count(name) != 1 for name in self.acknowledged)
        return absent + abs(len(names) - len(self.acknowledged))


def fill_groups(site: Site, browser: Navigateur, stop: Event) -> list[Inscription]:
    """Fill one dossier after the other until told to stop."""
    filled = []
    while not stop.is_set():
        filled.append(Inscription(site.brouillon(people=0)))
        filled[-1].add(browser, stop)
    return filled


def verdict(site: Site, inscriptions: Sequence[Inscription]) -> Counter[str]:
    """Who was acknowledged, and who of them is not there once."""
    with site.database.reading():
        lost = sum(one.lost(site.dossier(one.cle)) for one in inscriptions)
    return Counter(
        saves_acknowledged=sum(len(one.acknowledged) for one in inscriptions), saves_lost=lost
    )


def add_at_once(site: Site) -> Counter[str]:
    """Twenty people add one person each to a dossier of 28, round after round."""
    browsers = [site.browser(rank) for rank in range(ADDERS)]
    return Counter(dossiers_over_30=sum(not _ends_at_thirty(site, browsers) for _ in range(ROUNDS)))


def _ends_at_thirty(site: Site, browsers: Sequence[Navigateur]) -> bool:
    cle = site.brouillon(STARTING_FROM)
    tokens = [one.get(f"/dossiers/{cle}/salaries").hidden("_jeton") for one in browsers]
    with ThreadPoolExecutor(ADDERS) as people:
        answers = people.map(
            lambda one, jeton: _added(cle, "Lambert", one, jeton), browsers, tokens
        )
        statuses = sorted(answer.status for answer in answers)
    with site.database.reading():
        there = len(site.dossier(cle).stagiaires)
    room = CEILING_STAGIAIRES - STARTING_FROM
    return there == CEILING_STAGIAIRES and statuses == [ADDED] * room + [REFUSED] * (ADDERS - room)


def _added(cle: str, name: str, browser: Navigateur, jeton: str) -> Reponse:
    form = {"csrf_token": browser.csrf, "_champs": CHAMPS, "_revision": "0", "_jeton": jeton}
    form |= {"nom_naissance": name, "prenom": "Zoé", "suite": "ajouter", "_fin": "1"}
    return browser.post(f"/dossiers/{cle}/salaries", form)
