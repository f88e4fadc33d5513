"""From the cells of a line to answers, and the sentences that say what to correct."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from monespace.forms.answers import Answer, read
from monespace.forms.fields import Lists, kind_of
from monespace.forms.kinds import Date, Illisible, Kind
from monespace.forms.questionnaire import Question
from monespace.tableur.entetes import Plan
from monespace.tableur.feuilles import Defaut, Feuilles, Valeur, blank, lettre, texte

# Days between the two calendars of spreadsheets.
_FROM_1904 = 1462


@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line of the file, as Excel numbers it. A blank cell gives no answer.

    `faults`: (name of the question, sentence), one for each cell that cannot be read; `answers`
    then holds what stands in it with its error.
    """

    numero: int
    answers: Mapping[str, Answer]
    faults: tuple[tuple[str, str], ...] = ()


def read_rows(
    feuilles: Feuilles, plan: Plan, questions: Sequence[Question], lists: Lists
) -> Iterator[LigneLue]:
    """Every line under the headings that holds something in the columns that are read."""
    columns = list(_columns(feuilles, plan, questions, lists))
    lines = feuilles.feuilles[plan.feuille].lignes
    for numero, line in enumerate(lines[plan.entete :], plan.entete + 1):
        answers, faults = {}, []
        for column in columns:
            cell = line[column.index] if column.index < len(line) else None
            if cell is None:
                continue
            answer = column.answer(cell)
            if answer.error:
                faults.append((column.name, f"{column.named}\u00a0: {answer.error}"))
            if answer.error or answer.value is not None:
                answers[column.name] = answer
        if answers and not _nothing(line, columns):
            yield LigneLue(numero, answers, tuple(faults))


class _Column:
    """A column and the kind of answers it gives; the same cell is read once."""

    def __init__(self, index: int, heading: str, name: str, kind: Kind[Any], since_1904: bool):
        self.index, self.name = index, name
        self.named = f"Colonne {lettre(index)}"
        if heading != self.named:
            self.named += f", «\u00a0{heading}\u00a0»"
        self._kind = kind
        self._shift = _FROM_1904 if since_1904 and isinstance(kind, Date) else 0
        self._read: dict[tuple[type, Valeur], Answer] = {}

    def answer(self, cell: Valeur) -> Answer:
        # 1.0 and True are equal, and not the same cell.
        key = (cell.__class__, cell)
        known = self._read.get(key)
        if known is None:
            known = self._read[key] = self._answer(cell)
        return known

    def _answer(self, cell: Valeur) -> Answer:
        if cell is None or isinstance(cell, Defaut):
            return Answer(raw=(texte(cell),), error=cell.sentence if cell else "")
        if self._shift and not isinstance(cell, str | bool | date):
            cell += self._shift
        try:
            return read(self._kind, self._kind.from_cell(cell))
        except Illisible as error:
            return Answer(raw=(texte(cell),), error=str(error))


def _columns(
    feuilles: Feuilles, plan: Plan, questions: Sequence[Question], lists: Lists
) -> Iterator[_Column]:
    asked = {question.name: question for question in questions}
    headings = dict(plan.entetes(feuilles))
    for index, name in sorted(plan.colonnes.items()):
        if name in asked:
            kind = kind_of(asked[name], lists, Answer())
            heading = headings.get(index, f"Colonne {lettre(index)}")
            yield _Column(index, heading, name, kind, feuilles.depuis_1904)


def _nothing(line: Sequence[Valeur], columns: Sequence[_Column]) -> bool:
    return all(blank(line[column.index]) for column in columns if column.index < len(line))
