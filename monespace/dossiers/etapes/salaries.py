"""Étape «Salariés»: what is asked of each person sent to a training course."""

from dataclasses import replace

from monespace.dossiers.declaration import Personnes
from monespace.forms.kinds import Hours, Siret, YesNo
from monespace.forms.questionnaire import Question, Step, when
from monespace.salaries.fiche import PERSONNE, SALAIRE

SALARIES = Step("stagiaires", "Salariés")

STAGIAIRES = Personnes(
    step="stagiaires",
    questions=(
        *PERSONNE,
        replace(
            SALAIRE,
            required=True,
            hint="Demandé parce que vous sollicitez la prise en charge de la rémunération.",
            asked_if=when("remu_demandee", True),
        ),
        Question(
            "boeth",
            "Bénéficiaire de l’obligation d’emploi (handicap)",
            YesNo(),
            hint="Ne répondez que si la personne en est d’accord.",
            headings=("rqth", "boeth", "travailleur handicapé"),
            emptied="À redemander à chaque personne, qui peut avoir changé d’avis.",
        ),
        Question(
            "heures",
            "Heures prévues",
            Hours(),
            hint="Seulement si elles diffèrent de la durée de la formation.",
            headings=("nombre d’heures", "durée prévue"),
        ),
        Question(
            "affectation",
            "Établissement d’affectation",
            Siret(),
            among="etablissements",
            hint="Seulement s’il diffère de celui du dossier.",
            headings=("siret", "siret d’affectation", "établissement", "site"),
        ),
    ),
    shown=("csp", "contrat", "heures"),
)
