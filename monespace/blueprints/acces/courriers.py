"""The letters of the company: how far each has come, what its code was used for, stopping it."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.activation import actions, queries
from monespace.activation.models import CodeActivation
from monespace.activation.queries import Etape
from monespace.blueprints.acces import bp
from monespace.blueprints.formulaire import received
from monespace.guard import fresh, needs, somewhere
from monespace.page import page
from monespace.policy import Can

# Tone and shape of the tag of each.
TAGS = {
    Etape.DEMANDE: ("neutral", "ring-dashed"),
    Etape.PRODUIT: ("info", "ring"),
    Etape.REMIS: ("info", "diamond"),
    Etape.RECU: ("ok", "dot"),
    Etape.EXPIRE: ("warn", "square"),
    Etape.ARRETE: ("neutral", "bar"),
}


@bp.get("/courriers")
@somewhere(CodeActivation, Can.REVOKE)
def courriers() -> ResponseReturnValue:
    acteur = identite.acteur()
    return page(
        "acces/courriers.html",
        titre="Courriers et codes",
        vies=queries.lives(acteur, acteur.organisation_id),
        tags=TAGS,
    )


@bp.get("/courriers/<cle>/arreter")
@needs(CodeActivation, Can.REVOKE)
def confirmer_arret(code: CodeActivation) -> ResponseReturnValue:
    return page(
        "acces/arreter.html",
        titre="Arrêter ce code",
        code=code,
        usages=queries.used_by(code.id),
    )


@bp.post("/courriers/<cle>/arreter")
@needs(CodeActivation, Can.REVOKE)
@fresh
def arreter_code(code: CodeActivation) -> ResponseReturnValue:
    received()
    actions.revoke(identite.acteur(), code)
    flash(
        "Le code est arrêté. Il n’ouvre plus rien\u00a0; les accès déjà accordés ne changent pas.",
        "ok",
    )
    return redirect(url_for("acces.courriers"), 303)
