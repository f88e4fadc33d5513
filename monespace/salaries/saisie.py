"""The form of a fiche: what the directory cannot do without, and what is read of what was typed."""

from collections.abc import Mapping
from dataclasses import replace

from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import Lists, kind_of
from monespace.forms.questionnaire import Question, Raw
from monespace.salaries.fiche import FICHE, IDENTITE

# What is asked here; a dossier asks for more, and says so itself.
NEEDED: Mapping[str, str] = {
    "etablissement": "Choisissez l’établissement de cette personne.",
    "nom_naissance": "Indiquez le nom de naissance.",
    "prenom": "Indiquez le prénom.",
    "naissance": "Indiquez une date de naissance, par exemple 27 3 1994.",
}
QUESTIONS: tuple[Question, ...] = tuple(
    replace(question, required=question.name in NEEDED) for question in FICHE.questions
)
BY_NAME: Mapping[str, Question] = {question.name: question for question in QUESTIONS}
assert {*IDENTITE, "etablissement"} == NEEDED.keys()


def read_form(typed: Mapping[str, Raw], lists: Lists, current: Answers) -> Answers:
    """The answers once `typed` is read over `current`: what cannot be read, or lacks, is told."""
    answers = Answers(current.reponses, current.saisies)
    for name, raw in typed.items():
        answers[name] = read(kind_of(BY_NAME[name], lists, current[name]), raw)
    return complete(answers)


def complete(answers: Answers) -> Answers:
    """The same answers, with what the directory needs and lacks told as faults."""
    for name, sentence in NEEDED.items():
        if answers[name] == Answer():
            answers[name] = Answer(error=sentence)
    return answers


def asked_in_vain(answers: Answers) -> list[str]:
    """Names of the questions whose answer keeps the fiche from being written."""
    return [
        name
        for name in answers.saisies
        if name in BY_NAME and BY_NAME[name].asked(answers.reponses)
    ]
