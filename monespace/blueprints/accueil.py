"""The first page: what is left to do, the last dossiers, a new request."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own, personnes
from monespace.acces import queries as acces
from monespace.acces.fiche import fiches
from monespace.acteur import Objet, Verbe
from monespace.blueprints.dossiers.navigation import place
from monespace.dossiers import queries
from monespace.dossiers.choices import etablissements
from monespace.dossiers.completude import Lacune, lacunes
from monespace.dossiers.dispositifs import catalogue
from monespace.dossiers.models import Dossier
from monespace.guard import listing
from monespace.page import page

bp = Blueprint("accueil", __name__)

MOST_OF_EACH, TASKS_A_DRAFT = 4, 2


@bp.get("/")
@listing(Dossier)
def accueil() -> ResponseReturnValue:
    acteur = identite.acteur()
    return page(
        "accueil/accueil.html",
        titre="Accueil",
        demandes=queries.to_complete(acteur, MOST_OF_EACH),
        brouillons=[(one, *_left_to_do(one)) for one in queries.drafts(acteur, MOST_OF_EACH)],
        derniers=queries.latest(acteur),
        states=queries.counts_by_state(acteur),
        dispositifs=catalogue(),
        etablissements=len(etablissements(acteur, Verbe.CONSULTER)),
        demandes_d_acces=own.waiting(acteur) if acteur.organisation_id is None else (),
        peut_saisir=bool(acteur.scopes(Objet.DOSSIERS, Verbe.SAISIR)),
        acces=fiches(acces.oldest_waiting(acteur, MOST_OF_EACH)),
        acces_en_attente=acces.waiting(acteur),
        seul=personnes.sole_administrateur(acteur),
    )


def _left_to_do(dossier: Dossier) -> tuple[list[tuple[Lacune, str]], int]:
    """The first things it lacks, the mistyped ones first, with their places; how many more."""
    lacks = [one for one in lacunes(dossier) if one.manque.blocks]
    lacks.sort(key=lambda lacune: not lacune.manque.typed)
    shown = [(one, place(dossier, one)) for one in lacks[:TASKS_A_DRAFT]]
    return shown, len(lacks) - len(shown)
