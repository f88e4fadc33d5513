"""One person: what the directory knows of them, and the dossiers where they are."""

from flask.typing import ResponseReturnValue

from monespace import identite, journal, services
from monespace.blueprints.salaries import bp
from monespace.dossiers import queries as dossiers
from monespace.forms.answers import Answers
from monespace.forms.fields import text_of
from monespace.guard import needs
from monespace.horloge import today
from monespace.journal import Evenement
from monespace.page import page
from monespace.policy import Can, permitted
from monespace.salaries import queries
from monespace.salaries.models import Salarie
from monespace.salaries.saisie import BY_NAME, QUESTIONS
from monespace.typographie import date_long, time_of

ACTS = {
    "ajouter": "Fiche ajoutée",
    "modifier": "Fiche modifiée",
    "depart": "Départ noté",
    "retour": "Départ annulé",
    "nir": "Numéro de sécurité sociale enregistré",
    "oublier le nir": "Numéro de sécurité sociale effacé",
}


@bp.get("/<cle>")
@needs(Salarie, Can.VIEW)
def fiche(salarie: Salarie) -> ResponseReturnValue:
    acteur = identite.acteur()
    return page(
        "salaries/fiche.html",
        titre=salarie.nom,
        salarie=salarie,
        rows=_rows(salarie),
        nir=queries.masked_nir(acteur, salarie, services.coffre()),
        parti=salarie.parti_le is not None and salarie.parti_le < today(),
        dossiers=dossiers.of_salarie(acteur, salarie.id),
        evenements=[_line(one) for one in journal.history(salarie)],
        peut_saisir=Can.EDIT in permitted(acteur, salarie),
    )


def _rows(salarie: Salarie) -> list[tuple[str, str]]:
    known = Answers(salarie.reponses, salarie.saisies)
    rows = []
    for question in QUESTIONS:
        if question.asked(salarie.reponses) and question.name != "etablissement":
            rows.append((question.label, text_of(question.kind, known[question.name])))
    return rows


def _line(evenement: Evenement) -> tuple[str, str, str, str]:
    when = f"{date_long(evenement.instant)} à {time_of(evenement.instant)}"
    changed = evenement.details.get("champs")
    labels = (
        [BY_NAME[name].label for name in map(str, changed) if name in BY_NAME]
        if isinstance(changed, list)
        else []
    )
    act = ACTS.get(evenement.acte, evenement.acte)
    return when, evenement.auteur, act, ", ".join(labels)
