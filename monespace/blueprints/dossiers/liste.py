"""The list of dossiers: its filters, sort and page are in its address."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acteur import Acteur, Objet, Verbe
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import new_token
from monespace.dossiers import queries
from monespace.dossiers.choices import etablissements
from monespace.dossiers.dispositifs import catalogue
from monespace.dossiers.filtres import QUESTIONS, SORTS, Filtre
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.states import CLOSED
from monespace.forms.fields import Lists, fields, filters
from monespace.forms.kinds import Option
from monespace.forms.validators import printable
from monespace.guard import listing
from monespace.page import page
from monespace.pages import several


@bp.get("")
@listing(Dossier)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    among = filter_lists(acteur)
    typed = filters(QUESTIONS, among, request.args)
    filtre = Filtre(typed.reponses, request.args.get("tri", ""))
    found = queries.page_of(
        acteur, filtre, request.args.get("apres", ""), request.args.get("avant", "")
    )
    count = several(found.count, "dossier", "dossiers")
    return page(
        "dossiers/liste.html",
        titre=f"Dossiers ({count})" if typed.reponses else "Dossiers",
        fields=fields(QUESTIONS, typed, among),
        found=found,
        count=count,
        filtered=bool(typed.reponses or typed.saisies),
        criteres=criteres(),
        sorts={name: _sort_link(name, filtre) for name in SORTS},
        previous=_link(avant=found.previous) if found.previous else None,
        following=_link(apres=found.following) if found.following else None,
        resume=_resume(queries.counts_by_state(acteur)),
        dispositifs=catalogue(),
        dates=any(name.startswith("debut_") for name, _ in criteres()),
        peut_saisir=bool(acteur.scopes(Objet.DOSSIERS, Verbe.SAISIR)),
        jeton=new_token(),
    )


def _resume(states: Mapping[Statut, int]) -> str:
    """«27 dossiers en cours · 12 brouillons · 148 clôturés», each no further than the ceiling."""
    drafts = states[Statut.BROUILLON]
    closed = sum(states[statut] for statut in CLOSED)
    going_on = sum(states.values()) - drafts - closed
    return " · ".join(
        (
            several(going_on, "dossier en cours", "dossiers en cours"),
            several(drafts, "brouillon", "brouillons"),
            several(closed, "clôturé", "clôturés"),
        )
    )


def filter_lists(acteur: Acteur) -> Lists:
    """The choices of the filters, within one's rights."""
    return {
        "dispositifs": [Option(one.code, one.nom) for one in catalogue().values()],
        "etablissements": [
            Option(one.siret, f"{one.enseigne}, {one.commune}")
            for one in etablissements(acteur, Verbe.CONSULTER)
        ],
    }


def criteres() -> list[tuple[str, str]]:
    """The filters and sort of this address, for the form that exports the same list."""
    names = {name for question in QUESTIONS for name in question.kind.controls(question.name)}
    return [
        (name, printable(value)) for name, value in request.args.items() if name in names | {"tri"}
    ]


def _link(**cursor: str) -> str:
    return f"{url_for('dossiers.liste')}?{urlencode([*criteres(), *cursor.items()])}"


def _sort_link(name: str, filtre: Filtre) -> tuple[str, str, str]:
    kept = [(key, value) for key, value in criteres() if key != "tri"]
    current = filtre.sort is SORTS[name]
    direction = "desc" if SORTS[name].descending else "asc"
    href = f"{url_for('dossiers.liste')}?{urlencode([*kept, ('tri', name)])}"
    return SORTS[name].label, href, direction if current else ""
