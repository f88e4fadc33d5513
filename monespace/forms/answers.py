"""From what was posted to the two documents of answers, losing nothing that was typed.

`reponses` holds canonical values, `saisies` what could not be read with its error. A question
that the form did not list is left as it is: absent is not empty.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from monespace.db import Json
from monespace.forms.kinds import Illisible, Kind
from monespace.forms.questionnaire import Question, Raw
from monespace.forms.validators import printable


class PostedForm(Protocol):
    """The multi-dictionary a web framework gives."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands for one question: a canonical value, or what was typed with its error."""

    value: Json = None
    raw: Raw = ()
    error: str = ""

    def as_json(self) -> dict[str, Json]:
        """How the history keeps it: {} is «no answer»."""
        if self.error:
            return {"brut": list(self.raw), "erreur": self.error}
        return {} if self.value is None else {"valeur": self.value}

    @classmethod
    def from_json(cls, kept: Mapping[str, Json]) -> "Answer":
        raw = kept.get("brut")
        return cls(
            kept.get("valeur"),
            tuple(str(part) for part in raw) if isinstance(raw, list) else (),
            str(kept.get("erreur", "")),
        )


class Answers:
    """The two documents of one row, read and replaced whole."""

    def __init__(self, reponses: Mapping[str, Json], saisies: Mapping[str, Json]) -> None:
        self.reponses = dict(reponses)
        self.saisies = dict(saisies)

    def __getitem__(self, name: str) -> Answer:
        saisie = self.saisies.get(name)
        if isinstance(saisie, dict):
            return Answer.from_json(saisie)
        return Answer(self.reponses.get(name))

    def __setitem__(self, name: str, answer: Answer) -> None:
        self.reponses.pop(name, None)
        self.saisies.pop(name, None)
        if answer.error:
            self.saisies[name] = answer.as_json()
        elif answer.value is not None:
            self.reponses[name] = answer.value


def posted(
    questions: Iterable[Question], form: PostedForm, listed: frozenset[str]
) -> dict[str, Raw]:
    """What was typed, by question, for the questions the form says it showed.

    A browser posts nothing for unticked boxes; any other control that is listed and absent comes
    from a damaged body, and its answer is left alone.
    """
    found: dict[str, Raw] = {}
    for question in questions:
        if question.name not in listed:
            continue
        parts = [form.getlist(control) for control in question.kind.controls(question.name)]
        if question.kind.silent:
            found[question.name] = tuple(parts[0])
        elif all(parts):
            found[question.name] = tuple(part[0] for part in parts)
    return found


def read(kind: Kind[object], raw: Raw) -> Answer:
    """The answer that `raw` is, or what was typed with what to type instead."""
    try:
        value = kind.read(raw)
    except Illisible as error:
        return Answer(raw=tuple(printable(part) for part in raw), error=str(error))
    return Answer(None if value is None else kind.to_json(value))


@dataclass(frozen=True, slots=True)
class Merge:
    """What became of a post: `changed` is to be kept, `contested` to be asked."""

    changed: dict[str, Answer]
    contested: dict[str, Answer]


def merge(
    current: Answers,
    based_on: Mapping[str, Answer],
    typed: Mapping[str, Answer],
    chosen: Collection[str] = (),
) -> Merge:
    """Tell what was changed from what was posted untouched, and from what two people changed.

    `based_on` gives, for questions changed by somebody since the form was shown, the answer the
    form was shown with. `chosen` names those that were answered on purpose, even if untouched.
    """
    changed: dict[str, Answer] = {}
    contested: dict[str, Answer] = {}
    for name, answer in typed.items():
        now = current[name]
        before = based_on.get(name, now)
        if answer == now or (answer == before and name not in chosen):
            continue
        (changed if now == before else contested)[name] = answer
    return Merge(changed, contested)
