"""The fields of the forms of an account, read and drawn."""

from collections.abc import Iterable, Mapping, Sequence

from flask import request

from monespace import services
from monespace.blueprints.dossiers.comparaison import errors_of
from monespace.blueprints.formulaire import typed
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import Field, fields
from monespace.forms.kinds import Text
from monespace.forms.questionnaire import Question

PRENOM = Question("prenom", "Prénom", Text(100), required=True, autocomplete="given-name")
NOM = Question("nom", "Nom", Text(100), required=True, autocomplete="family-name")
# What is said where an answer is owed and missing.
OWED = {
    "prenom": "Indiquez votre prénom.",
    "nom": "Indiquez votre nom.",
    "courriel": "Indiquez votre adresse e-mail.",
    "profil": "Choisissez une entreprise, ou un organisme de formation.",
    "courriels": "Choisissez l’une des trois réponses.",
}
HOW_TO_CHOOSE = (
    "12\u00a0caractères au moins. Le plus simple\u00a0: trois ou quatre mots sans rapport entre "
    "eux, que vous n’utilisez nulle part ailleurs."
)


def answered(questions: Sequence[Question]) -> Answers:
    """What the form of this request says; an answer that is owed and missing is an error."""
    answers, raws = Answers({}, {}), typed(questions)
    for question in questions:
        answer = read(question.kind, raws.get(question.name, ()))
        if question.required and answer == Answer():
            answer = Answer(error=OWED[question.name])
        answers[question.name] = answer
    return answers


def drawn(questions: Iterable[Question], answers: Answers) -> list[Field]:
    """These questions as a page shows them."""
    return fields(questions, answers, {})


def errors(shown: Iterable[Field], others: Mapping[str, str]) -> list[tuple[str, str]]:
    """The summary of errors: those of the fields, then the `others` by the id of their control."""
    return [*errors_of(shown), *((text, f"#{id_}") for id_, text in others.items() if text)]


def of_the_portal() -> tuple[str, ...]:
    """Words that a password must not be made of, whoever it belongs to."""
    config = services.config()
    return ("Mon Espace", config.opco.nom, request.host)
