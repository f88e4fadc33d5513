"""People who type: every answer that was acknowledged must be found again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Event

from sqlalchemy import select

from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification
from tests.figures.navigateur import Navigateur
from tests.figures.site import Site

STEP = "formation"
# The last one never reads as hours: it must be kept as it was typed.
QUESTIONS = ("intitule", "objectif", "lieu_adresse", "lieu_commune", "duree_heures")
ACKNOWLEDGED = (200, 303, 422)


@dataclass
class Redaction:
    """What one person typed in one question, in order, as far as the portal acknowledged it."""

    cle: str
    question: str
    acknowledged: list[str] = field(default_factory=list)

    def type(self, browser: Navigateur, random: Random, stop: Event) -> None:
        """Go on typing until told to stop, pressing a button now and then."""
        path = f"/dossiers/{self.cle}/etapes/{STEP}"
        revision = browser.get(path).hidden("_revision")
        while not stop.is_set():
            typed = f"{self.question} numéro {len(self.acknowledged)}"
            form = {"csrf_token": browser.csrf, "_champs": self.question, "_revision": revision}
            form |= {self.question: typed, "_fin": "1"}
            automatic = random.random() < 0.7
            if not automatic:
                form["suite"] = "continuer"
            answer = browser.post(path, form, automatic)
            assert answer.status in ACKNOWLEDGED, (answer.status, form)
            self.acknowledged.append(typed)
            shown = browser.get(path) if answer.status == 303 else answer
            revision = shown.hidden("_revision")

    def lost(self, dossier: Dossier) -> int:
        """How many acknowledged answers the history lacks, and the last one if it is not there."""
        kept = [_typed(row.valeur) for row in _history(dossier, self.question)]
        missing = sum(kept.count(typed) != 1 for typed in self.acknowledged)
        now = dossier.reponses.get(self.question) or _typed(dossier.saisies.get(self.question))
        return missing + (self.acknowledged[-1:] != [now])


def writers(site: Site) -> list[Redaction]:
    """One for each question, all in the same dossier."""
    cle = site.brouillon(people=2)
    return [Redaction(cle, question) for question in QUESTIONS]


def verdict(site: Site, redactions: Sequence[Redaction]) -> Counter[str]:
    """What was acknowledged, and what of it is not there."""
    with site.database.reading():
        lost = sum(one.lost(site.dossier(one.cle)) for one in redactions)
    return Counter(
        saves_acknowledged=sum(len(one.acknowledged) for one in redactions), saves_lost=lost
    )


def _history(dossier: Dossier, question: str) -> Iterable[Modification]:
    return session().scalars(
        select(Modification).where(
            Modification.dossier_id == dossier.id, Modification.chemin == question
        )
    )


def _typed(kept: Json) -> str:
    """An answer as it was typed, whether it could be read or not."""
    if not isinstance(kept, dict):
        return ""
    raw = kept.get("brut")
    return str(raw[0]) if isinstance(raw, list) else str(kept.get("valeur"))
