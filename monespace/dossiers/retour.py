"""A brouillon as it stood at an earlier moment: what going back to it would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from monespace import journal
from monespace.db import Json, session
from monespace.dossiers.completude import name_of
from monespace.dossiers.historique import Changement
from monespace.dossiers.models import Dossier, EnAttente, Modification, Stagiaire
from monespace.dossiers.modifications import (
    PEOPLE,
    brief,
    last_of_each,
    name_in,
    rows_of,
    split_path,
)
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answer, Answers
from monespace.forms.fields import Lists
from monespace.forms.questionnaire import Question
from monespace.refus import Introuvable, Refuse
from monespace.salaries.identite import identity_of
from monespace.typographie import moment_of

# Acts that moved people and money between dossiers: what was before is not one dossier's to undo.
SHARED_OUT = frozenset({"repartir", "naitre"})


@dataclass(frozen=True, slots=True)
class Revenant:
    """Somebody who left the dossier since, as they were at that moment."""

    cle: str
    jeton: str
    rang: int
    salarie_id: int | None
    kept: Answers
    changed: Mapping[str, Answer]
    nom: str


@dataclass(frozen=True, slots=True)
class Retour:
    """What going back to `revision` writes, and what it leaves as it is and why (`laisses`)."""

    revision: int
    instant: datetime
    reponses: Mapping[str, Answer]
    personnes: Mapping[str, Mapping[str, Answer]]
    revenants: tuple[Revenant, ...]
    partants: tuple[Stagiaire, ...]
    laisses: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Is the dossier as it was already?"""
        return not (self.reponses or self.personnes or self.revenants or self.partants)

    @property
    def au(self) -> str:
        return moment_of(self.instant)


def retour(dossier: Dossier, revision: int, lists: Lists) -> Retour:
    """What it takes to go back to `revision`; `lists` are those the person may choose from.

    Raise Introuvable when nothing was written by then, Refuse when the dossier was split since.
    """
    instant = _instant(dossier, revision)
    _refuse_before_a_split(dossier, revision)
    since = _since(dossier, revision)
    reponses, laisses = _answers(dossier, since, lists)
    there = [one for one in dossier.stagiaires if since.had(one.cle)]
    personnes = {
        one.cle: since.changed(Answers(one.reponses, one.saisies), f"{PEOPLE}{one.cle}/")
        for one in there
    }
    revenants, elsewhere = _revenants(dossier, since)
    return Retour(
        revision,
        instant,
        reponses,
        {cle: changed for cle, changed in personnes.items() if changed},
        tuple(revenants),
        tuple(one for one in dossier.stagiaires if one not in there),
        (*laisses, *elsewhere),
    )


@dataclass(frozen=True, slots=True)
class _Since:
    """What was written after a moment: the first and the last row of each path, and before them
    the last one at that moment."""

    first: Mapping[str, Modification]
    last: Mapping[str, Modification]
    then: Mapping[str, Modification]

    def answer(self, chemin: str) -> Answer:
        row = self.then.get(chemin)
        return Answer.from_json(row.valeur) if row else Answer()

    def changed(self, now: Answers, prefix: str) -> dict[str, Answer]:
        """The answers of that moment, for those that are others now."""
        names = [chemin.removeprefix(prefix) for chemin in self.last if chemin.startswith(prefix)]
        then = {name: self.answer(prefix + name) for name in names if "/" not in name}
        return {name: answer for name, answer in then.items() if answer != now[name]}

    def had(self, cle: str) -> bool:
        """Was this person in the dossier, if they are or were since?"""
        chemin = PEOPLE + cle
        if chemin in self.then:
            return self.then[chemin].valeur.get("present") is True
        return chemin not in self.first or self.first[chemin].valeur.get("present") is False


def _since(dossier: Dossier, revision: int) -> _Since:
    after = Modification.revision > revision
    first = (
        select(func.min(Modification.id))
        .where(Modification.dossier_id == dossier.id, after)
        .group_by(Modification.chemin)
    )
    rows = rows_of(select(Modification).where(Modification.id.in_(first)))
    paths = sorted(row.chemin for row in rows)
    then = last_of_each(dossier, ~after, Modification.chemin.in_(paths))
    return _Since(
        {row.chemin: row for row in rows},
        {row.chemin: row for row in rows_of(last_of_each(dossier, after))},
        {row.chemin: row for row in rows_of(then)},
    )


def _instant(dossier: Dossier, revision: int) -> datetime:
    """When that moment ended. Raise Introuvable if it is none of this dossier."""
    if not 0 < revision <= dossier.revision:
        raise Introuvable()
    last = session().scalar(
        select(func.max(Modification.id)).where(
            Modification.dossier_id == dossier.id, Modification.revision <= revision
        )
    )
    if last is None:
        raise Introuvable()
    return session().get_one(Modification, last).instant


def earliest(dossier: Dossier) -> int:
    """The first revision one can go back to: where the dossier became a part of a lot, or 0."""
    splits = [one.instant for one in journal.history(dossier) if one.acte in SHARED_OUT]
    if not splits:
        return 0
    made = session().scalar(
        select(func.max(Modification.revision)).where(
            Modification.dossier_id == dossier.id, Modification.instant <= max(splits)
        )
    )
    return made or 0


def _refuse_before_a_split(dossier: Dossier, revision: int) -> None:
    if revision < earliest(dossier):
        raise Refuse(
            "Ce moment précède la répartition des salariés entre plusieurs dossiers\u00a0: y "
            "revenir mettrait des personnes et des montants en double. Rien n’a été modifié. "
            "Choisissez un moment plus récent, ou corrigez les réponses dans les étapes."
        )


def _answers(dossier: Dossier, since: _Since, lists: Lists) -> tuple[dict[str, Answer], list[str]]:
    """The answers to write, and those that the person may no longer give."""
    changed = since.changed(Answers(dossier.reponses, dossier.saisies), "")
    found, left = {}, []
    for question in declaration(dossier).questions:
        if question.name not in changed:
            continue
        answer = changed[question.name]
        if _offered(question, answer, lists):
            found[question.name] = answer
        else:
            left.append(
                f"{question.label}\u00a0: la réponse de ce moment ne fait plus partie de celles "
                "que vous pouvez choisir. Celle d’aujourd’hui reste."
            )
    return found, left


def _offered(question: Question, answer: Answer, lists: Lists) -> bool:
    options = {option.value for option in lists.get(question.among, ())}
    return not question.among or answer.value in options


def _revenants(dossier: Dossier, since: _Since) -> tuple[list[Revenant], list[str]]:
    """Who comes back, and why some do not."""
    present = {one.cle for one in dossier.stagiaires}
    elsewhere = _elsewhere(dossier)
    back, left = [], []
    for chemin, row in since.last.items():
        cle, name = split_path(chemin)
        gone = bool(cle) and not name and cle not in present
        if not gone or row.valeur.get("present") is not False or not since.had(cle):
            continue
        one = _revenant(dossier, cle, row.valeur, since)
        if elsewhere.isdisjoint(_signs(one.jeton, one.kept.reponses, one.salarie_id)):
            back.append(one)
        else:
            left.append(
                f"{one.nom} ne revient pas\u00a0: cette personne attend déjà une place, ou elle "
                "est dans une autre partie du lot."
            )
    return back, left


def _revenant(dossier: Dossier, cle: str, presence: Mapping[str, Json], since: _Since) -> Revenant:
    """As they left, then as they were at that moment."""
    kept = Answers(_document(presence, "reponses"), _document(presence, "saisies"))
    changed = since.changed(kept, f"{PEOPLE}{cle}/")
    for name, answer in changed.items():
        kept[name] = answer
    rang, salarie = presence.get("rang"), presence.get("salarie")
    return Revenant(
        cle,
        str(presence.get("jeton")),
        rang if isinstance(rang, int) else 0,
        salarie if isinstance(salarie, int) else None,
        kept,
        changed,
        name_in(dossier, {**presence, "reponses": kept.reponses}),
    )


def _document(presence: Mapping[str, Json], name: str) -> dict[str, Json]:
    document = presence.get(name)
    return document if isinstance(document, dict) else {}


def _elsewhere(dossier: Dossier) -> set[str | int]:
    """By what one knows the people who wait, and those of the other parts of the lot."""
    others = [part for part in (dossier.lot.dossiers if dossier.lot else ()) if part is not dossier]
    rows: list[Stagiaire | EnAttente] = [*dossier.en_attente]
    rows += [one for part in others for one in part.stagiaires]
    return {sign for one in rows for sign in _signs(one.jeton, one.reponses, one.salarie_id)}


def _signs(jeton: str, reponses: Mapping[str, Json], salarie_id: int | None) -> set[str | int]:
    return {jeton, identity_of(reponses), salarie_id or ""} - {""}


def changements(dossier: Dossier, asked: Retour) -> list[Changement]:
    """What the confirmation shows: from the answers of today to those of that moment."""
    dispositif = declaration(dossier)
    told = _told(dispositif.questions, dossier, asked.reponses, "")
    for one in dossier.stagiaires:
        if one.cle in asked.personnes:
            changed = asked.personnes[one.cle]
            told += _told(dispositif.personnes.questions, one, changed, f"{name_of(one)}, ")
    return told


def _told(
    questions: Iterable[Question],
    holder: Dossier | Stagiaire,
    changed: Mapping[str, Answer],
    about: str,
) -> list[Changement]:
    now = Answers(holder.reponses, holder.saisies)
    return [
        Changement(
            about + question.label,
            brief(question, now[question.name].as_json()),
            brief(question, changed[question.name].as_json()),
        )
        for question in questions
        if question.name in changed
    ]
