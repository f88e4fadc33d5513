"""The model workbook: the headings the portal knows, with their lists, ready to be filled in."""

import io
from collections.abc import Iterator, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from monespace.forms.answers import Answer
from monespace.forms.fields import Lists, kind_of
from monespace.forms.kinds import Choices, Date, Kind, Text
from monespace.forms.questionnaire import Question
from monespace.tableur.apart.limites import MOST_LINES
from monespace.typographie import count

LISTES, AIDE = "Listes", "Mode d’emploi"
NARROW, WIDE = 14, 34

_HEADING = PatternFill("solid", fgColor="1F3A5F")
_REQUIRED = PatternFill("solid", fgColor="2E5C8A")
_EXPLAINED = (
    "Remplissez une ligne par personne, sans ligne vide entre deux personnes.",
    "Les colonnes marquées d’une étoile (*) sont nécessaires à l’envoi d’un dossier\u00a0; vous "
    "pouvez les compléter plus tard dans le portail.",
    "Choisissez dans la liste quand une flèche apparaît à droite de la cellule.",
    "Écrivez les dates ainsi\u00a0: 27/03/1994.",
    "Vous pouvez déplacer, supprimer ou ajouter des colonnes\u00a0: le portail reconnaît celles "
    "dont le titre n’a pas changé.",
    f"Un envoi prend jusqu’à {count(MOST_LINES - 1)}\u00a0personnes.",
    "Rien n’est enregistré avant que vous ayez vu l’aperçu. Les lignes à corriger vous sont "
    "rendues dans votre classeur, avec une colonne «\u00a0À corriger\u00a0».",
)


def template(titre: str, questions: Sequence[Question], lists: Lists) -> bytes:
    """A workbook whose every column is recognised when it is read back."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = titre[:31]
    hidden = workbook.create_sheet(LISTES)
    # «Very hidden»: nobody is told that it was not read.
    hidden.sheet_state = "veryHidden"
    for column, question in enumerate(questions, 1):
        kind = kind_of(question, lists, Answer())
        _head(sheet, column, question)
        _format(sheet, column, kind)
        _offer(sheet, hidden, column, question, kind)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 32
    _explain(workbook.create_sheet(AIDE, 1), questions)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def _head(sheet: Worksheet, column: int, question: Question) -> None:
    cell = sheet.cell(1, column, f"{question.label} *" if question.required else question.label)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = _REQUIRED if question.required else _HEADING
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _format(sheet: Worksheet, column: int, kind: Kind[object]) -> None:
    """The format of the whole column: identifiers stay text and keep their zeros."""
    letter = get_column_letter(column)
    title = str(sheet.cell(1, column).value)
    longest = max((len(option.label) for option in kind.options), default=0)
    dimension = sheet.column_dimensions[letter]
    dimension.width = min(max(len(title) + 2, longest + 2, NARROW), WIDE)
    dimension.number_format = kind.number_format


def _offer(
    sheet: Worksheet, hidden: Worksheet, column: int, question: Question, kind: Kind[object]
) -> None:
    """The list to choose from, or what a date must be. Nothing is forbidden: the portal tells."""
    validation = None
    if kind.options and not isinstance(kind, Choices):
        letter = get_column_letter(column)
        hidden.cell(1, column, question.label)
        for row, option in enumerate(kind.options, 2):
            hidden.cell(row, column, option.label.replace("\u00a0", " ")).data_type = "s"
        last = len(kind.options) + 1
        validation = DataValidation("list", f"={LISTES}!${letter}$2:${letter}${last}")
    elif isinstance(kind, Date):
        first, last_day = _serial(kind.earliest), _serial(kind.latest)
        validation = DataValidation("date", str(first), str(last_day), operator="between")
    if validation:
        letter = get_column_letter(column)
        validation.allow_blank = True
        validation.showErrorMessage, validation.errorStyle = True, "warning"
        validation.errorTitle = question.label[:32]
        validation.error = kind.invite.replace("\u00a0", " ")[:250]
        validation.add(f"{letter}2:{letter}{MOST_LINES}")
        sheet.add_data_validation(validation)


def _serial(day: date) -> int:
    return (day - date(1899, 12, 30)).days


def _explain(sheet: Worksheet, questions: Sequence[Question]) -> None:
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 90
    sheet.cell(1, 1, AIDE).font = Font(bold=True, size=14)
    for row, (label, sentence) in enumerate(_help(questions), 3):
        sheet.cell(row, 1, label).font = Font(bold=True)
        sheet.cell(row, 2, sentence).alignment = Alignment(wrap_text=True, vertical="top")


def _help(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    for rank, sentence in enumerate(_EXPLAINED, 1):
        yield f"{rank}.", sentence
    yield "", ""
    for question in questions:
        yield (
            question.label,
            question.hint or ("" if isinstance(question.kind, Text) else question.kind.invite),
        )
