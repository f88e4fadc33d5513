"""«Modifier partout»: one answer written in every part, once it was seen what it changes."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.formulaire import received, typed
from monespace.blueprints.lots import bp
from monespace.blueprints.lots.etape import common, model_of, shown_in, step_of
from monespace.dossiers import lots
from monespace.dossiers.actions import Saved
from monespace.dossiers.actions.lots import change_everywhere
from monespace.dossiers.choices import lists
from monespace.dossiers.lots_partout import (
    Changement,
    answers_at,
    changed,
    effect,
    of_each_part,
    with_typed,
)
from monespace.dossiers.models import Dossier, Lot
from monespace.forms.answers import Answer, Answers
from monespace.forms.fields import fields, text_of
from monespace.forms.questionnaire import Question, Raw, Step
from monespace.forms.validators import printable
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.typographie import plural

Pairs = list[tuple[str, str]]


@bp.get("/<cle>/modifier/<etape>")
@needs(Lot, Can.VIEW)
def modifier(lot: Lot, etape: str) -> ResponseReturnValue:
    return _form(lot, lots.allowed(identite.acteur(), lot, Can.EDIT), etape)


@bp.post("/<cle>/modifier/<etape>")
@needs(Lot, Can.VIEW)
def previsualiser(lot: Lot, etape: str) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    unsent = lots.allowed(acteur, lot, Can.EDIT)
    model = model_of(unsent)
    step = step_of(model, etape)
    among = lists(acteur, model.dispositif)
    shown = answers_at(model, [question.name for question in step.questions], envoi.revision)
    answered = common(step, model, typed(step.questions))
    meant = changed(shown, step.questions, answered, among)
    after = with_typed(shown, step.questions, answered, among)
    if not meant or any(after[name].error for name in meant):
        message = "" if meant else "Changez au moins une réponse, puis continuez."
        return _form(lot, unsent, etape, after, message, set(meant))
    effects = [(one, _lines(effect(one, step.questions, meant, among))) for one in unsent]
    return page(
        "lots/apercu.html",
        titre=f"Modifier partout\u00a0: {step.title}",
        lot=lot,
        step=step,
        effects=effects,
        untouched=_untouched(lot, unsent),
        changes=any(lines for _, lines in effects),
        controls=_controls(step, meant),
        champs=" ".join(meant),
        revisions=" ".join(f"{one.cle}:{one.revision}" for one in unsent),
    )


@bp.post("/<cle>/modifier/<etape>/confirmer")
@needs(Lot, Can.VIEW)
def appliquer(lot: Lot, etape: str) -> ResponseReturnValue:
    received()
    acteur = identite.acteur()
    unsent = lots.allowed(acteur, lot, Can.EDIT, lock=True)
    model = model_of(unsent)
    step, shown = step_of(model, etape), _revisions(request.form.get("_revisions", ""))
    done = change_everywhere(
        acteur,
        [(one, shown[one.cle]) for one in unsent if one.cle in shown],
        step.questions,
        typed(step.questions),
        lists(acteur, model.dispositif),
    )
    number = sum(saved.changed for _, saved in done)
    flash(f"Modifié dans {plural(number, 'dossier', 'dossiers')}.", "ok" if number else "info")
    for sentence in _left_alone(step, done):
        flash(sentence, "warn")
    return redirect(url_for("lots.lot", cle=lot.cle), 303)


def _form(
    lot: Lot,
    unsent: Sequence[Dossier],
    etape: str,
    answers: Answers | None = None,
    message: str = "",
    wrong: set[str] | None = None,
) -> ResponseReturnValue:
    """The questions of a step with the answers of the first part, or as they were just typed."""
    model = model_of(unsent)
    step = step_of(model, etape)
    drawn = fields(
        shown_in(step, model),
        answers or Answers(model.reponses, model.saisies),
        lists(identite.acteur(), model.dispositif),
        around=model.reponses,
    )
    errors = [
        (f"{one.label}\u00a0: {one.error}", f"#{one.id}")
        for one in drawn
        if one.error and one.name in (wrong or set())
    ]
    if message:
        errors.insert(0, (message, f"#{drawn[0].id}"))
    return page(
        "lots/modifier.html",
        titre=f"Modifier partout\u00a0: {step.title}",
        status=422 if errors else 200,
        lot=lot,
        model=model,
        step=step,
        fields=drawn,
        errors=errors,
        unsent=unsent,
        untouched=_untouched(lot, unsent),
        own=[one.label for one in step.questions if of_each_part(one, model.reponses)],
    )


def _untouched(lot: Lot, unsent: Sequence[Dossier]) -> list[Dossier]:
    """The visible parts that will not change."""
    keys = {one.cle for one in unsent}
    return [one for one in lots.bilan(identite.acteur(), lot).parties if one.cle not in keys]


def _lines(changements: Sequence[Changement]) -> list[tuple[str, str, str]]:
    """Each answer that changes: its question, before, after."""
    return [
        (one.question.label, _text(one.question, one.before), _text(one.question, one.after))
        for one in changements
    ]


def _text(question: Question, answer: Answer) -> str:
    return text_of(question.kind, answer)


def _controls(step: Step, meant: Mapping[str, Raw]) -> Pairs:
    """What a form must send for these answers to be typed again."""
    pairs: Pairs = []
    for question in step.questions:
        if question.name in meant:
            controls = question.kind.controls(question.name)
            names = controls * len(meant[question.name]) if question.kind.silent else controls
            pairs += zip(names, map(printable, meant[question.name]), strict=True)
    return pairs


def _revisions(text: str) -> dict[str, int]:
    pairs = (one.partition(":") for one in text.split())
    return {
        cle: int(revision)
        for cle, _, revision in pairs
        if revision.isascii() and revision.isdigit() and len(revision) < 10
    }


def _left_alone(step: Step, done: Sequence[tuple[Dossier, Saved]]) -> list[str]:
    """What somebody else had changed meanwhile, told and left as it is."""
    questions = {question.name: question for question in step.questions}
    told = []
    for dossier, saved in done:
        for name, contested in saved.contested.items():
            theirs = contested.theirs
            who = theirs.auteur.nom_complet if theirs.auteur else "Une autre personne"
            answer = _text(questions[name], Answer.from_json(theirs.valeur)) or "rien"
            told.append(
                f"Partie {dossier.part}, «\u00a0{questions[name].label}\u00a0» n’a pas été "
                f"modifié. {who} vient de répondre «\u00a0{answer}\u00a0»."
            )
    return told
