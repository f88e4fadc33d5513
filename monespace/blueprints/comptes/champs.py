"""The fields of any form of the portal, as its author would read them."""

from collections.abc import Iterator, Mapping, Sequence

from werkzeug.datastructures import MultiDict

from monespace.dossiers.dispositifs import catalogue
from monespace.forms.answers import posted, read
from monespace.forms.questionnaire import Question, Raw
from monespace.forms.validators import printable
from monespace.interrompu import secret
from monespace.salaries.fiche import FICHE


def readable(champs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What was typed, under the words that asked for it; what the page alone needs is left out."""
    form = MultiDict(champs)
    known = _questions()
    names = dict.fromkeys(_question_of(name, known) for name in form)
    return [pair for name in names for pair in _shown(name, form, known)]


def _shown(
    name: str, form: MultiDict[str, str], known: Mapping[str, Question]
) -> Iterator[tuple[str, str]]:
    if name.startswith("_") or secret(name) or name == "suite":
        return
    question = known.get(name)
    raw = posted([question], form, frozenset({name})) if question else {}
    if question and name in raw:
        label, text = question.label, _read(question, raw[name])
    else:
        label, text = name.replace("_", " ").capitalize(), ", ".join(form.getlist(name))
    if text.strip():
        yield printable(label), printable(text)


def _read(question: Question, raw: Raw) -> str:
    """The answer as lists and recaps write it, or as it was typed when it cannot be read."""
    answer = read(question.kind, raw)
    if answer.error or answer.value is None:
        return " ".join(raw)
    return question.kind.text(question.kind.from_json(answer.value))


def _question_of(name: str, known: Mapping[str, Question]) -> str:
    """«naissance» for its control «naissance-jour»."""
    if name in known:
        return name
    asked = name.rpartition("-")[0]
    return asked if asked in known else name


def _questions() -> dict[str, Question]:
    asked = [
        question
        for dispositif in catalogue().values()
        for question in (*dispositif.questions, *dispositif.personnes.questions)
    ]
    return {question.name: question for question in (*asked, *FICHE.questions)}
