"""Étape «Salariés»: what is asked of each person sent to a training course."""

from monespace.dossiers.declaration import Personnes
from monespace.forms.kinds import (
    Choice,
    Date,
    Email,
    Hours,
    Money,
    Percent,
    Phone,
    Siret,
    Text,
    YesNo,
)
from monespace.forms.questionnaire import Question, Step, when

CSP = (
    ("ouvrier_nq", "Ouvrier non qualifié"),
    ("ouvrier_q", "Ouvrier qualifié"),
    ("employe", "Employé"),
    ("technicien", "Technicien ou agent de maîtrise"),
    ("cadre", "Ingénieur ou cadre"),
    ("dirigeant_s", "Dirigeant salarié"),
    ("dirigeant_ns", "Dirigeant non salarié"),
)
CONTRATS = (
    ("cdi", "CDI"),
    ("cdd", "CDD"),
    ("interim", "CDI intérimaire ou mission"),
    ("apprentissage", "Apprentissage"),
    ("professionnalisation", "Professionnalisation"),
    ("aide", "Contrat aidé"),
    ("saisonnier", "Saisonnier"),
    ("intermittent", "Intermittent"),
    ("autre", "Autre"),
)
NIVEAUX = (
    ("0", "Sans diplôme"),
    ("1", "Niveau 1"),
    ("2", "Niveau 2"),
    ("3", "Niveau 3 (CAP, BEP)"),
    ("4", "Niveau 4 (baccalauréat)"),
    ("5", "Niveau 5 (bac + 2)"),
    ("6", "Niveau 6 (licence)"),
    ("7", "Niveau 7 (master)"),
    ("8", "Niveau 8 (doctorat)"),
)

SALARIES = Step("stagiaires", "Salariés")

STAGIAIRES = Personnes(
    step="stagiaires",
    questions=(
        Question("civilite", "Civilité", Choice(("mme", "Mme"), ("m", "M.")), required=True),
        Question("nom_naissance", "Nom de naissance", Text(100), required=True),
        Question("nom_usage", "Nom d’usage", Text(100)),
        Question("prenom", "Prénom", Text(100), required=True),
        Question(
            "naissance",
            "Date de naissance",
            Date(past=True),
            required=True,
            hint="Par exemple\u00a0: 27 3 1994",
        ),
        Question("sexe", "Sexe", Choice(("f", "Féminin"), ("m", "Masculin")), required=True),
        Question("courriel", "Adresse e-mail", Email()),
        Question("telephone", "Téléphone", Phone()),
        Question("csp", "Catégorie socioprofessionnelle", Choice(*CSP), required=True),
        Question("contrat", "Type de contrat", Choice(*CONTRATS), required=True),
        Question("embauche", "Date d’embauche", Date()),
        Question("emploi", "Emploi occupé", Text(100), required=True),
        Question("diplome", "Niveau de diplôme", Choice(*NIVEAUX), required=True),
        Question(
            "temps",
            "Temps de travail",
            Choice(("plein", "Temps plein"), ("partiel", "Temps partiel")),
        ),
        Question(
            "temps_taux",
            "Part du temps plein en %",
            Percent(),
            asked_if=when("temps", "partiel"),
        ),
        Question(
            "salaire_horaire",
            "Salaire horaire chargé",
            Money(),
            required=True,
            hint="Demandé parce que vous sollicitez la prise en charge de la rémunération.",
            asked_if=when("remu_demandee", True),
        ),
        Question(
            "boeth",
            "Bénéficiaire de l’obligation d’emploi (handicap)",
            YesNo(),
            hint="Ne répondez que si la personne en est d’accord.",
        ),
        Question(
            "heures",
            "Heures prévues",
            Hours(),
            hint="Seulement si elles diffèrent de la durée de la formation.",
        ),
        Question(
            "affectation",
            "Établissement d’affectation",
            Siret(),
            among="etablissements",
            hint="Seulement s’il diffère de celui du dossier.",
        ),
    ),
    shown=("csp", "contrat", "heures"),
)
