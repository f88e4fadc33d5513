"""The wizard: one page per step, in any order, saved whatever is typed in it."""

from collections.abc import Mapping

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import horloge, identite
from monespace.blueprints.dossiers import bp
from monespace.blueprints.dossiers.navigation import after, frame
from monespace.blueprints.formulaire import Envoi, received, typed
from monespace.dossiers import actions
from monespace.dossiers.actions import Saved
from monespace.dossiers.choices import lists
from monespace.dossiers.completude import PIECES
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answer, Answers
from monespace.forms.fields import fields
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
    among = lists(acteur, dossier.dispositif)
    saved = actions.save(acteur, dossier, step, typed(step.questions), envoi.revision, among)
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
        lists(identite.acteur(), dossier.dispositif),
        asked_again(saved) if saved else None,
    )
    return page(
        "dossiers/etape.html",
        titre=f"{step.title} – {dossier.intitule or dossier.designation}",
        status=status_of(saved),
        step=step,
        facts=[(fact.label, fact.read(dossier.etablissement)) for fact in step.facts],
        fields=drawn,
        errors=[(f"{f.label}\u00a0: {f.error}", f"#{f.id}") for f in drawn if f.error and saved],
        suivante=after(dossier, step.name),
        **frame(dossier, step.name),
    )


def status_of(saved: Saved | None) -> int:
    """409 when somebody else changed the same answer, 422 when one cannot be read."""
    if saved is None:
        return 200
    return 409 if saved.contested else 422


def asked_again(saved: Saved) -> Mapping[str, tuple[Answer, str]]:
    """What this person typed where another had just answered, with who and when."""
    asked = {}
    for name, contested in saved.contested.items():
        theirs = contested.theirs
        who = theirs.auteur.nom_complet if theirs.auteur else "Une autre personne"
        sentence = (
            f"{who} a aussi modifié cette réponse à {time_of(theirs.instant)}. Votre réponse "
            "s’affiche ici\u00a0: enregistrez pour la garder, ou rechargez pour voir la sienne."
        )
        asked[name] = (contested.typed, sentence)
    return asked


def quietly(dossier: Dossier, step: Step, saved: Saved) -> ResponseReturnValue:
    """The answer to an autosave: the state around the form, never the form being typed in."""
    also = ["enregistrement", "avancement"]
    labels = [question.label for question in step.questions if question.name in saved.contested]
    if not labels:
        also.append("revision")
    return page(
        "dossiers/etape.html",
        titre=step.title,
        also=(*also, "alerte"),
        only_also=True,
        step=step,
        fields=(),
        alerte=f"Une autre personne a aussi modifié\u00a0: {', '.join(labels)}. "
        "Enregistrez pour comparer."
        if labels
        else "",
        **frame(dossier, step.name),
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
