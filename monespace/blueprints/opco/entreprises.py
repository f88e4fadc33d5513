"""The portfolio, and what staff see of a company: its letters, and what was agreed with it."""

from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import listes
from monespace.activation import queries as activation
from monespace.blueprints.acces.courriers import TAGS
from monespace.blueprints.opco import bp
from monespace.comptes.queries import administrateurs
from monespace.forms.validators import printable
from monespace.guard import needs, somewhere
from monespace.organisations import portefeuille
from monespace.organisations.models import Organisation
from monespace.page import page
from monespace.pages import several
from monespace.policy import Can


@bp.get("")
@somewhere(Organisation, Can.REISSUE)
def entreprises() -> ResponseReturnValue:
    acteur, typed = identite.acteur(), printable(request.args.get("q", ""))[:100]
    found = portefeuille.page_of(
        acteur, typed, request.args.get("apres", ""), request.args.get("avant", "")
    )
    return page(
        "opco/entreprises.html",
        titre="Entreprises suivies",
        q=typed,
        count=several(found.count, "entreprise", "entreprises"),
        rows=found.rows,
        espaces=portefeuille.espaces(acteur, found),
        previous=_link(typed, avant=found.previous),
        following=_link(typed, apres=found.following),
    )


@bp.get("/<cle>")
@needs(Organisation, Can.REISSUE)
def entreprise(organisation: Organisation) -> ResponseReturnValue:
    return show(organisation)


def show(organisation: Organisation, error: str = "") -> ResponseReturnValue:
    """The page of a space; after a refusal, with the reason."""
    acteur = identite.acteur()
    company = organisation.entreprise
    vies = activation.lives(acteur, organisation.id)
    return page(
        "opco/entreprise.html",
        titre=f"{organisation.nom} ({organisation.profil})",
        status=422 if error else 200,
        organisation_=organisation,
        entreprise=company,
        siege=next((one for one in company.etablissements if one.siege), None),
        vies=vies,
        attend=any(vie.code is None for vie in vies),
        tags=TAGS,
        administrateurs=len(administrateurs(organisation.id)),
        prevus=[
            (one, listes.state(one), listes.promised(one))
            for one in listes.agreed(acteur, organisation.id)
        ],
        peut_prevoir=portefeuille.may_pre_appoint(acteur, organisation),
        errors=[(error, "#courriers")] if error else [],
    )


def _link(typed: str, avant: str | None = None, apres: str | None = None) -> str | None:
    asked = {"q": typed, "avant": avant, "apres": apres}
    if not (avant or apres):
        return None
    return f"{url_for('opco.entreprises')}?{urlencode({k: v for k, v in asked.items() if v})}"
