"""Between a dossier and the directory: pick people from it, give back what was typed here."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from monespace import journal, policy
from monespace.acteur import Acteur, Objet, Verbe
from monespace.db import Json, session
from monespace.dossiers.actions.stagiaires import Ajout, Personne, add_people
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.questionnaire import Question
from monespace.policy import Can
from monespace.refus import Interdit, Refuse
from monespace.salaries import actions as annuaire
from monespace.salaries import queries
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.salaries.queries import Reconnu, Verdict
from monespace.salaries.reconnaissance import HIDDEN
from monespace.salaries.saisie import BY_NAME

UNNAMED = (
    "L’annuaire ne prend personne sans nom, prénom et date de naissance. Complétez d’abord cette "
    "personne dans le dossier."
)
NO_RIGHT = (
    f"Vous n’avez pas le droit «\u00a0{Verbe.SAISIR.capitalize()}\u00a0» sur les salariés de cet "
    "établissement. Demandez ce droit à un administrateur de votre entreprise."
)
# The question of a dossier that says where somebody works, when it is not where the dossier is.
AFFECTATION = "affectation"


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that the dossier has and the directory has not, or has otherwise."""

    question: Question
    annuaire: Json
    dossier: Json

    @property
    def in_directory(self) -> str:
        return self._text(self.annuaire)

    @property
    def in_dossier(self) -> str:
        return self._text(self.dossier)

    def _text(self, json: Json) -> str:
        kind = self.question.kind
        return "" if json is None else kind.text(kind.from_json(json))


def pick(acteur: Acteur, dossier: Dossier, salaries: Iterable[Salarie], most: int) -> Ajout:
    """Add people of the directory, with what it knows of them; past `most`, they wait for a lot.

    The dossier must be locked, and each of `salaries` seen by the acteur.
    """
    people = [Personne(one.cle, _taken_over(dossier, one), {}, one.id) for one in salaries]
    return add_people(acteur, dossier, people, most)


def _taken_over(dossier: Dossier, salarie: Salarie) -> dict[str, Json]:
    """What the dossier asks of that person and the directory knows, and nothing more."""
    questions = declaration(dossier).personnes.questions
    known = queries.as_stagiaire(salarie, questions)
    names = {question.name for question in questions}
    if AFFECTATION in names and salarie.etablissement_id != dossier.etablissement_id:
        known[AFFECTATION] = salarie.etablissement.siret
    around = {**dossier.reponses, **known}
    asked = {question.name for question in questions if question.asked(around)}
    return {name: value for name, value in known.items() if name in asked}


def counterpart(acteur: Acteur, stagiaire: Stagiaire) -> Reconnu:
    """Who that person of a dossier is in the directory."""
    if stagiaire.salarie_id is None:
        return queries.recognise(acteur, [stagiaire.reponses])[0]
    found = session().scalar(
        policy.visible(acteur, Salarie).where(Salarie.id == stagiaire.salarie_id)
    )
    if found is None:
        return Reconnu(Verdict.DOUTE, None, HIDDEN)
    return Reconnu(Verdict.CONNU, found)


def differences(stagiaire: Stagiaire, salarie: Salarie | None) -> list[Difference]:
    """What the dossier would write in the directory. What it leaves blank erases nothing."""
    known = salarie.reponses if salarie else {}
    return [
        Difference(question, known.get(name), said)
        for name, question in BY_NAME.items()
        if (said := _said(stagiaire).get(name)) is not None and said != known.get(name)
    ]


def _said(stagiaire: Stagiaire) -> dict[str, Json]:
    """What the dossier says under the names of the directory."""
    asked = {question.name for question in declaration(stagiaire.dossier).personnes.questions}
    return {name: value for name, value in stagiaire.reponses.items() if name in asked}


def refusal(acteur: Acteur, stagiaire: Stagiaire, found: Reconnu) -> str:
    """Why the directory would not take what the dossier says, and what to do; "" if it would."""
    if found.verdict is Verdict.DOUTE:
        return found.sentence
    if found.salarie is None and not identity_of(stagiaire.reponses):
        return UNNAMED
    fiche = found.salarie
    place = fiche.etablissement_id if fiche else _place_of(acteur, stagiaire)
    wanted = fiche is None or bool(differences(stagiaire, fiche))
    if wanted and not (place and acteur.may(Objet.SALARIES, Verbe.SAISIR, place)):
        return NO_RIGHT
    return ""


def _place_of(acteur: Acteur, stagiaire: Stagiaire) -> int | None:
    siret = new_fiche(stagiaire).reponses["etablissement"]
    found = queries.places(acteur, Verbe.SAISIR)
    return next((one.id for one in found if one.siret == siret), None)


def seen(found: Reconnu, differ: Sequence[Difference]) -> str:
    """Changes when what was shown beside is no longer what would be written."""
    person = found.salarie.cle if found.salarie else ""
    rows = [[one.question.name, one.annuaire, one.dossier] for one in differ]
    written = json.dumps([found.verdict, person, rows], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


def give_back(
    acteur: Acteur, stagiaire: Stagiaire, found: Reconnu, names: Collection[str], jeton: str
) -> Salarie:
    """Write in the directory the answers of these names, or a new fiche; link the person to it.

    The dossier must be locked. Raise Refuse or Interdit when the directory may not be written so,
    and what `salaries.actions` raise.
    """
    if told := refusal(acteur, stagiaire, found):
        raise Interdit(told) if told == NO_RIGHT else Refuse(told)
    if found.salarie is None:
        salarie = annuaire.add(acteur, new_fiche(stagiaire), jeton)
    else:
        salarie = _completed(acteur, stagiaire, found.salarie, names)
    _link(acteur, stagiaire, salarie)
    return salarie


def new_fiche(stagiaire: Stagiaire) -> Answers:
    """What the directory would know of somebody it does not know yet."""
    place = stagiaire.reponses.get(AFFECTATION) or stagiaire.dossier.etablissement.siret
    said = {name: value for name, value in _said(stagiaire).items() if name in BY_NAME}
    return Answers({**said, "etablissement": place}, {})


def _completed(
    acteur: Acteur, stagiaire: Stagiaire, salarie: Salarie, names: Collection[str]
) -> Salarie:
    written = [one for one in differences(stagiaire, salarie) if one.question.name in names]
    if not written:
        return salarie
    locked = policy.load(acteur, Salarie, salarie.cle, Can.EDIT, lock=True)
    said = {one.question.name: one.dossier for one in written}
    answers = Answers({**locked.reponses, **said}, locked.saisies)
    annuaire.change(acteur, locked, answers, annuaire.digests(locked), {})
    return locked


def _link(acteur: Acteur, stagiaire: Stagiaire, salarie: Salarie) -> None:
    dossier = stagiaire.dossier
    for other in dossier.stagiaires:
        if other is not stagiaire and other.salarie_id == salarie.id:
            raise Refuse(
                f"{name_of(other)} est déjà relié à cette fiche dans ce dossier. Retirez l’une "
                "des deux personnes du dossier, ou corrigez son nom et sa date de naissance."
            )
    if stagiaire.salarie_id != salarie.id:
        stagiaire.salarie_id = salarie.id
        journal.record(acteur, "relier", dossier, salarie=salarie.nom)
