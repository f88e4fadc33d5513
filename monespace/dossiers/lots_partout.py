"""«Modifier partout»: what may be answered for every part at once, and what that would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import Lists, kind_of
from monespace.forms.questionnaire import Question, Raw


@dataclass(frozen=True, slots=True)
class Changement:
    """One answer of one part, before and after."""

    question: Question
    before: Answer
    after: Answer


def of_each_part(question: Question, reponses: Mapping[str, Json]) -> bool:
    """Is this answer each part's own: its établissement, its share of an amount?"""
    return question.among == "etablissements" or question.shared_in(reponses)


def common_to_all(
    dossier: Dossier, questions: Iterable[Question], typed: Mapping[str, Raw], lists: Lists
) -> list[Question]:
    """The questions of `typed` that this part takes the common answer to."""
    current = Answers(dossier.reponses, dossier.saisies)
    asked = [question for question in questions if question.name in typed]
    after = Answers(dossier.reponses, dossier.saisies)
    for question in asked:
        after[question.name] = _read(question, typed, lists, current)
    return [
        question
        for question in asked
        if not of_each_part(question, current.reponses)
        and not of_each_part(question, after.reponses)
    ]


def effect(
    dossier: Dossier, questions: Iterable[Question], typed: Mapping[str, Raw], lists: Lists
) -> list[Changement]:
    """What would change in this part."""
    current = Answers(dossier.reponses, dossier.saisies)
    found = [
        Changement(question, current[question.name], _read(question, typed, lists, current))
        for question in common_to_all(dossier, questions, typed, lists)
    ]
    return [one for one in found if one.before != one.after]


def changed(
    shown: Answers, questions: Sequence[Question], typed: Mapping[str, Raw], lists: Lists
) -> dict[str, Raw]:
    """What the person changed in a form that was shown with these answers."""
    known = {question.name: question for question in questions}
    return {
        name: raw
        for name, raw in typed.items()
        if _read(known[name], typed, lists, shown) != shown[name]
    }


def with_typed(
    shown: Answers, questions: Sequence[Question], typed: Mapping[str, Raw], lists: Lists
) -> Answers:
    """The answers of the form as it stands, what cannot be read kept as it was typed."""
    answers = Answers(shown.reponses, shown.saisies)
    for question in questions:
        if question.name in typed:
            answers[question.name] = _read(question, typed, lists, shown)
    return answers


def answers_at(dossier: Dossier, names: Iterable[str], revision: int) -> Answers:
    """The dossier's answers as a form of that revision showed them."""
    answers = Answers(dossier.reponses, dossier.saisies)
    if revision >= dossier.revision:
        return answers
    rows = session().scalars(
        select(Modification)
        .where(Modification.dossier_id == dossier.id, Modification.chemin.in_(list(names)))
        .order_by(Modification.id)
    )
    before: dict[str, Answer] = {}
    touched = set()
    for row in rows:
        if row.revision <= revision:
            before[row.chemin] = Answer.from_json(row.valeur)
        else:
            touched.add(row.chemin)
    for name in touched:
        answers[name] = before.get(name, Answer())
    return answers


def _read(question: Question, typed: Mapping[str, Raw], lists: Lists, current: Answers) -> Answer:
    kind = kind_of(question, lists, current[question.name])
    return read(kind, typed[question.name])
