"""Invite somebody, follow what became of it."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, policy
from monespace.acces import actions, listes, personnes
from monespace.acces.modeles import MODELES, modele
from monespace.acces.models import Invitation
from monespace.acteur import Acteur
from monespace.blueprints.acces import bp
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.promesses import Saisie, grid_of, typed
from monespace.guard import fresh, listing, needs, somewhere
from monespace.organisations.models import Organisation
from monespace.page import page
from monespace.policy import Can, permitted
from monespace.refus import Interdit, Refuse


@bp.get("/invitations")
@listing(Invitation)
def invitations() -> ResponseReturnValue:
    acteur = identite.acteur()
    found = listes.invitations(acteur, request.args.get("apres", ""), request.args.get("avant", ""))
    return page(
        "acces/invitations.html",
        titre="Invitations",
        rows=[
            (one, listes.state(one), listes.promised(one), Can.DELETE in permitted(acteur, one))
            for one in found.rows
        ],
        previous=_at(avant=found.previous),
        following=_at(apres=found.following),
        peut_inviter=_may_invite(acteur),
        seul=personnes.sole_administrateur(acteur),
    )


@bp.get("/invitations/nouvelle")
@somewhere(Organisation, Can.INVITE)
def nouvelle() -> ResponseReturnValue:
    return show(Saisie())


@bp.post("/invitations/nouvelle")
@somewhere(Organisation, Can.INVITE)
@fresh
def inviter() -> ResponseReturnValue:
    acteur, suite = identite.acteur(), received().suite
    saisie = typed(acteur, personnes.organisation_of(acteur).id)
    if suite != "inviter":
        return _elsewhere(acteur, suite, saisie)
    if saisie.fault:
        return show(saisie, saisie.fault)
    promesse = saisie.promesse()
    try:
        actions.invite(acteur, promesse, saisie.jeton)
    except (Refuse, Interdit) as refusal:
        at = "#courriel" if hasattr(refusal, "cle") else "#etablissement"
        anew = replace(saisie, jeton=new_token())
        return show(anew, (refusal.message, at), getattr(refusal, "cle", ""))
    flash(f"L’invitation est envoyée à {promesse.courriel}. Elle est valable 14 jours.", "ok")
    return redirect(url_for("acces.invitations"), 303)


@bp.post("/invitations/<cle>/renvoyer")
@needs(Invitation, Can.DELETE, lock=False)
@fresh
def renvoyer(invitation: Invitation) -> ResponseReturnValue:
    received()
    try:
        actions.resend(identite.acteur(), invitation)
    except Refuse as refusal:
        flash(refusal.message, "warn")
    else:
        flash(f"L’invitation est renvoyée à {invitation.courriel}, pour 14 jours.", "ok")
    return redirect(url_for("acces.invitations"), 303)


@bp.get("/invitations/<cle>/annuler")
@needs(Invitation, Can.DELETE)
def confirmer_annulation_invitation(invitation: Invitation) -> ResponseReturnValue:
    return page(
        "acces/annuler_invitation.html",
        titre=f"Annuler l’invitation de {invitation.courriel}",
        invitation=invitation,
        promis=listes.promised(invitation),
    )


@bp.post("/invitations/<cle>/annuler")
@needs(Invitation, Can.DELETE, lock=False)
@fresh
def annuler_invitation(invitation: Invitation) -> ResponseReturnValue:
    received()
    actions.cancel(identite.acteur(), invitation)
    flash(f"L’invitation de {invitation.courriel} est annulée. Son lien n’ouvre plus rien.", "ok")
    return redirect(url_for("acces.invitations"), 303)


def show(
    saisie: Saisie, error: tuple[str, str] | None = None, known: str = ""
) -> ResponseReturnValue:
    """The form of an invitation, nothing typed in it lost."""
    acteur = identite.acteur()
    return page(
        "acces/inviter.html",
        titre="Inviter une personne",
        status=422 if error else 200,
        saisie=saisie,
        grid=grid_of(acteur, personnes.organisation_of(acteur).id, saisie),
        modeles=MODELES,
        peut_nommer=acteur.administrateur,
        known=known,
        errors=[error] if error else [],
    )


def _elsewhere(acteur: Acteur, suite: str, saisie: Saisie) -> ResponseReturnValue:
    """Another page of the grid, or a preset put in it: nothing is sent yet."""
    kind, _, name = suite.partition("-")
    if kind != "modele":
        return show(saisie)
    organisation = personnes.organisation_of(acteur)
    try:
        droits = modele(acteur, organisation.id, name, saisie.etablissement)
    except Refuse as refusal:
        return show(saisie, (refusal.message, "#etablissement"))
    return show(replace(saisie, droits=droits))


def _may_invite(acteur: Acteur) -> bool:
    return policy.somewhere(acteur, Organisation, Can.INVITE)


def _at(avant: str | None = None, apres: str | None = None) -> str:
    if not (avant or apres):
        return ""
    return url_for("acces.invitations", avant=avant or None, apres=apres or None)
