"""Questions, steps and conditions: declarations that everything else reads.

Shape and completeness are two questions. Reading what was typed checks its shape and never
refuses to keep it; `missing` alone says what stands between a brouillon and its sending.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monespace.db import Json
from monespace.forms.kinds import Kind

Raw = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class When:
    """A question is asked when another one has one of these canonical values."""

    question: str
    values: tuple[Json, ...]

    def holds(self, reponses: Mapping[str, Json]) -> bool:
        return reponses.get(self.question) in self.values


def when(question: str, *values: Json) -> When:
    """`when("modalite", "distance", "mixte")`: asked for either."""
    return When(question, values)


@dataclass(frozen=True, slots=True)
class Question:
    """One question and everything about it; its `kind` says how it is read and shown."""

    name: str
    label: str
    kind: Kind[Any]
    required: bool = False
    hint: str = ""
    asked_if: When | None = None
    autocomplete: str = "off"
    # Name of the list the caller supplies («etablissements»…) when the choices are not fixed.
    among: str = ""
    # Name of the typed column, if lists sort, filter or sum by this answer.
    projected_to: str = ""
    # Other headings under which spreadsheets give this answer («Né le» for a birth date).
    headings: tuple[str, ...] = ()
    # Why a duplicate leaves it empty, said to the person; "" when it is copied.
    emptied: str = ""
    # Whether it is worth for everyone together: the parts of a lot then share it.
    shared: bool | When = False

    def shared_in(self, reponses: Mapping[str, Json]) -> bool:
        """Do the parts of a lot share this amount, given the other answers?"""
        return self.shared.holds(reponses) if isinstance(self.shared, When) else self.shared

    def asked(self, reponses: Mapping[str, Json]) -> bool:
        return self.asked_if is None or self.asked_if.holds(reponses)


class Values(Mapping[str, Any]):
    """Answers as typed values: a date, a Decimal… None where there is no answer."""

    def __init__(self, questions: Iterable[Question], reponses: Mapping[str, Json]) -> None:
        self._questions = {question.name: question for question in questions}
        self._reponses = reponses

    def __getitem__(self, name: str) -> Any:
        question = self._questions[name]
        json = self._reponses.get(name)
        if json is None or not question.asked(self._reponses):
            return None
        return question.kind.from_json(json)

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)


@dataclass(frozen=True, slots=True)
class Probleme:
    """What a check found on a question. Only those that block keep from sending."""

    question: str
    message: str
    blocks: bool = True


Check = Callable[[Values], Iterable[Probleme]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the portal knows and shows beside a step, read from what the caller holds."""

    label: str
    read: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Step:
    """Questions shown on one page. Steps may be filled in any order."""

    name: str
    title: str
    questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Manque:
    """One thing that stands between a brouillon and its sending."""

    question: str
    label: str
    message: str
    # True when something was typed that cannot be used, False when nothing was.
    typed: bool
    blocks: bool = True


def missing(
    step: Step, reponses: Mapping[str, Json], saisies: Mapping[str, Json], known: Values
) -> list[Manque]:
    """Everything `step` still lacks. `known` are the answers its checks may compare."""
    manques = []
    for question in step.questions:
        if not question.asked(reponses):
            continue
        if question.name in saisies:
            manques.append(
                Manque(question.name, question.label, _error(saisies[question.name]), True)
            )
        elif question.required and reponses.get(question.name) is None:
            manques.append(Manque(question.name, question.label, "à renseigner", False))
    told = {manque.question for manque in manques}
    labels = {question.name: question.label for question in step.questions}
    return manques + [
        Manque(one.question, labels.get(one.question, ""), one.message, True, one.blocks)
        for check in step.checks
        for one in check(known)
        if one.question not in told
    ]


def _error(saisie: Json) -> str:
    assert isinstance(saisie, dict)
    return str(saisie["erreur"])
