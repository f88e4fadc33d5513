"""How a dossier would become a lot: who would go where, what each part would ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers.models import Dossier, EnAttente, Repartition, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.dossiers.repartition import (
    FEWEST_PARTIES,
    MOST_PARTIES,
    Inscrit,
    Mode,
    Partie,
    fewest,
    propose,
    share,
)
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Etablissement
from monespace.salaries.models import Salarie


@dataclass(frozen=True, slots=True)
class Projet:
    """The parts as they would be made now; `people` by key, those who wait included."""

    mode: Mode
    parties: list[Partie]
    people: Mapping[str, Stagiaire | EnAttente]
    places: Mapping[str, str]
    least: int
    moves: Mapping[str, int]

    @property
    def highest(self) -> int:
        """How many parts one may ask for: none may be empty."""
        return min(MOST_PARTIES, len(self.people))

    @property
    def part_of(self) -> dict[str, int]:
        """The part of each person, from 1."""
        return {cle: rank for rank, part in enumerate(self.parties, start=1) for cle in part.cles}


@dataclass(frozen=True, slots=True)
class Montant:
    """An amount for everyone together, and what each part takes of it: the same in all."""

    question: Question
    total: Json
    parts: list[Json]


def projet(acteur: Acteur, dossier: Dossier, most: int) -> Projet:
    """As somebody meant it, or else the usual way."""
    kept = session().get(Repartition, dossier.id)
    if kept is None:
        mode = Mode.REMPLIR if dossier.en_attente else Mode.EQUILIBRER
        return drawn(acteur, dossier, most, mode, FEWEST_PARTIES, {})
    moves = {cle: part for cle, part in kept.deplacements.items() if isinstance(part, int)}
    return drawn(acteur, dossier, most, Mode(kept.mode), kept.parties, moves)


def drawn(
    acteur: Acteur,
    dossier: Dossier,
    most: int,
    mode: Mode,
    parties: int,
    deplacements: Mapping[str, int],
) -> Projet:
    """The parts for that choice."""
    people = {one.cle: one for one in everybody(dossier)}
    places = _places(acteur, dossier)
    known = [Inscrit(cle, places[cle]) for cle in people]
    wanted = min(parties, MOST_PARTIES)
    return Projet(
        mode,
        propose(known, most, mode, wanted, deplacements) if known else [],
        people,
        places,
        fewest(known, most, mode),
        deplacements,
    )


def everybody(dossier: Dossier) -> Sequence[Stagiaire | EnAttente]:
    """Who is in the dossier, then who waits."""
    return [*dossier.stagiaires, *dossier.en_attente]


def amounts(dossier: Dossier, weights: Sequence[int]) -> list[Montant]:
    """What is asked for everyone together, divided pro rata of `weights`, to the last cent."""
    found = []
    for question in declaration(dossier).questions:
        value = dossier.reponses.get(question.name)
        if value is not None and question.shared_in(dossier.reponses):
            found.append(Montant(question, value, _divided(value, weights)))
    return found


def unreadable_amounts(dossier: Dossier) -> list[Question]:
    """Those that were typed in a way nobody can divide."""
    return [
        question
        for question in declaration(dossier).questions
        if question.name in dossier.saisies and question.shared_in(dossier.reponses)
    ]


def _divided(value: Json, weights: Sequence[int]) -> list[Json]:
    if isinstance(value, int) and not isinstance(value, bool):
        return [*share(value, weights)]
    number = Decimal(str(value))
    places = -int(number.as_tuple().exponent)
    parts = share(int(number.scaleb(places)), weights)
    return [f"{Decimal(part).scaleb(-places):f}" for part in parts]


def _places(acteur: Acteur, dossier: Dossier) -> dict[str, str]:
    """The SIRET of each person, as answered here or in the directory; "" for the dossier's own."""
    name = next((one.name for one in declaration(dossier).personnes.questions if one.among), "")
    known = _in_the_directory(acteur, dossier)
    found = {}
    for one in everybody(dossier):
        siret = one.reponses.get(name) or known.get(one.salarie_id or 0) or ""
        found[one.cle] = "" if siret == dossier.etablissement.siret else str(siret)
    return found


def _in_the_directory(acteur: Acteur, dossier: Dossier) -> dict[int, str]:
    ids = [one.salarie_id for one in everybody(dossier) if one.salarie_id]
    if not ids:
        return {}
    rows = session().execute(
        select(Salarie.id, Etablissement.siret)
        .join(Etablissement, Etablissement.id == Salarie.etablissement_id)
        .where(Salarie.id.in_(ids), policy.allows(acteur, Salarie, policy.Can.VIEW))
    )
    return {row[0]: row[1] for row in rows}
