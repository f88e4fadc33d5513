"""People who add people: each once, and never a thirty-first."""

import http
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Event

from sqlalchemy import select

from monespace.config import CEILING_STAGIAIRES
from monespace.db import session
from monespace.dossiers.actions import Personne, add_people
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from tests.figures.navigateur import Navigateur, Reponse
from tests.figures.site import Site

CHAMPS = "nom_naissance prenom"
ADDERS = 4
ROUNDS = 250
STARTING_FROM = 28
SPLIT_EVERY = 5


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
    """Round after round, people are added at once to a dossier of 28 by forms and lists.

    Every few rounds it is split and duplicated in the same instant.
    """
    browsers = [site.browser(rank) for rank in range(ADDERS)]
    found: Counter[str] = Counter(group_rounds=ROUNDS, dossiers_over_30=0, people_lost=0)
    with ThreadPoolExecutor(2 * ADDERS) as people:
        for number in range(ROUNDS):
            ronde = Ronde(site, site.brouillon(STARTING_FROM), people)
            ronde.add(browsers)
            if number % SPLIT_EVERY == 0:
                ronde.split(browsers)
            found.update(ronde.verdict())
    return found


@dataclass
class Ronde:
    """One dossier of 28, what is done to it at once, and whom the portal said it keeps."""

    site: Site
    cle: str
    people: ThreadPoolExecutor
    acknowledged: list[str] = field(default_factory=list)

    def add(self, browsers: Sequence[Navigateur]) -> None:
        """Each types one person; a list brings two more, as an import does."""
        # What the page would draw, without drawing it thousands of times.
        work: list[Future[None]] = [
            self.people.submit(self._type, browser, token_hex(16), f"Saisie {rank}")
            for rank, browser in enumerate(browsers)
        ]
        work.append(self.people.submit(self._bring, ("Liste 0", "Liste 1")))
        for one in work:
            one.result()

    def split(self, browsers: Sequence[Navigateur]) -> None:
        """One presses «Créer» twice, another duplicates, a third goes on adding."""
        page = browsers[0].get(f"/dossiers/{self.cle}/repartir")
        form = {name: page.hidden(name) for name in ("_places", "_jeton")}
        form |= {"mode": "remplir", "parties": "2", "suite": "creer", "_fin": "1"}
        form["csrf_token"] = browsers[0].csrf
        copy = browsers[1].get(f"/dossiers/{self.cle}/dupliquer").hidden("_jeton")
        late = browsers[2].get(f"/dossiers/{self.cle}/salaries").hidden("_jeton")
        work: list[Future[Reponse] | Future[None]] = [
            self.people.submit(browsers[0].post, f"/dossiers/{self.cle}/repartir", form),
            self.people.submit(browsers[0].post, f"/dossiers/{self.cle}/repartir", form),
            self.people.submit(self._duplicate, browsers[1], copy),
            self.people.submit(self._type, browsers[2], late, "Retardataire"),
        ]
        for one in work:
            answer = one.result()
            assert answer is None or answer.status == http.HTTPStatus.SEE_OTHER, answer.status

    def verdict(self) -> Counter[str]:
        """The dossiers over thirty of this round, and who is not there exactly once."""
        with self.site.database.reading():
            dossier = self.site.dossier(self.cle)
            parts = dossier.lot.dossiers if dossier.lot else [dossier]
            copies = session().scalars(select(Dossier).where(Dossier.copie_de_id == dossier.id))
            sizes = [len(one.stagiaires) for one in (*parts, *copies)]
            held: list[Stagiaire | EnAttente] = [one for part in parts for one in part.stagiaires]
            held += [one for part in parts for one in part.en_attente]
            names = Counter(str(one.reponses.get("nom_naissance")) for one in held)
        lost = sum(names[name] != 1 for name in self.acknowledged)
        return Counter(
            lots_made=dossier.lot_id is not None,
            dossiers_over_30=sum(size > CEILING_STAGIAIRES for size in sizes),
            people_lost=lost + abs(len(held) - STARTING_FROM - len(self.acknowledged)),
        )

    def _type(self, browser: Navigateur, jeton: str, name: str) -> None:
        answer = _added(self.cle, name, browser, jeton)
        assert answer.status == http.HTTPStatus.SEE_OTHER, answer.status
        self.acknowledged.append(name)

    def _bring(self, names: Sequence[str]) -> None:
        people = [Personne(token_hex(16), {"nom_naissance": name}) for name in names]
        with self.site.database.transaction():
            locked = select(Dossier).where(Dossier.cle == self.cle).with_for_update(of=Dossier)
            dossier = session().scalars(locked).one()
            add_people(self.site.acteur, dossier, people, CEILING_STAGIAIRES)
        self.acknowledged.extend(names)

    def _duplicate(self, browser: Navigateur, jeton: str) -> Reponse:
        form = {"csrf_token": browser.csrf, "_jeton": jeton, "salaries": "avec", "_fin": "1"}
        return browser.post(f"/dossiers/{self.cle}/dupliquer", form)


def _added(cle: str, name: str, browser: Navigateur, jeton: str) -> Reponse:
    form = {"csrf_token": browser.csrf, "_champs": CHAMPS, "_revision": "0", "_jeton": jeton}
    form |= {"nom_naissance": name, "prenom": "Zoé", "suite": "ajouter", "_fin": "1"}
    return browser.post(f"/dossiers/{cle}/salaries", form)
