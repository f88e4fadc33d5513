"""Duplicate a dossier: what is copied, what is emptied and why, then the new brouillon."""

from collections.abc import Iterable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import new_token, received
from monespace.dossiers.actions.copie import closed, duplicate
from monespace.dossiers.actions.revision import Holder
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.fields import text_of
from monespace.forms.questionnaire import Question
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse


@bp.get("/<cle>/dupliquer")
@needs(Dossier, Can.DUPLICATE)
def confirmer_copie(dossier: Dossier) -> ResponseReturnValue:
    return show(dossier, "" if declaration(dossier).open_to_new else closed(dossier))


@bp.post("/<cle>/dupliquer")
@needs(Dossier, Can.DUPLICATE)
def dupliquer(dossier: Dossier) -> ResponseReturnValue:
    envoi, form = received(), request.form
    try:
        people, pieces = (form.get(name) == "avec" for name in ("salaries", "pieces"))
        copy = duplicate(identite.acteur(), dossier, envoi.jeton, people, pieces)
    except Refuse as refusal:
        return show(dossier, refusal.message, 422)
    flash(f"Voici le brouillon {copy.reference}. Complétez ce qui a été vidé.", "ok")
    first = declaration(copy).steps[0].name
    return redirect(url_for("dossiers.etape", cle=copy.cle, etape=first), 303)


def show(dossier: Dossier, refused: str = "", status: int = 200) -> ResponseReturnValue:
    """What a duplicate would take over, step by step; or why there can be none."""
    dispositif = declaration(dossier)
    return page(
        "dossiers/dupliquer.html",
        titre=f"Dupliquer le dossier {dossier.designation}",
        status=status,
        dossier=dossier,
        dispositif=dispositif,
        refused=refused,
        sections=[
            (step.title, *_sorted_out(step.questions, dossier))
            for step in dispositif.steps
            if step.questions
        ],
        people=len(dossier.stagiaires),
        emptied_for_people=[
            (question.label, question.emptied)
            for question in dispositif.personnes.questions
            if question.emptied and any(_given(question, one) for one in dossier.stagiaires)
        ],
        pieces=[piece for piece in dossier.pieces if piece.remplacee_le is None],
        jeton=new_token(),
    )


def _sorted_out(
    questions: Iterable[Question], dossier: Dossier
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The answers that are copied, each with its text; those that are not, each with the reason."""
    answers = Answers(dossier.reponses, dossier.saisies)
    copied, emptied = [], []
    for question in questions:
        if not question.asked(dossier.reponses) or not _given(question, dossier):
            continue
        if question.emptied:
            emptied.append((question.label, question.emptied))
        else:
            copied.append((question.label, text_of(question.kind, answers[question.name])))
    return copied, emptied


def _given(question: Question, holder: Holder) -> bool:
    return question.name in holder.reponses or question.name in holder.saisies
