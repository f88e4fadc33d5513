"""What a template draws of a question: one view model, whatever the kind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monespace.db import Json
from monespace.forms.answers import Answer, Answers, PostedForm, posted, read
from monespace.forms.kinds import Kind, Listed, Option
from monespace.forms.questionnaire import Question, Raw, When

# Words a person reads for the parts of a composite control.
PART_LABELS = {"jour": "Jour", "mois": "Mois", "annee": "Année"}

EDITABLE = "Votre réponse\u00a0: si vous la gardez, vous pouvez encore la corriger ici."

Lists = Mapping[str, Sequence[Option]]

# What a form sends to keep the answer of the person who typed it.
MINE = "mienne"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another answer to what somebody has just typed: one of the two must be chosen.

    `key` is what the form sends to take it; `label` and `told` say whose it is, in the choice and
    as a sentence.
    """

    typed: Answer
    answer: Answer
    key: str
    label: str
    told: str


@dataclass(frozen=True, slots=True)
class Choix:
    """The two answers side by side, as they are read."""

    mine: str
    theirs: str
    rival: Rival


@dataclass(frozen=True, slots=True)
class Control:
    name: str
    id: str
    value: str
    part_label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it is drawn. `asked_if` is «question=value|value» for the small script."""

    name: str
    id: str
    kind: Kind[Any]
    label: str
    hint: str
    required: bool
    raw: Raw
    error: str = ""
    condition: str = ""
    asked_if: str = ""
    autocomplete: str = "off"
    choix: Choix | None = None

    @property
    def controls(self) -> tuple[Control, ...]:
        """The controls in order; the first bears the id that errors link to."""
        names = self.kind.controls(self.name)
        values = self.raw if len(self.raw) == len(names) else ("",) * len(names)
        return tuple(
            Control(
                name,
                self.id if rank == 0 else f"{self.id}-{part}",
                value,
                PART_LABELS.get(part, ""),
            )
            for rank, (name, part, value) in enumerate(
                zip(names, self.kind.parts, values, strict=True)
            )
        )


def kind_of(question: Question, lists: Lists, current: Answer) -> Kind[Any]:
    """The question's kind, bound to the list it chooses from when it has one.

    An answer that is no longer in the list stays there: what nobody changed must not be lost.
    """
    if not question.among:
        return question.kind
    options = list(lists.get(question.among, ()))
    kept = current.value
    if isinstance(kept, str) and kept not in {option.value for option in options}:
        options.append(Option(kept, question.kind.text(kept)))
    return Listed(question.kind, options)


def filters(questions: Sequence[Question], lists: Lists, source: PostedForm) -> Answers:
    """The filters of an address or a form, those that cannot be read kept as typed."""
    typed = posted(questions, source, frozenset(question.name for question in questions))
    answers = Answers({}, {})
    for question in questions:
        if question.name in typed:
            answers[question.name] = read(kind_of(question, lists, Answer()), typed[question.name])
    return answers


def fields(
    questions: Iterable[Question],
    answers: Answers,
    lists: Lists,
    contested: Mapping[str, Rival] | None = None,
    around: Mapping[str, Json] | None = None,
) -> list[Field]:
    """The fields of a page.

    `contested`: questions to which somebody else answered meanwhile.
    `around`: answers to questions of other pages, that decide whether some are asked here.
    """
    known = {**(around or {}), **answers.reponses}
    questions = tuple(questions)
    here = {question.name: question for question in questions}
    drawn = []
    for question in questions:
        condition = question.asked_if
        if condition and condition.question not in here and not condition.holds(known):
            continue
        rival = (contested or {}).get(question.name)
        answer = rival.typed if rival else answers[question.name]
        kind = kind_of(question, lists, answers[question.name])
        drawn.append(
            Field(
                name=question.name,
                id=question.name.replace("_", "-"),
                kind=kind,
                label=question.label,
                hint=EDITABLE if rival else question.hint,
                required=question.required,
                raw=raw_of(kind, answer),
                error=answer.error if question.asked(known) else "",
                condition=_sentence(condition, here) if condition else "",
                asked_if=_for_script(condition, here) if condition else "",
                autocomplete=question.autocomplete,
                choix=_side_by_side(kind, rival) if rival else None,
            )
        )
    return drawn


def _side_by_side(kind: Kind[Any], rival: Rival) -> Choix:
    return Choix(text_of(kind, rival.typed), text_of(kind, rival.answer), rival)


def raw_of(kind: Kind[Any], answer: Answer) -> Raw:
    """What stands in the controls: as it was typed if it could not be read."""
    if answer.error:
        return answer.raw
    return kind.write(None if answer.value is None else kind.from_json(answer.value))


def text_of(kind: Kind[Any], answer: Answer) -> str:
    """The answer as a person reads it: as it was typed if it could not be read."""
    if answer.error:
        return " ".join(part for part in answer.raw if part)
    return "" if answer.value is None else kind.text(kind.from_json(answer.value))


def _sentence(condition: When, here: Mapping[str, Question]) -> str:
    other = here.get(condition.question)
    if other is None:
        return ""
    accepted = " ou ".join(
        f"«\u00a0{other.kind.text(other.kind.from_json(value))}\u00a0»"
        for value in condition.values
    )
    return f"À remplir si la réponse à «\u00a0{other.label}\u00a0» est {accepted}."


def _for_script(condition: When, here: Mapping[str, Question]) -> str:
    other = here.get(condition.question)
    if other is None:
        return ""
    values = (other.kind.write(other.kind.from_json(value))[0] for value in condition.values)
    return f"{other.name}={'|'.join(values)}"
