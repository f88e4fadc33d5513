"""A whole dossier as titled lists of questions and answers, read from its declaration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from monespace.blueprints.dossiers.navigation import address
from monespace.db import Json
from monespace.dossiers.completude import PIECES, expected_pieces, name_of
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
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
    """Every step and each person; while it is written, the money and the pieces too."""
    dispositif = declaration(dossier)
    found = [
        Section(
            step.title,
            answers(step.questions, dossier.reponses, dossier.saisies),
            ("Modifier", address(dossier, step.name), step.title) if editable else None,
        )
        for step in dispositif.steps
        if step.questions
    ]
    found[len(found) - 1 : len(found) - 1] = _people(dossier, editable)
    return [*found, _money(dossier), _pieces(dossier)] if editable else found


def answers(
    questions: Iterable[Question], reponses: Mapping[str, Json], saisies: Mapping[str, Json]
) -> list[Row]:
    """What was answered, or typed with its error, and the required answers that are still owed."""
    rows = []
    for question in questions:
        if not question.asked(reponses):
            continue
        saisie = saisies.get(question.name)
        if isinstance(saisie, dict):
            raw = saisie["brut"]
            typed = " ".join(str(part) for part in raw) if isinstance(raw, list) else ""
            rows.append((question.label, typed, str(saisie["erreur"])))
            continue
        json = reponses.get(question.name)
        value = None if json is None else question.kind.from_json(json)
        if value is not None or question.required:
            rows.append((question.label, question.kind.text(value), ""))
    return rows


def _people(dossier: Dossier, editable: bool) -> list[Section]:
    questions = declaration(dossier).personnes.questions
    return [
        Section(
            f"Salarié {stagiaire.rang}\u00a0: {name_of(stagiaire)}",
            answers(questions, {**dossier.reponses, **stagiaire.reponses}, stagiaire.saisies),
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


def _pieces(dossier: Dossier) -> Section:
    rows = [
        (expected.label, f"{piece.nom} ({file_size(piece.taille)})" if piece else "", "")
        for expected, piece in expected_pieces(dossier)
    ]
    edit = ("Modifier", address(dossier, PIECES), "les pièces")
    return Section("Pièces justificatives", rows, edit)
