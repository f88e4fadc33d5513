"""Write to the OPCO, signed in or not."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.aide import actions, queries
from monespace.aide.codes import without_codes
from monespace.aide.formulaire import PROFILS, QUESTIONS, SUJETS
from monespace.blueprints import protection
from monespace.blueprints.dossiers.comparaison import errors_of
from monespace.blueprints.formulaire import new_token, received, typed
from monespace.forms.answers import Answers, read
from monespace.forms.fields import fields
from monespace.guard import public
from monespace.page import announce, page

bp = Blueprint("contact", __name__, url_prefix="/aide/contact")

# What another page may fill in: a SIREN, and words of closed lists. Never free text.
KNOWN = {
    "profil": {value.value for value, _ in PROFILS},
    "sujet": {value.value for value, _ in SUJETS},
}


@bp.get("")
@public("whoever cannot sign in must be able to write")
def formulaire() -> ResponseReturnValue:
    person = identite.visiteur()
    answers = Answers(queries.identity(person.acteur) if person else {}, {})
    for question in QUESTIONS:
        given = request.args.get(question.name, "")
        if question.name == "siren" and given and without_codes(given) == given:
            answers["siren"] = read(question.kind, (given,))
        elif given in KNOWN.get(question.name, ()):
            answers[question.name] = read(question.kind, (given,))
    return _show(answers, new_token())


@bp.post("")
@public("whoever cannot sign in must be able to write")
def envoyer() -> ResponseReturnValue:
    envoi, person = received(), identite.visiteur()
    answers = Answers({}, {})
    for name, raw in typed(QUESTIONS).items():
        answers[name] = read(next(one.kind for one in QUESTIONS if one.name == name), raw)
    if not actions.check(answers):
        return _show(answers, envoi.jeton, 422)
    config = services.config()
    written = {name: str(value) for name, value in answers.reponses.items()}
    acteur = person.acteur if person else None
    try:
        message = actions.write(
            acteur, written, envoi.jeton, protection.network(), config.opco.courriel
        )
    except actions.Trop as refusal:
        return _show(answers, envoi.jeton, refusal.statut, refusal.message)
    announce(
        "ok",
        f"Votre message est envoyé sous le numéro {message.numero}.",
        f"Un accusé de réception part à {written['courriel']}. Notez ce numéro pour nous appeler.",
    )
    return redirect(url_for("aide.aide"), 303)


def _show(
    answers: Answers, jeton: str, status: int = 200, message: str = ""
) -> ResponseReturnValue:
    drawn = fields(QUESTIONS, answers, {})
    errors = errors_of(drawn) if status == 422 else []
    if message:
        errors.append((message, "#message"))
    return page(
        "aide/contact.html",
        titre="Nous écrire",
        status=status,
        fields=drawn,
        errors=errors,
        jeton=jeton,
    )
