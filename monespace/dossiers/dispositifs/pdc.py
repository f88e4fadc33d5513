"""Plan de développement des compétences: action de formation (Code du travail, L. 6313-1)."""

from collections.abc import Iterable
from datetime import timedelta

from monespace import horloge
from monespace.dossiers.declaration import Dispositif, PieceAttendue
from monespace.dossiers.etapes.adresse import known_postal_code
from monespace.dossiers.etapes.budget import BUDGET, POSTES
from monespace.dossiers.etapes.entreprise import ENTREPRISE
from monespace.dossiers.etapes.organisme import ORGANISME
from monespace.dossiers.etapes.salaries import SALARIES, STAGIAIRES
from monespace.forms.kinds import (
    Choice,
    CodeFormation,
    CodeNsf,
    CodePostal,
    CodeRome,
    Date,
    Hours,
    Integer,
    LongText,
    Text,
    YesNo,
)
from monespace.forms.questionnaire import Probleme, Question, Step, Values, when
from monespace.referentiels import nsf

FILING_DAYS_BEFORE_START = 30
OUTSIDE_WORK_HOURS_A_YEAR = 30


def dates_in_order(values: Values) -> Iterable[Probleme]:
    """The course ends after it starts, and is best filed 30 calendar days ahead."""
    debut, fin = values["date_debut"], values["date_fin"]
    if debut and fin and fin < debut:
        yield Probleme("date_fin", "Indiquez une date de fin postérieure à la date de début.")
    if debut and debut < horloge.today() + timedelta(days=FILING_DAYS_BEFORE_START):
        yield Probleme(
            "date_debut",
            "Hors délai\u00a0: une demande se dépose 30 jours avant le début de la formation. "
            "Vous pouvez l’envoyer, l’OPCO peut la refuser.",
            blocks=False,
        )


def distance_within_total(values: Values) -> Iterable[Probleme]:
    """The convention states the part taught at a distance (D. 6353-1): at most the whole."""
    distance, total = values["heures_distance"], values["duree_heures"]
    if distance and total and distance > total:
        yield Probleme(
            "heures_distance", "Indiquez au plus la durée totale de la formation, en heures."
        )


def known_domain(values: Values) -> Iterable[Probleme]:
    """A code that the nomenclature does not have is worth a second look."""
    if values["domaine"] and not nsf.libelle(values["domaine"]):
        yield Probleme(
            "domaine",
            "Ce code n’est pas dans la liste NSF\u00a0: vérifiez-le.",
            blocks=False,
        )


def outside_working_time(values: Values) -> Iterable[Probleme]:
    """Outside working time: 30 hours a year without an agreement (L. 6321-6)."""
    if values["temps_travail"] == "hors" and (values["duree_heures"] or 0) > (
        OUTSIDE_WORK_HOURS_A_YEAR
    ):
        yield Probleme(
            "temps_travail",
            "Hors temps de travail, la formation est limitée à 30 heures par an et par salarié "
            "sauf accord d’entreprise ou de branche\u00a0: vérifiez ce point.",
            blocks=False,
        )


FORMATION = Step(
    "formation",
    "Action de formation",
    (
        Question(
            "type_action",
            "Type d’action",
            Choice(
                ("formation", "Action de formation"),
                ("bilan", "Bilan de compétences"),
                ("vae", "Validation des acquis de l’expérience"),
            ),
            required=True,
        ),
        Question("intitule", "Intitulé", Text(255), required=True, projected_to="intitule"),
        Question("objectif", "Objectif professionnel", LongText(4000), required=True),
        Question(
            "nature",
            "Nature",
            Choice(
                ("obligatoire", "Formation obligatoire ou réglementaire"),
                ("autre", "Autre formation"),
            ),
            required=True,
        ),
        Question("certifiante", "Formation certifiante", YesNo(), required=True),
        Question(
            "code_formation",
            "Code de la certification",
            CodeFormation(),
            required=True,
            hint="Code RNCP, RS ou bloc de compétences, par exemple RNCP38565.",
            asked_if=when("certifiante", True),
            projected_to="code_formation",
        ),
        Question(
            "domaine",
            "Code du domaine de formation (NSF)",
            CodeNsf(),
            hint="3 chiffres, indiqués par l’organisme.",
        ),
        Question("code_rome", "Code ROME du métier visé", CodeRome(), hint="Par exemple M1805."),
        Question(
            "modalite",
            "Modalité pédagogique",
            Choice(
                ("presentiel", "En présence"),
                ("distance", "À distance"),
                ("mixte", "Mixte"),
                ("afest", "En situation de travail (AFEST)"),
            ),
            required=True,
            projected_to="modalite",
        ),
        Question(
            "heures_distance",
            "Heures à distance",
            Hours(),
            required=True,
            hint="La convention doit indiquer cette part.",
            asked_if=when("modalite", "distance", "mixte"),
            projected_to="duree_distance",
        ),
        Question(
            "organisation",
            "Organisation",
            Choice(
                ("inter", "Inter-entreprises"),
                ("intra", "Intra-entreprise"),
                ("interne", "Formation interne"),
            ),
            required=True,
            projected_to="organisation",
        ),
        Question(
            "lieu_adresse",
            "Adresse du lieu de formation",
            Text(200),
            required=True,
            asked_if=when("modalite", "presentiel", "mixte", "afest"),
        ),
        Question(
            "lieu_code_postal",
            "Code postal du lieu",
            CodePostal(),
            required=True,
            asked_if=when("modalite", "presentiel", "mixte", "afest"),
        ),
        Question(
            "lieu_commune",
            "Commune du lieu",
            Text(100),
            required=True,
            asked_if=when("modalite", "presentiel", "mixte", "afest"),
        ),
        Question(
            "date_debut",
            "Date de début",
            Date(),
            required=True,
            projected_to="date_debut",
            emptied="Une nouvelle session a ses propres dates.",
        ),
        Question(
            "date_fin",
            "Date de fin",
            Date(),
            required=True,
            projected_to="date_fin",
            emptied="Une nouvelle session a ses propres dates.",
        ),
        Question(
            "duree_heures",
            "Durée totale en heures",
            Hours(),
            required=True,
            hint="Pour un stagiaire, par exemple 14 ou 13,5.",
            projected_to="duree",
        ),
        Question("duree_jours", "Nombre de jours", Integer(1, 400), required=True),
        Question(
            "temps_travail",
            "Temps de travail",
            Choice(
                ("pendant", "Pendant le temps de travail"),
                ("hors", "Hors temps de travail"),
                ("mixte", "Mixte"),
            ),
            required=True,
        ),
    ),
    checks=(
        dates_in_order,
        distance_within_total,
        outside_working_time,
        known_domain,
        known_postal_code("lieu_code_postal"),
    ),
)

DISPOSITIF = Dispositif(
    code="PDC",
    nom="Action de formation",
    version="2026",
    prefixe="D",
    description="Former jusqu’à 30 salariés, au titre du plan de développement des compétences.",
    steps=(
        ENTREPRISE,
        FORMATION,
        ORGANISME,
        SALARIES,
        BUDGET,
    ),
    personnes=STAGIAIRES,
    pieces=(
        PieceAttendue(
            "convention",
            "Convention de formation signée",
            "Signée par l’entreprise et l’organisme, avec tous les coûts pédagogiques.",
        ),
        PieceAttendue(
            "programme",
            "Programme de la formation",
            "Objectifs, contenu, durée et modalités.",
        ),
    ),
    postes=POSTES,
    guide=(
        "Déposez la demande 30 jours avant le début de la formation, avec la convention signée "
        "et le programme. Les étapes se remplissent dans l’ordre que vous voulez."
    ),
)
