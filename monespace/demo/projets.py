"""Which course, where, for whom: what a dossier of the demo is about."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from monespace.demo import calendrier
from monespace.demo.entreprises import Lieu
from monespace.demo.formations import Formation
from monespace.demo.personnes import Salarie
from monespace.demo.saisie import Frais, Projet

Place = tuple[Lieu, list[Salarie]]

# Days between the sending and the first day of the course; under 30 it is «hors délai».
NOTICE = (22, 80)


def imagine(
    random: Random,
    formations: Sequence[Formation],
    people: Sequence[Salarie],
    envoi: date,
    full: bool,
) -> tuple[Projet, list[Salarie]]:
    """A course after `envoi`, and those of `people`, of one établissement, who follow it.

    When `full`, it is the course that takes the most people, and they are all there.
    """
    possible = [one for one in formations if _places(one, people)]
    formation = max(possible, key=_most) if full else random.choice(possible)
    several = _most(formation) if full else _several(random, formation)
    lieu, candidates = _somewhere(random, _places(formation, people), several)
    chosen = random.sample(candidates, min(several, len(candidates)))
    debut, fin = calendrier.course(
        random,
        envoi + timedelta(days=random.randint(*NOTICE)),
        formation.jours,
        formation.semaines,
    )
    projet = Projet(
        formation,
        lieu,
        debut,
        fin,
        _frais(random, formation, len(chosen)),
        subrogation=random.random() < 0.7,
        reference=f"PF{debut.year}-{random.randrange(1000):03d}" if random.random() < 0.4 else "",
    )
    return projet, chosen


def _most(formation: Formation) -> int:
    return formation.groupe[1]


def _several(random: Random, formation: Formation) -> int:
    """How many people go: small groups are the most common."""
    least, most = formation.groupe
    return round(least + (most - least) * random.betavariate(1, 4))


def _places(formation: Formation, people: Sequence[Salarie]) -> list[Place]:
    """Where enough people are of the trade for the course to be held."""
    trained: dict[Lieu, list[Salarie]] = {}
    for one in people:
        if not formation.metiers or one.emploi.metier in formation.metiers:
            trained.setdefault(one.lieu, []).append(one)
    least = formation.groupe[0]
    return [(lieu, some) for lieu, some in trained.items() if len(some) >= least]


def _somewhere(random: Random, places: Sequence[Place], several: int) -> Place:
    """A place with that many people, the larger the likelier; failing that, the largest."""
    enough = [place for place in places if len(place[1]) >= several]
    if not enough:
        return max(places, key=lambda place: len(place[1]))
    return random.choices(enough, [len(some) for _, some in enough])[0]


def _frais(random: Random, formation: Formation, several: int) -> Frais:
    away = formation.organisation == "inter" and formation.modalite == "presentiel"
    travels = away and random.random() < 0.4
    sleeps = travels and formation.jours > 1 and random.random() < 0.5
    return Frais(
        remuneration=random.random() < 0.15,
        transport_cents=several * random.randrange(1200, 9800, 50) if travels else 0,
        nuits=several * (formation.jours - 1) if sleeps else 0,
        repas=several * formation.jours if travels else 0,
    )
