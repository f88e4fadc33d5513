"""The rights asked for in a form: établissements, searchable when many, dispositifs, verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import request

from monespace.acces import voulu
from monespace.acces.actions.demander import Voulu
from monespace.blueprints.formulaire import typed
from monespace.dossiers.dispositifs import catalogue
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.fields import Field, fields
from monespace.forms.kinds import Choices
from monespace.forms.questionnaire import Question
from monespace.forms.validators import printable
from monespace.organisations.models import Etablissement, Qualite
from monespace.organisations.octrois import Octrois
from monespace.organisations.queries import etablissements_of
from monespace.recherche import normalise, terms

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Grille:
    """A form of rights as it stands, on the établissements of one organisation."""

    places: Sequence[Etablissement]
    questions: tuple[Question, ...]
    answers: Answers
    problems: dict[str, str]

    @classmethod
    def of(cls, organisation_id: int, answers: Answers, joining: bool) -> "Grille":
        """The form with these answers, before anything is sent."""
        places = etablissements_of(organisation_id)
        return cls(places, _questions(places, joining), answers, {})

    @property
    def many(self) -> bool:
        """Are there too many établissements for one page?"""
        return len(self.places) > MOST_SHOWN

    @property
    def chercher(self) -> str:
        """What was looked for among them."""
        return printable(request.form.get("chercher", ""))[:200]

    @property
    def octrois(self) -> Octrois:
        return voulu.octrois(self.answers.reponses)

    @property
    def drawn(self) -> list[Field]:
        """The fields; of many établissements, those that are ticked and those looked for."""
        shown = [self._shown() if one.name == "sirets" else one for one in self.questions]
        return [
            replace(one, error=self.problems.get(one.name, ""))
            for one in fields(shown, self.answers, {})
        ]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is to be mended, each with the address of its control."""
        return [
            (f"{one.label}\u00a0: {one.error}", f"#{one.id}") for one in self.drawn if one.error
        ]

    def asked(self) -> Voulu:
        """What somebody who joins asks for, once nothing is to be mended."""
        answers = self.answers.reponses
        return Voulu(
            self.octrois,
            str(answers.get("message", "")),
            Qualite(str(answers["qualite"])),
            str(answers.get("siren_mandataire", "")),
        )

    def _shown(self) -> Question:
        """The établissements on the page."""
        question = next(one for one in self.questions if one.name == "sirets")
        if not self.many:
            return question
        kept = self.answers.reponses.get("sirets")
        ticked = set(map(str, kept)) if isinstance(kept, list) else set()
        looked_for = terms(self.chercher)
        first = [one for one in self.places if one.siret in ticked]
        others = [one for one in self.places if one.siret not in ticked and _named(one, looked_for)]
        shown = [*first, *others[:MOST_SHOWN]]
        return replace(
            question,
            kind=Choices(*((one.siret, f"{one.enseigne}, {one.commune}") for one in shown)),
            hint=f"{len(self.places)} établissements\u00a0: cherchez ceux qui manquent ici.",
        )


def asked_for(organisation_id: int, joining: bool) -> Grille:
    """What was typed in the form of this request, and what it lacks."""
    places = etablissements_of(organisation_id)
    questions = _questions(places, joining)
    answers, raw = Answers({}, {}), typed(questions)
    for one in questions:
        answers[one.name] = read(one.kind, raw.get(one.name, ()))
    for one in questions:
        if not one.asked(answers.reponses):
            answers[one.name] = Answer()
    return Grille(places, questions, answers, voulu.problems(questions, answers))


def _questions(places: Sequence[Etablissement], joining: bool) -> tuple[Question, ...]:
    names = {code: one.nom for code, one in catalogue().items()}
    return voulu.questions(places, names, joining)


def _named(place: Etablissement, words: Sequence[str]) -> bool:
    text = normalise(f"{place.siret} {place.enseigne} {place.commune} {place.code_postal}")
    return all(word in text for word in words)
