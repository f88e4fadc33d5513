"""Courses for more than thirty people: one made into a lot, one that still waits to be."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.config import CEILING_STAGIAIRES
from monespace.db import session
from monespace.demo import calendrier, saisie
from monespace.demo.histoire import Auteur, Life
from monespace.dossiers import actions
from monespace.dossiers.actions import Personne
from monespace.dossiers.actions.copie import duplicate
from monespace.dossiers.actions.lots import split
from monespace.dossiers.lots_projet import drawn
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.reading import declaration
from monespace.dossiers.repartition import Mode
from monespace.salaries.models import Salarie
from monespace.salaries.queries import as_stagiaire

NOTICE = timedelta(days=45)


def tell(random: Random, auteur: Auteur, day: date, people: int, made: bool) -> Life:
    """On that day, a full dossier of the company is duplicated for that many people.

    If `made`, they are split into a lot whose first part is sent; otherwise they wait.
    """
    yield calendrier.at_work(random, day)
    acteur = auteur.acteur
    source = _full(acteur)
    copy = duplicate(acteur, source, _jeton(random), people=False, pieces=True)
    yield _later()
    step = declaration(copy).step("formation")
    assert step is not None
    debut, fin = calendrier.course(random, day + NOTICE, 1, 0)
    dates = {"date_debut": saisie.jour(debut), "date_fin": saisie.jour(fin)}
    actions.save(acteur, copy, step, dates, copy.revision, auteur.lists)
    yield _later()
    actions.add_people(acteur, copy, _people(random, copy, people), CEILING_STAGIAIRES)
    if made:
        yield _later()
        _split(random, acteur, copy)
        yield _later()
        actions.submit(acteur, copy, attested=True)


def _full(acteur: Acteur) -> Dossier:
    """A dossier of as many people as there may be, that was granted."""
    return (
        session()
        .scalars(
            select(Dossier)
            .where(
                Dossier.organisation_id == acteur.organisation_id,
                Dossier.statut == Statut.ENGAGE,
                Dossier.nb_stagiaires == CEILING_STAGIAIRES,
            )
            .order_by(Dossier.id)
            .limit(1)
        )
        .one()
    )


def _people(random: Random, dossier: Dossier, several: int) -> Iterator[Personne]:
    there: Sequence[Salarie] = (
        session()
        .scalars(
            select(Salarie)
            .where(Salarie.organisation_id == dossier.organisation_id, Salarie.parti_le.is_(None))
            .order_by(Salarie.id)
        )
        .all()
    )
    questions = declaration(dossier).personnes.questions
    for one in random.sample(there, several):
        yield Personne(_jeton(random), as_stagiaire(one, questions), salarie_id=one.id)


def _split(random: Random, acteur: Acteur, dossier: Dossier) -> None:
    parts = drawn(acteur, dossier, CEILING_STAGIAIRES, Mode.REMPLIR, 0, {}).parties
    split(acteur, dossier, parts, _jeton(random), CEILING_STAGIAIRES)


def _later() -> datetime:
    return horloge.now() + timedelta(minutes=4)


def _jeton(random: Random) -> str:
    return f"{random.getrandbits(128):032x}"
