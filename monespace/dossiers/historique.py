"""Who answered what, and when: the answers as they stand, and the moments they changed at.

Nothing here checks rights: the dossier was loaded through `policy`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from monespace import journal
from monespace.db import Json
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, Modification
from monespace.dossiers.modifications import (
    PEOPLE,
    Rows,
    author_of,
    brief,
    key,
    last_of_each,
    name_in,
    rows_of,
    split_path,
)
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.fields import text_of
from monespace.forms.questionnaire import Question

# Changes of one person follow each other at most so far, in a moment that lasts at most so long.
BREAK, LONGEST = timedelta(minutes=5), timedelta(minutes=10)
MOMENTS, ROWS = 15, 1000
ADDED, REMOVED = "Ajouté au dossier", "Retiré du dossier"


@dataclass(frozen=True, slots=True)
class Trace:
    """One answer as it stands; `auteur` is "" and `instant` None when nobody remembers."""

    label: str
    texte: str
    erreur: str
    auteur: str
    instant: datetime | None


@dataclass(frozen=True, slots=True)
class Groupe:
    """The answers of one step, or about one person."""

    titre: str
    traces: Sequence[Trace]
    personne: bool = False


@dataclass(frozen=True, slots=True)
class Changement:
    """From what to what; somebody who came or went has no `avant`."""

    label: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed in a few minutes. One can go back to the state it left."""

    revision: int
    instant: datetime
    auteur: str
    titre: str
    changements: Sequence[Changement]


@dataclass(frozen=True, slots=True)
class Page:
    """Moments, the latest first; `suite` is the revision that the older ones come before."""

    moments: Sequence[Moment]
    suite: int | None


def answered(dossier: Dossier) -> list[Groupe]:
    """Every answer that was given, by step and by person, with its author."""
    written = {row.chemin: row for row in rows_of(last_of_each(dossier))}
    dispositif = declaration(dossier)
    kept = Answers(dossier.reponses, dossier.saisies)
    groups = [
        Groupe(step.title, _traces(step.questions, kept, dossier.reponses, written, ""))
        for step in dispositif.steps
    ]
    for one in dossier.stagiaires:
        about = {**dossier.reponses, **one.reponses}
        kept = Answers(one.reponses, one.saisies)
        prefix = f"{PEOPLE}{one.cle}/"
        traces = _traces(dispositif.personnes.questions, kept, about, written, prefix)
        groups.append(Groupe(f"Salarié {one.rang}\u00a0: {name_of(one)}", traces, personne=True))
    return [group for group in groups if group.traces or group.personne]


def _traces(
    questions: Iterable[Question],
    kept: Answers,
    known: Mapping[str, Json],
    written: Mapping[str, Modification],
    prefix: str,
) -> list[Trace]:
    return [
        Trace(
            question.label,
            text_of(question.kind, answer),
            answer.error,
            author_of(row) if row else "",
            row.instant if row else None,
        )
        for question in questions
        for answer, row in [(kept[question.name], written.get(prefix + question.name))]
        if (answer.error or answer.value is not None) and question.asked(known)
    ]


def moments(dossier: Dossier, before: int | None = None) -> Page:
    """What changed, the latest first, before that revision."""
    chosen = select(Modification).where(Modification.dossier_id == dossier.id)
    if before is not None:
        chosen = chosen.where(Modification.revision < before)
    rows = list(rows_of(chosen.order_by(Modification.id.desc()).limit(ROWS + 1)))
    more = len(rows) > ROWS
    if more:
        rows = _whole_revisions(dossier, rows)
    rows.reverse()
    returns = _returns(dossier)
    groups = list(_grouped(rows, returns.keys()))
    if more and len(groups) > 1:
        groups = groups[1:]
    older = more or len(groups) > MOMENTS
    groups = groups[-MOMENTS:]
    told = list(_told(dossier, groups, returns))
    told.reverse()
    return Page(told, groups[0][0].revision if older else None)


def latest(dossier: Dossier) -> Modification | None:
    """What was written last."""
    chosen = select(Modification).where(Modification.dossier_id == dossier.id)
    rows = rows_of(chosen.order_by(Modification.id.desc()).limit(1))
    return rows[0] if rows else None


def _whole_revisions(dossier: Dossier, rows: list[Modification]) -> list[Modification]:
    """Without the revision that the limit cut in two, unless there is no other: then all of it."""
    cut = rows[-1].revision
    whole = [row for row in rows if row.revision != cut]
    if whole:
        return whole
    chosen = select(Modification).where(
        Modification.dossier_id == dossier.id, Modification.revision == cut
    )
    return list(rows_of(chosen.order_by(Modification.id.desc())))


def _returns(dossier: Dossier) -> dict[int, str]:
    """The revisions made by going back, with what is said of them."""
    return {
        int(str(one.details["revision"])): f"Retour au {one.details['au']}"
        for one in journal.history(dossier)
        if one.acte == "revenir"
    }


def _grouped(rows: Rows, alone: Iterable[int]) -> Iterator[list[Modification]]:
    """The rows of each moment, in order. What took something away is a moment of its own."""
    apart = {*alone, *(row.revision for row in rows if row.valeur.get("present") is False)}
    group: list[Modification] = []
    for row in rows:
        if group and not _together(group[0], group[-1], row, apart):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _together(first: Modification, last: Modification, row: Modification, apart: set[int]) -> bool:
    if row.revision == last.revision:
        return True
    return (
        row.auteur_id == last.auteur_id
        and row.instant - last.instant <= BREAK
        and row.instant - first.instant <= LONGEST
        and apart.isdisjoint((row.revision, last.revision))
    )


def _told(
    dossier: Dossier, groups: Sequence[list[Modification]], returns: Mapping[int, str]
) -> Iterator[Moment]:
    names, known = _names(dossier, groups), _before(dossier, groups)
    questions = _questions(dossier)
    for group in groups:
        last = group[-1]
        titre = returns.get(last.revision, "")
        changes = list(_changes(group, known, names, questions))
        known |= {row.chemin: row.valeur for row in group}
        if changes or titre:
            yield Moment(last.revision, last.instant, author_of(last), titre, changes)


def _changes(
    group: Rows,
    known: Mapping[str, Mapping[str, Json]],
    names: Mapping[str, str],
    questions: Mapping[str, Question],
) -> Iterator[Changement]:
    """What the moment changed, from its beginning to its end. Newcomers are told in one line."""
    came = {row.chemin for row in group if row.valeur.get("present") is True}
    for chemin, row in {row.chemin: row for row in group}.items():
        about, name = split_path(chemin)
        before = known.get(chemin, {})
        if about and not name:
            here = row.valeur.get("present") is True
            yield Changement(names[about], "", ADDED if here else REMOVED)
        elif f"{PEOPLE}{about}" in came or before == row.valeur:
            continue
        elif question := questions.get(key(chemin)):
            label = f"{names[about]}, {question.label}" if about else question.label
            yield Changement(label, brief(question, before), brief(question, row.valeur))


def _questions(dossier: Dossier) -> dict[str, Question]:
    dispositif = declaration(dossier)
    return {question.name: question for question in dispositif.questions} | {
        f"/{question.name}": question for question in dispositif.personnes.questions
    }


def _names(dossier: Dossier, groups: Iterable[Rows]) -> dict[str, str]:
    """Everybody these moments tell of, those who left as they were called then."""
    names = {one.cle: name_of(one) for one in dossier.stagiaires}
    told = {split_path(row.chemin)[0] for group in groups for row in group} - {""}
    gone = [PEOPLE + cle for cle in sorted(told - names.keys())]
    left = rows_of(last_of_each(dossier, Modification.chemin.in_(gone))) if gone else ()
    names |= {split_path(row.chemin)[0]: name_in(dossier, row.valeur) for row in left}
    return {cle: names.get(cle, "Un salarié") for cle in told | names.keys()}


def _before(dossier: Dossier, groups: Sequence[Rows]) -> dict[str, dict[str, Json]]:
    """What stood before these moments, for each path that they tell of."""
    if not groups:
        return {}
    paths = {row.chemin for group in groups for row in group}
    earlier = last_of_each(
        dossier, Modification.id < groups[0][0].id, Modification.chemin.in_(sorted(paths))
    )
    return {row.chemin: row.valeur for row in rows_of(earlier)}
