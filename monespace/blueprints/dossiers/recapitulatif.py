"""A whole dossier as titled lists of questions and answers, read from its declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from monespace.blueprints.dossiers.navigation import address
from monespace.db import Json
from monespace.dossiers.completude import PIECES, expected_pieces, name_of
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.fields import text_of
from monespace.forms.questionnaire import Question
from monespace.typographie import file_size, money

Row = tuple[str, str, str]
Edit = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """One card of the recap: its rows are (label, value, error)."""

    title: str
    rows: list[Row]
    edit: Edit | None


def sections(dossier: Dossier, editable: bool) -> list[Section]:
    """Every step and each person, with the way to change them if `editable`."""
    dispositif = declaration(dossier)
    found: list[Section] = []
    for step in dispositif.steps:
        if step.questions:
            edit = ("Modifier", address(dossier, step.name), step.title) if editable else None
            rows = answers(step.questions, Answers(dossier.reponses, dossier.saisies))
            found.append(Section(step.title, rows, edit))
        if step.name == dispositif.personnes.step:
            found.extend(_people(dossier, editable))
    return found


def totals(dossier: Dossier, editable: bool) -> list[Section]:
    """The money asked for and the pieces, that a dossier once sent shows beside its steps."""
    return [_money(dossier), _pieces(dossier, editable)]


def answers(
    questions: Iterable[Question], kept: Answers, around: Mapping[str, Json] | None = None
) -> list[Row]:
    """What was answered, or typed with its error, and the required answers that are still owed."""
    known = {**(around or {}), **kept.reponses}
    rows = []
    for question in questions:
        answer = kept[question.name]
        given = bool(answer.error) or answer.value is not None
        if question.asked(known) and (given or question.required):
            rows.append((question.label, text_of(question.kind, answer), answer.error))
    return rows


def _people(dossier: Dossier, editable: bool) -> list[Section]:
    questions = declaration(dossier).personnes.questions
    return [
        Section(
            f"Salarié {stagiaire.rang}\u00a0: {name_of(stagiaire)}",
            answers(questions, Answers(stagiaire.reponses, stagiaire.saisies), dossier.reponses),
            (
                "Modifier",
                url_for("dossiers.salarie", cle=dossier.cle, salarie=stagiaire.cle),
                name_of(stagiaire),
            )
            if editable
            else None,
        )
        for stagiaire in dossier.stagiaires
    ]


def _money(dossier: Dossier) -> Section:
    dispositif = declaration(dossier)
    rows = [
        (dispositif.poste(ligne.poste).label, money(ligne.demande_cents), "")
        for ligne in dossier.lignes
    ]
    return Section(
        "Montant demandé", [*rows, ("Total hors taxes", money(dossier.demande_cents), "")], None
    )


def _pieces(dossier: Dossier, editable: bool) -> Section:
    rows = [
        (expected.label, f"{piece.nom} ({file_size(piece.taille)})" if piece else "", "")
        for expected, piece in expected_pieces(dossier)
    ]
    edit = ("Modifier", address(dossier, PIECES), "les pièces") if editable else None
    return Section("Pièces justificatives", rows, edit)
