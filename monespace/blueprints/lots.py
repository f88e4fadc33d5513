"""Lots: the list, one lot and its parts, «modifier partout», sending the parts that are ready."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.formulaire import received, typed
from monespace.blueprints.pourquoi import lacking, who_can_grant
from monespace.dossiers import lots
from monespace.dossiers.actions import Saved
from monespace.dossiers.actions.lots import change_everywhere, submit_together
from monespace.dossiers.choices import lists
from monespace.dossiers.lots_partout import (
    Changement,
    answers_at,
    changed,
    effect,
    of_each_part,
    with_typed,
)
from monespace.dossiers.models import Dossier, Lot, Statut
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answer, Answers
from monespace.forms.fields import fields, text_of
from monespace.forms.questionnaire import Question, Raw, Step
from monespace.forms.validators import printable
from monespace.guard import listing, needs
from monespace.page import page
from monespace.pages import several
from monespace.policy import Can, Raison
from monespace.refus import Conflit, Incomplet, Interdit, Introuvable, Refuse
from monespace.typographie import plural

bp = Blueprint("lots", __name__, url_prefix="/lots")

Pairs = list[tuple[str, str]]


@bp.get("")
@listing(Lot)
def liste() -> ResponseReturnValue:
    found = lots.page_of(
        identite.acteur(), request.args.get("apres", ""), request.args.get("avant", "")
    )
    return page(
        "lots/liste.html",
        titre="Lots",
        found=found,
        count=several(found.count, "lot", "lots"),
        previous=url_for("lots.liste", avant=found.previous) if found.previous else None,
        following=url_for("lots.liste", apres=found.following) if found.following else None,
    )


@bp.get("/<cle>")
@needs(Lot, Can.VIEW)
def lot(lot: Lot) -> ResponseReturnValue:
    acteur = identite.acteur()
    bilan, editable = lots.bilan(acteur, lot), lots.allowed(acteur, lot, Can.EDIT)
    sendable = [one for one in lots.allowed(acteur, lot, Can.SUBMIT) if _unsent(one)]
    pourquoi = _lacking(bilan.parties)
    return page(
        "lots/lot.html",
        titre=f"Lot {lot.reference}",
        bilan=bilan,
        lacks={one.cle: len(lots.blocking(one)) for one in bilan.parties if _unsent(one)},
        common_steps=_common_steps(editable[0]) if editable else [],
        sendable=sendable,
        pourquoi=pourquoi,
        administrateurs=who_can_grant(pourquoi),
        ready=sum(not lots.blocking(one) for one in sendable),
    )


@bp.get("/<cle>/modifier/<etape>")
@needs(Lot, Can.VIEW)
def modifier(lot: Lot, etape: str) -> ResponseReturnValue:
    return _form(lot, lots.allowed(identite.acteur(), lot, Can.EDIT), etape)


@bp.post("/<cle>/modifier/<etape>")
@needs(Lot, Can.VIEW)
def previsualiser(lot: Lot, etape: str) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    unsent = lots.allowed(acteur, lot, Can.EDIT)
    model = _model(unsent)
    step = _step(model, etape)
    among = lists(acteur, model.dispositif)
    shown = answers_at(model, [question.name for question in step.questions], envoi.revision)
    answered = _common(step, model, typed(step.questions))
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
    model = _model(unsent)
    step, shown = _step(model, etape), _revisions(request.form.get("_revisions", ""))
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


@bp.get("/<cle>/transmettre")
@needs(Lot, Can.VIEW)
def verifier_envoi(lot: Lot) -> ResponseReturnValue:
    return _sending(lot)


@bp.post("/<cle>/transmettre")
@needs(Lot, Can.VIEW)
def transmettre(lot: Lot) -> ResponseReturnValue:
    received()
    acteur, named = identite.acteur(), set(request.form.get("_parties", "").split())
    chosen = [one for one in lots.allowed(acteur, lot, Can.SUBMIT, lock=True) if one.cle in named]
    if not chosen:
        return _sending(lot, "Aucun dossier de ce lot n’est prêt à être transmis.", "#manques")
    try:
        submit_together(acteur, chosen, attested="attestation" in request.form)
    except Incomplet:
        raise Conflit(
            "Un de ces dossiers n’est plus complet\u00a0: quelqu’un vient de le modifier. Aucun "
            "n’a été transmis. Revenez au lot, puis recommencez."
        ) from None
    except Refuse as refusal:
        return _sending(lot, refusal.message, "#attestation")
    numbers = ", ".join(one.designation for one in chosen)
    flash(f"{plural(len(chosen), 'dossier transmis', 'dossiers transmis')}. {numbers}.", "ok")
    return redirect(url_for("lots.lot", cle=lot.cle), 303)


def _lacking(parties: Sequence[Dossier]) -> dict[str, Raison]:
    """What a right keeps closed on some part that is not sent, told for the first of them."""
    found: dict[str, Raison] = {}
    for one in filter(_unsent, parties):
        found = {**lacking(one, (Can.EDIT, Can.SUBMIT)), **found}
    return found


def _unsent(dossier: Dossier) -> bool:
    return dossier.statut is Statut.BROUILLON


def _model(unsent: Sequence[Dossier]) -> Dossier:
    """The part whose answers the form shows. Raise Interdit when none can be changed."""
    if not unsent:
        raise Interdit(
            "Aucun dossier de ce lot ne peut être modifié\u00a0: ils sont transmis, ou vous n’avez "
            "pas le droit d’y saisir. Rien n’a été modifié."
        )
    return unsent[0]


def _step(dossier: Dossier, name: str) -> Step:
    step = declaration(dossier).step(name)
    if step is None or not _shown_in(step, dossier):
        raise Introuvable()
    return step


def _common_steps(dossier: Dossier) -> list[Step]:
    """The steps that hold an answer for all the parts."""
    return [step for step in declaration(dossier).steps if _shown_in(step, dossier)]


def _shown_in(step: Step, dossier: Dossier) -> list[Question]:
    return [one for one in step.questions if not of_each_part(one, dossier.reponses)]


def _common(step: Step, dossier: Dossier, answered: Mapping[str, Raw]) -> dict[str, Raw]:
    names = {question.name for question in _shown_in(step, dossier)}
    return {name: raw for name, raw in answered.items() if name in names}


def _form(
    lot: Lot,
    unsent: Sequence[Dossier],
    etape: str,
    answers: Answers | None = None,
    message: str = "",
    wrong: set[str] | None = None,
) -> ResponseReturnValue:
    """The questions of a step with the answers of the first part, or as they were just typed."""
    model = _model(unsent)
    step = _step(model, etape)
    drawn = fields(
        _shown_in(step, model),
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


def _sending(lot: Lot, message: str = "", anchor: str = "") -> ResponseReturnValue:
    """The parts that are ready, and what the others lack."""
    unsent = [one for one in lots.allowed(identite.acteur(), lot, Can.SUBMIT) if _unsent(one)]
    lacks = [(one, lots.blocking(one)) for one in unsent]
    return page(
        "lots/transmettre.html",
        titre="Transmettre les parties prêtes",
        status=422 if message else 200,
        errors=[(message, anchor)] if message else [],
        lot=lot,
        ready=[one for one, missing in lacks if not missing],
        others=[(one, len(missing)) for one, missing in lacks if missing],
    )
