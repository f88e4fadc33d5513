"""The directory of the demo: everyone the companies employ, and a few who left."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.demo import calendrier
from monespace.demo.personnes import Salarie as Employe
from monespace.demo.personnes import typed
from monespace.forms.answers import read
from monespace.salaries import actions
from monespace.salaries.actions import Arrivee
from monespace.salaries.fiche import FICHE
from monespace.salaries.models import Salarie

Annuaire = Mapping[str, int]
"""Ids in the directory, by identity."""


def fill(random: Random, acteur: Acteur, people: Sequence[Employe]) -> Annuaire:
    """Add everyone to the directory of the acteur's company, as one import."""
    arrivals = [
        Arrivee(f"{random.getrandbits(128):032x}", _answers(one, f"{rank:05d}"))
        for rank, one in enumerate(people, start=101)
    ]
    bilan = actions.take_in(acteur, arrivals, update=False)
    assert bilan.added == len(people), bilan
    rows = session().execute(
        select(Salarie.identite, Salarie.id).where(
            Salarie.organisation_id == acteur.organisation_id
        )
    )
    return {row[0]: row[1] for row in rows}


def depart(random: Random, acteur: Acteur, day: date) -> Iterator[datetime]:
    """On that day, somebody is told to have left some weeks ago."""
    yield calendrier.at_work(random, day)
    left = random.choice(
        session()
        .scalars(
            select(Salarie)
            .where(Salarie.organisation_id == acteur.organisation_id, Salarie.parti_le.is_(None))
            .order_by(Salarie.id)
        )
        .all()
    )
    actions.leave(acteur, left, horloge.today() - timedelta(days=random.randint(5, 60)))


def _answers(employe: Employe, matricule: str) -> dict[str, Json]:
    told = dict(typed(employe, wages=True))
    told |= {"etablissement": (employe.lieu.siret,), "matricule": (matricule,)}
    return {name: value for name, value in _read(told) if value is not None}


def _read(told: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Json]]:
    for question in FICHE.questions:
        if question.name in told:
            answer = read(question.kind, told[question.name])
            assert not answer.error, answer
            yield question.name, answer.value
