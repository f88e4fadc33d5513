"""Somebody leaves the company; the departure can be undone."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.formulaire import received, typed
from monespace.blueprints.salaries import bp
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import fields
from monespace.forms.kinds import Date
from monespace.forms.questionnaire import Question
from monespace.guard import needs
from monespace.horloge import today
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.salaries import actions
from monespace.salaries.models import Salarie

LE = Question(
    "le",
    "Dernier jour dans l’entreprise",
    Date(),
    required=True,
    hint="Par exemple\u00a0: 31 8 2026",
)


@bp.get("/<cle>/depart")
@needs(Salarie, Can.EDIT)
def depart(salarie: Salarie) -> ResponseReturnValue:
    return show(salarie, Answer((salarie.parti_le or today()).isoformat()))


@bp.post("/<cle>/depart")
@needs(Salarie, Can.EDIT)
def noter_depart(salarie: Salarie) -> ResponseReturnValue:
    received()
    answer = read(LE.kind, typed((LE,)).get("le", ()))
    if answer.error or answer.value is None:
        return show(salarie, answer, answer.error or "Indiquez le dernier jour de cette personne.")
    day = LE.kind.from_json(answer.value)
    try:
        actions.leave(identite.acteur(), salarie, day)
    except Refuse as refusal:
        return show(salarie, answer, refusal.message)
    flash("Le départ est noté.", "ok")
    return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)


@bp.post("/<cle>/retour")
@needs(Salarie, Can.EDIT)
def annuler_depart(salarie: Salarie) -> ResponseReturnValue:
    received()
    actions.come_back(identite.acteur(), salarie)
    flash(f"Le départ de {salarie.nom} est annulé.", "ok")
    return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)


def show(salarie: Salarie, answer: Answer, error: str = "") -> ResponseReturnValue:
    """The page that asks for the date and confirms; after a refusal, with the reason."""
    raw = LE.kind.write(LE.kind.from_json(answer.value)) if answer.value else answer.raw
    told = Answer(raw=raw, error=error) if error else answer
    answers = Answers({}, {})
    answers["le"] = told
    return page(
        "salaries/depart.html",
        titre=f"Départ de {salarie.nom}",
        status=422 if error else 200,
        salarie=salarie,
        fields=fields((LE,), answers, {}),
        errors=[(error, "#le")] if error else [],
    )
