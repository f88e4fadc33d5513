"""The wizard: one page per step, in any order, saved whatever is typed in it."""

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import horloge, identite
from monespace.blueprints.dossiers import bp
from monespace.blueprints.dossiers.comparaison import (
    as_posted,
    asked_again,
    errors_of,
    status_of,
)
from monespace.blueprints.dossiers.navigation import after, frame
from monespace.blueprints.formulaire import Envoi, new_token, received, typed
from monespace.dossiers import actions
from monespace.dossiers.actions import Saved
from monespace.dossiers.choices import lists
from monespace.dossiers.completude import PIECES
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.fields import Lists, fields
from monespace.forms.questionnaire import Step
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Introuvable
from monespace.typographie import time_of


@bp.get("/<cle>/etapes/<etape>")
@needs(Dossier, Can.EDIT)
def etape(dossier: Dossier, etape: str) -> ResponseReturnValue:
    if etape == declaration(dossier).personnes.step:
        return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)
    if etape == PIECES:
        return redirect(url_for("dossiers.pieces", cle=dossier.cle), 303)
    return show(dossier, step_named(dossier, etape))


@bp.post("/<cle>/etapes/<etape>")
@needs(Dossier, Can.EDIT)
def enregistrer(dossier: Dossier, etape: str) -> ResponseReturnValue:
    envoi, step, acteur = received(), step_named(dossier, etape), identite.acteur()
    among = _lists_of(step, dossier)
    answers = typed(step.questions)
    posted = as_posted(envoi)
    saved = actions.save(acteur, dossier, step, answers, envoi.revision, among, posted)
    if envoi.automatic:
        return quietly(dossier, step, saved)
    if saved.contested or (saved.unreadable and envoi.suite != "quitter"):
        return show(dossier, step, saved)
    return leave(dossier, step.name, envoi)


def step_named(dossier: Dossier, name: str) -> Step:
    """The step of that name. Raise Introuvable."""
    step = declaration(dossier).step(name)
    if step is None:
        raise Introuvable()
    return step


def show(dossier: Dossier, step: Step, saved: Saved | None = None) -> ResponseReturnValue:
    """The page of a step; after a save that asks something, with what it asks."""
    drawn = fields(
        step.questions,
        Answers(dossier.reponses, dossier.saisies),
        _lists_of(step, dossier),
        asked_again(saved) if saved else None,
    )
    return page(
        "dossiers/etape.html",
        titre=f"{step.title} – {dossier.intitule or dossier.designation}",
        status=status_of(saved),
        contested=saved is not None and bool(saved.contested),
        formulaire=new_token(),
        step=step,
        facts=[(fact.label, fact.read(dossier.etablissement)) for fact in step.facts],
        fields=drawn,
        errors=errors_of(drawn) if saved else [],
        suivante=after(dossier, step.name),
        **frame(dossier, step.name),
    )


def quietly(
    dossier: Dossier,
    step: Step,
    saved: Saved,
    template: str = "dossiers/etape.html",
    also: tuple[str, ...] = (),
    **context: Any,
) -> ResponseReturnValue:
    """The answer to an autosave: the state around the form, never the form being typed in."""
    around = ["enregistrement", "avancement", *also]
    labels = [question.label for question in step.questions if question.name in saved.contested]
    if not labels:
        around.append("revision")
    return page(
        template,
        titre=step.title,
        also=(*around, "alerte"),
        only_also=True,
        step=step,
        fields=(),
        alerte=f"Une autre personne a aussi modifié\u00a0: {', '.join(labels)}. "
        "Enregistrez pour comparer."
        if labels
        else "",
        **frame(dossier, step.name),
        **context,
    )


def leave(dossier: Dossier, step: str, envoi: Envoi) -> ResponseReturnValue:
    """Where the pressed button leads: the next step, or out."""
    if envoi.suite == "quitter":
        flash(
            f"Brouillon enregistré à {time_of(horloge.now())}. "
            "Ce dossier n’est pas encore transmis.",
            "ok",
        )
        return redirect(url_for("dossiers.liste"), 303)
    return redirect(after(dossier, step), 303)


def _lists_of(step: Step, dossier: Dossier) -> Lists:
    """The lists its questions choose from; most steps have none, and read none."""
    if not any(question.among for question in step.questions):
        return {}
    return lists(identite.acteur(), dossier.dispositif)
