"""From which day to which day somebody has access: a stand-in, a fixed term."""

from datetime import date

from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, personnes
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.retour import back_to
from monespace.blueprints.formulaire import received, typed
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import fields
from monespace.forms.kinds import Date
from monespace.forms.questionnaire import Question
from monespace.guard import fresh, needs
from monespace.organisations.models import Rattachement
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

KIND = Date()
DEBUT = Question(
    "debut", "Premier jour", KIND, hint="Laissez vide pour «\u00a0dès maintenant\u00a0»."
)
FIN = Question("fin", "Dernier jour", KIND, hint="Laissez vide pour «\u00a0sans limite\u00a0».")


@bp.get("/personnes/<cle>/dates")
@needs(Rattachement, Can.EDIT)
def dates(rattachement: Rattachement) -> ResponseReturnValue:
    answers = Answers({}, {})
    answers["debut"], answers["fin"] = _known(rattachement.debut), _known(rattachement.fin)
    return show(rattachement, answers)


@bp.post("/personnes/<cle>/dates")
@needs(Rattachement, Can.EDIT)
@fresh
def enregistrer_dates(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    came, answers = typed((DEBUT, FIN)), Answers({}, {})
    for question in (DEBUT, FIN):
        answers[question.name] = read(question.kind, came.get(question.name, ()))
    faults = [
        (answers[one.name].error, f"#{one.name}") for one in (DEBUT, FIN) if answers[one.name].error
    ]
    if faults:
        return show(rattachement, answers, faults)
    debut, fin = (_day(answers[one.name]) for one in (DEBUT, FIN))
    try:
        actions.set_dates(identite.acteur(), rattachement, debut, fin)
    except Refuse as refusal:
        return show(rattachement, answers, [(refusal.message, "#fin")])
    return back_to(
        rattachement, "Les dates d’accès sont enregistrées. Cette personne est prévenue."
    )


def show(
    rattachement: Rattachement, answers: Answers, errors: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    """The form of both dates; after a refusal, with the reasons."""
    person = personnes.person_of(rattachement)
    return page(
        "acces/dates.html",
        titre=f"Dates d’accès de {person.nom_complet}",
        status=422 if errors else 200,
        rattachement=rattachement,
        person=person,
        fields=fields((DEBUT, FIN), answers, {}),
        errors=errors or [],
    )


def _known(day: date | None) -> Answer:
    return Answer(KIND.to_json(day)) if day else Answer()


def _day(answer: Answer) -> date | None:
    return None if answer.value is None else KIND.from_json(answer.value)
