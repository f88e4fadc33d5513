"""Have a letter sent again. Its code is nowhere but on it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.activation import actions
from monespace.blueprints.formulaire import received
from monespace.blueprints.opco import bp
from monespace.blueprints.opco.entreprises import show
from monespace.guard import needs
from monespace.organisations.models import Organisation
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse


@bp.get("/<cle>/courrier")
@needs(Organisation, Can.REISSUE)
def confirmer_courrier(organisation: Organisation) -> ResponseReturnValue:
    return page(
        "opco/courrier.html",
        titre=f"Nouveau courrier pour {organisation.nom} ({organisation.profil})",
        organisation_=organisation,
        siege=next((one for one in organisation.entreprise.etablissements if one.siege), None),
    )


@bp.post("/<cle>/courrier")
@needs(Organisation, Can.REISSUE, lock=False)
def demander_courrier(organisation: Organisation) -> ResponseReturnValue:
    received()
    try:
        actions.ask_reissue(identite.acteur(), organisation)
    except Refuse as refusal:
        return show(organisation, refusal.message)
    flash(
        "Le courrier est demandé. Il part au siège avec le prochain tirage\u00a0; l’ancien code "
        "ne servira plus dès qu’il sera produit.",
        "ok",
    )
    return redirect(url_for("opco.entreprise", cle=organisation.cle), 303)
