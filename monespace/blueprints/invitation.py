"""What the link of an invitation opens: who invites, and one button to accept."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.acces import actions, listes
from monespace.acces.actions import acceptation
from monespace.acces.models import Invitation
from monespace.blueprints.formulaire import received
from monespace.guard import own, public
from monespace.page import page
from monespace.refus import Introuvable, Refuse

bp = Blueprint("invitation", __name__, url_prefix="/invitation")

WRONG_LINK = (
    "Ce lien n’est pas complet, ou n’existe pas. Ouvrez-le depuis le courriel d’invitation, sans "
    "le recopier. S’il ne marche toujours pas, demandez une nouvelle invitation."
)


@bp.get("/<cle>")
@public("its link is signed, and opens nothing by itself")
def ouvrir(cle: str) -> ResponseReturnValue:
    return show(_signed(cle))


@bp.post("/<cle>")
@own("its link is signed, and it is for one's own address")
def accepter(cle: str) -> ResponseReturnValue:
    received()
    invitation = _signed(cle)
    try:
        rattachement = actions.accept(identite.acteur(), invitation)
    except Refuse as refusal:
        return show(invitation, refusal)
    flash(f"Vous avez rejoint {rattachement.organisation.nom}. Vos droits sont ouverts.", "ok")
    return redirect("/", 303)


def show(invitation: Invitation, refusal: Refuse | None = None) -> ResponseReturnValue:
    """The page of an invitation, or why it opens nothing to this person."""
    person = identite.visiteur()
    refusal = refusal or _refusal(invitation)
    here = request.full_path.rstrip("?")
    return page(
        "acces/invitation.html",
        titre="Invitation",
        status=refusal.statut if refusal and request.method == "POST" else 200,
        invitation=invitation,
        refus=refusal.message if refusal else "",
        promis=listes.promised(invitation),
        connecte=person is not None,
        connexion=url_for("comptes.connexion", suite=here),
        inscription=url_for("comptes.inscription", suite=here),
        adresse=here,
    )


def _refusal(invitation: Invitation) -> Refuse | None:
    try:
        acceptation.check_open(invitation)
        if identite.visiteur() is not None:
            acceptation.check_whose(identite.acteur(), invitation)
    except Refuse as refusal:
        return refusal
    return None


def _signed(cle: str) -> Invitation:
    if not services.coffre().signed(request.path, request.args.get("s", "")):
        raise Introuvable(WRONG_LINK)
    invitation = acceptation.find(cle)
    if invitation is None:
        raise Introuvable(WRONG_LINK)
    return invitation
