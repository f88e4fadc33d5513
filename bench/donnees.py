"""The same company in the portal's tables and in the control's, in one SQLite file."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench import temoin
from monespace import horloge
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.db import Database, session
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.filtres import QUESTIONS
from monespace.dossiers.models import Dossier
from monespace.forms.answers import Answers
from monespace.forms.fields import fields
from monespace.forms.questionnaire import Question
from tests.support.entreprise import societe

DOSSIERS = 420
COURRIEL, MOT_DE_PASSE = "camille@entreprise.example", "Mesures-2026-Mesures"
OBJECTIF = "Appliquer les règles d’hygiène de la restauration commerciale et les transmettre."
INTITULES = (
    "Hygiène alimentaire",
    "Conduite d’équipe",
    "Gestes et postures",
    "Excel, perfectionnement",
    "Anglais professionnel",
    "Habilitation électrique",
)


def fill_portal(database: Database) -> str:
    """A company, its administrator and their brouillons. Return the key of one half-filled."""
    random = Random(2026)
    hashed = hash_password(MOT_DE_PASSE)
    start = horloge.now() - timedelta(days=300)
    with database.transaction():
        company = societe()
        acteur = company.person("Martin", administrateur=True)
        person = session().get_one(Utilisateur, acteur.utilisateur_id)
        person.courriel, person.mot_de_passe = COURRIEL, hashed
        places = (company.siege, company.annexe)
        for rank in range(DOSSIERS):
            with horloge.frozen(start + timedelta(hours=17 * rank)):
                dossier = company.dossier(
                    acteur,
                    at=random.choice(places),
                    # The other half of the step stays blank.
                    type_action="formation",
                    intitule=f"{random.choice(INTITULES)}, session {rank + 1}",
                    objectif=OBJECTIF,
                    nature="obligatoire",
                    lieu_adresse="12 quai des Célestins",
                )
        return dossier.cle


def fill_control(engine: Engine, portal: Database) -> int:
    """As many rows, the same fields. Return the id of the one with answers."""
    temoin.Base.metadata.create_all(engine)
    with Session(engine) as rows, portal.reading() as ours:
        rows.add(temoin.Personne(nom="Camille Martin"))
        step = dispositif("PDC").step("formation")
        assert step is not None
        rows.add_all(_champs("formation", step.questions))
        rows.add_all(_champs("liste", QUESTIONS))
        rows.add_all(_fiche(dossier) for dossier in ours.query(Dossier).order_by(Dossier.id))
        rows.commit()
        return DOSSIERS


def _champs(page: str, questions: Iterable[Question]) -> Iterator[temoin.Champ]:
    for field in fields(questions, Answers({}, {}), {}):
        yield temoin.Champ(
            page=page,
            nom=field.name,
            label=field.label,
            aide=f"{field.condition} {field.hint}".strip(),
            genre=field.kind.component,
            requis=field.required,
            options=[(option.value, option.label) for option in field.kind.options],
        )


def _fiche(dossier: Dossier) -> temoin.Fiche:
    return temoin.Fiche(
        reference=dossier.reference,
        intitule=dossier.intitule,
        dispositif="Action de formation",
        etablissement=dossier.etablissement.enseigne,
        debut=dossier.date_debut or date(2026, 12, 7),
        salaries=dossier.nb_stagiaires,
        demande_cents=dossier.demande_cents,
        accorde_cents=dossier.accorde_cents,
        etat="Brouillon",
        maj_le=datetime.now(UTC),
        reponses={name: str(value) for name, value in dossier.reponses.items()},
    )
