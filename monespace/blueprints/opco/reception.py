"""Record the day a letter came: the end of its code follows from it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import horloge, identite
from monespace.activation import actions
from monespace.activation.models import CodeActivation
from monespace.blueprints.formulaire import received, typed
from monespace.blueprints.opco import bp
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import fields
from monespace.forms.kinds import Date
from monespace.forms.questionnaire import Question
from monespace.guard import fresh, needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

RECU = Question(
    "recu",
    "Jour où le courrier est arrivé",
    Date(past=True),
    required=True,
    hint="Tel que l’entreprise vous l’a dit, par exemple\u00a0: 27 11 2026",
)


@bp.get("/codes/<cle>/reception")
@needs(CodeActivation, Can.EDIT)
def reception(code: CodeActivation) -> ResponseReturnValue:
    # Presumed, it may still be to come: no day to record.
    past = code.recu_le <= horloge.today()
    return _show(code, Answer(code.recu_le.isoformat()) if past else Answer())


@bp.post("/codes/<cle>/reception")
@needs(CodeActivation, Can.EDIT)
@fresh
def constater_reception(code: CodeActivation) -> ResponseReturnValue:
    received()
    answer = read(RECU.kind, typed((RECU,)).get("recu", ()))
    if answer.error or answer.value is None:
        return _show(code, answer, answer.error or RECU.kind.invite)
    try:
        actions.record_reception(identite.acteur(), code, RECU.kind.from_json(answer.value))
    except Refuse as refusal:
        return _show(code, answer, refusal.message)
    flash("La date de réception est enregistrée\u00a0: la fin de validité en découle.", "ok")
    return redirect(url_for("opco.entreprise", cle=code.organisation.cle), 303)


def _show(code: CodeActivation, answer: Answer, error: str = "") -> ResponseReturnValue:
    raw = RECU.kind.write(RECU.kind.from_json(answer.value)) if answer.value else answer.raw
    answers = Answers({}, {})
    answers["recu"] = Answer(raw=raw, error=error) if error else answer
    return page(
        "opco/reception.html",
        titre=f"Date de réception par {code.organisation.nom}",
        status=422 if error else 200,
        code=code,
        fields=fields((RECU,), answers, {}),
        errors=[(error, "#recu")] if error else [],
    )
