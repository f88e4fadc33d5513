"""Two people who change one form at once: both keep what they changed, or one is asked."""

import http
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar
from xml.etree.ElementTree import Element

from sqlalchemy import select

from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification
from tests.figures.navigateur import Navigateur, Reponse
from tests.figures.site import Site
from tests.support.html import Form, Page

ROUNDS, SEED = 260, 2026
STEP = "formation"
# What is typed never reads as hours: it must be kept as it is.
OF_THE_STEP = ("intitule", "objectif", "lieu_adresse", "lieu_commune", "duree_heures")
OF_A_PERSON = ("nom_naissance", "prenom", "nom_usage", "emploi")
MINE = "mienne"
KEPT = (http.HTTPStatus.SEE_OTHER, http.HTTPStatus.UNPROCESSABLE_ENTITY)

T = TypeVar("T")


@dataclass(frozen=True)
class Lieu:
    """One form that two people open: its page, where it is sent, where its answers are told."""

    page: str
    action: str
    prefix: str
    questions: Sequence[str]


@dataclass
class Duel:
    """Two people, in one dossier. `lost` counts what is not as it was acknowledged."""

    site: Site
    cle: str
    lieux: Sequence[Lieu]
    browsers: Sequence[Navigateur]
    random: Random
    pool: ThreadPoolExecutor
    acknowledged: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: int = 0

    def play(self, number: int) -> None:
        """Both open one form, change some of it, and send it at the same time."""
        lieu = self.random.choice(self.lieux)
        forms = self._both(lambda rank: _form(self.browsers[rank].get(lieu.page), lieu))
        typed = [self._typed(lieu, number, rank) for rank in range(2)]
        answers = self._both(lambda rank: self._send(rank, lieu, forms[rank], typed[rank]))
        disputed = typed[0].keys() & typed[1].keys()
        asked = [rank for rank in range(2) if answers[rank].status == http.HTTPStatus.CONFLICT]
        self.lost += sum(one.status not in (*KEPT, http.HTTPStatus.CONFLICT) for one in answers)
        if len(asked) != bool(disputed):
            self.lost += 1
            return
        end = {**typed[0], **typed[1]}
        for rank in range(2):
            kept = typed[rank].keys() - (disputed if rank in asked else set())
            self.acknowledged.update((lieu.prefix + name, typed[rank][name]) for name in kept)
        for rank in asked:
            end |= self._settle(lieu, rank, answers[rank], typed, sorted(disputed))
        self._compare(lieu, end)

    def _settle(
        self,
        lieu: Lieu,
        rank: int,
        answer: Reponse,
        typed: Sequence[dict[str, str]],
        disputed: Sequence[str],
    ) -> dict[str, str]:
        """Choose for each answer that was asked side by side. Return those that must stand."""
        form, chosen, end = _form(answer, lieu), {}, {}
        for name in disputed:
            mine, theirs = typed[rank][name], typed[1 - rank][name]
            # Their words stand on the page, besides what the form holds.
            self.lost += theirs not in answer.text
            keys = [
                one.get("value", "") for one in form.element.iter("input") if _chooses(one, name)
            ]
            assert keys[0] == MINE, keys
            key = self.random.choice(keys)
            chosen[f"_choix-{name}"] = key
            end[name] = mine if key == MINE else theirs
            if key == MINE:
                self.acknowledged[lieu.prefix + name, mine] += 1
        self.lost += self._send(rank, lieu, form, chosen).status not in KEPT
        return end

    def _compare(self, lieu: Lieu, end: dict[str, str]) -> None:
        with self.site.database.reading():
            dossier = self.site.dossier(self.cle)
            holder = dossier if not lieu.prefix else dossier.stagiaires[0]
            now = {
                name: holder.reponses.get(name) or _words(holder.saisies.get(name)) for name in end
            }
        self.lost += sum(now[name] != value for name, value in end.items())

    def missing(self) -> int:
        """The answers that were acknowledged and are not in the history once."""
        with self.site.database.reading():
            told = Counter(
                (row.chemin, _words(row.valeur)) for row in _history(self.site.dossier(self.cle))
            )
        return sum(told[one] != times for one, times in self.acknowledged.items())

    def _typed(self, lieu: Lieu, number: int, rank: int) -> dict[str, str]:
        names = self.random.sample(lieu.questions, self.random.randint(1, 3))
        return {name: f"{name} tour {number} main {rank}" for name in names}

    def _send(self, rank: int, lieu: Lieu, form: Form, typed: dict[str, str]) -> Reponse:
        return self.browsers[rank].post(lieu.action, form.filled(typed, "continuer"))

    def _both(self, act: Callable[[int], T]) -> list[T]:
        return list(self.pool.map(act, range(2)))


def edit_at_once(site: Site) -> Counter[str]:
    """Round after round in one dossier, in a step or in the form of a person."""
    cle = site.complet()
    with site.database.reading():
        person = site.dossier(cle).stagiaires[0].cle
    step = f"/dossiers/{cle}/etapes/{STEP}"
    people = f"/dossiers/{cle}/salaries"
    lieux = (
        Lieu(step, step, "", OF_THE_STEP),
        Lieu(f"{people}/{person}", people, f"stagiaires/{person}/", OF_A_PERSON),
    )
    with ThreadPoolExecutor(2) as pool:
        browsers = [site.browser(rank) for rank in range(2)]
        duel = Duel(site, cle, lieux, browsers, Random(SEED), pool)
        for number in range(ROUNDS):
            duel.play(number)
    return Counter(edit_rounds=ROUNDS, edits_lost=duel.lost + duel.missing())


def _form(answer: Reponse, lieu: Lieu) -> Form:
    return Page(answer.text).form(lieu.action)


def _chooses(control: Element, name: str) -> bool:
    return control.get("name") == f"_choix-{name}"


def _history(dossier: Dossier) -> Sequence[Modification]:
    chosen = select(Modification).where(Modification.dossier_id == dossier.id)
    return session().scalars(chosen).all()


def _words(kept: Json) -> str:
    """An answer as it was typed, whether it could be read or not."""
    if not isinstance(kept, dict):
        return ""
    raw = kept.get("brut")
    return str(raw[0]) if isinstance(raw, list) else str(kept.get("valeur"))
