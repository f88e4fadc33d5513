"""The rights that somebody asks for: the questions of the form, and what its answers ask."""

from collections.abc import Iterable, Mapping, Sequence

from monespace.acteur import Objet, Verbe
from monespace.db import Json
from monespace.forms.answers import Answer, Answers
from monespace.forms.kinds import Choice, Choices, LongText, Siren
from monespace.forms.questionnaire import Question, when
from monespace.organisations.models import TOUS, Etablissement, Qualite
from monespace.organisations.octrois import Octroi, Octrois

CONSULTER, SAISIR = (Verbe.CONSULTER, "Consulter"), (Verbe.SAISIR, "Saisir")
TRANSMETTRE = (Verbe.TRANSMETTRE, "Transmettre")
SUPPRIMER = (Verbe.SUPPRIMER, "Supprimer")
# What each object may be asked for, under which name of question.
OBJETS: Mapping[str, tuple[Objet, str, tuple[tuple[str, str], ...]]] = {
    "dossiers": (Objet.DOSSIERS, "Dossiers", (CONSULTER, SAISIR, TRANSMETTRE, SUPPRIMER)),
    "salaries": (Objet.SALARIES, "Salariés", (CONSULTER, SAISIR)),
    "factures": (Objet.FACTURES, "Factures", (CONSULTER, SAISIR)),
    "coordonnees": (Objet.COORDONNEES_BANCAIRES, "Coordonnées bancaires", (CONSULTER, SAISIR)),
    "rattachements": (
        Objet.RATTACHEMENTS,
        "Accès des autres personnes",
        (CONSULTER, SAISIR, SUPPRIMER),
    ),
}
NAMES = {objet: name for name, (objet, _, _) in OBJETS.items()}
QUALITE = Question(
    "qualite",
    "Vous êtes",
    Choice(
        (Qualite.MEMBRE, "Une personne de l’entreprise"),
        (Qualite.MANDATAIRE, "Un mandataire, par exemple un cabinet comptable"),
    ),
    required=True,
)
SIREN_MANDATAIRE = Question(
    "siren_mandataire",
    "SIREN de votre cabinet",
    Siren(),
    required=True,
    asked_if=when("qualite", Qualite.MANDATAIRE),
)
OU = Question(
    "ou",
    "Pour quels établissements",
    Choice(("tous", "Toute l’entreprise"), ("certains", "Certains établissements")),
    required=True,
)
MESSAGE = Question(
    "message",
    "Pourquoi en avez-vous besoin",
    LongText(1000),
    required=True,
    hint="Les administrateurs liront ces mots pour décider.",
)

NO_RIGHT = "Cochez au moins un droit, par exemple «\u00a0Consulter\u00a0»."


def questions(
    places: Iterable[Etablissement], dispositifs: Mapping[str, str], joining: bool
) -> tuple[Question, ...]:
    """The form, on these établissements and these dispositifs (their names by their codes).

    `joining`: asked by somebody who does not belong to the company yet.
    """
    sirets = Question(
        "sirets",
        "Établissements",
        Choices(*((one.siret, f"{one.enseigne}, {one.commune}") for one in places)),
        asked_if=when("ou", "certains"),
    )
    codes = Question(
        "dispositifs",
        "Dispositifs",
        Choices(*dispositifs.items()),
        hint="Pour les dossiers. Ne cochez rien pour les demander tous.",
    )
    asked = [
        Question(name, f"Droits sur\u00a0: {label[0].lower()}{label[1:]}", Choices(*verbes))
        for name, (_, label, verbes) in OBJETS.items()
        if not (joining and name == "rattachements")
    ]
    first, *others = asked
    who = (QUALITE, SIREN_MANDATAIRE) if joining else ()
    return (*who, OU, sirets, first, codes, *others, MESSAGE)


def problems(questions: Sequence[Question], answers: Answers) -> dict[str, str]:
    """What keeps the form from being sent, by question."""
    lacks = {
        one.name: one.kind.invite
        for one in questions
        if one.required and one.asked(answers.reponses) and answers[one.name] == Answer()
    }
    if "message" in lacks:
        lacks["message"] = "Dites en une phrase pourquoi vous demandez ces droits."
    if "ou" in lacks:
        lacks["ou"] = "Choisissez toute l’entreprise ou certains établissements."
    if "qualite" in lacks:
        lacks["qualite"] = "Dites si vous êtes de l’entreprise ou son mandataire."
    if answers.reponses.get("ou") == "certains" and answers["sirets"] == Answer():
        lacks["sirets"] = "Cochez au moins un établissement."
    if not octrois(answers.reponses):
        lacks.setdefault("dossiers", NO_RIGHT)
    wrong = {name: answers[name].error for name in answers.saisies}
    return {one.name: (wrong | lacks)[one.name] for one in questions if one.name in wrong | lacks}


def octrois(reponses: Mapping[str, Json]) -> Octrois:
    """The rights that these answers ask for. Saisir comprises Consulter."""
    sirets = _several(reponses, "sirets") if reponses.get("ou") == "certains" else [TOUS]
    found = set()
    for name, (objet, _, _) in OBJETS.items():
        verbes = frozenset(map(Verbe, _several(reponses, name)))
        codes = _several(reponses, "dispositifs") if objet is Objet.DOSSIERS else []
        for siret in sirets if verbes else ():
            for code in codes or [TOUS]:
                found.add(Octroi(objet, siret, code, verbes | {Verbe.CONSULTER}))
    return frozenset(found)


def prefilled(objet: str, verbe: str, siret: str, dispositif: str) -> dict[str, Json]:
    """The answers that ask for one right; nothing of what is not known."""
    name = next((name for known, name in NAMES.items() if known == objet), "")
    if not name or verbe not in {str(one) for one, _ in OBJETS[name][2]}:
        return {}
    answers: dict[str, Json] = {name: [*dict.fromkeys([str(Verbe.CONSULTER), verbe])]}
    answers["ou"] = "tous" if siret in ("", TOUS) else "certains"
    if answers["ou"] == "certains":
        answers["sirets"] = [siret]
    if dispositif not in ("", TOUS):
        answers["dispositifs"] = [dispositif]
    return answers


def _several(reponses: Mapping[str, Json], name: str) -> list[str]:
    kept = reponses.get(name)
    return [str(one) for one in kept] if isinstance(kept, list) else []
