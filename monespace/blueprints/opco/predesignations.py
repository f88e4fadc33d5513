"""Who will administer a company and who will do what, agreed with it before it opens."""

from dataclasses import replace

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, listes
from monespace.acces.actions.invitations import DejaInvite, DejaMembre
from monespace.acces.modeles import MODELES, modele
from monespace.acces.models import Invitation
from monespace.acteur import Acteur, Role
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.opco import bp
from monespace.blueprints.promesses import Saisie, grid_of, typed
from monespace.guard import fresh, needs
from monespace.organisations.models import Organisation
from monespace.page import page
from monespace.policy import Can
from monespace.refus import JetonServi, Refuse

ABOUT_THE_ADDRESS = (DejaMembre, DejaInvite, JetonServi)


@bp.get("/<cle>/predesigner")
@needs(Organisation, Can.PRE_APPOINT)
def predesignation(organisation: Organisation) -> ResponseReturnValue:
    return _show(organisation, Saisie())


@bp.post("/<cle>/predesigner")
@needs(Organisation, Can.PRE_APPOINT, lock=False)
@fresh
def predesigner(organisation: Organisation) -> ResponseReturnValue:
    suite = received().suite
    saisie = typed(_whole(organisation), organisation.id)
    kind, _, name = suite.partition("-")
    promesse = saisie.promesse()
    try:
        if kind == "modele":
            given = modele(_whole(organisation), organisation.id, name, saisie.etablissement)
            return _show(organisation, replace(saisie, droits=given))
        if suite != "predesigner":
            return _show(organisation, saisie)
        if saisie.fault:
            return _show(organisation, saisie, *saisie.fault)
        actions.pre_appoint(identite.acteur(), organisation, promesse, saisie.jeton)
    except Refuse as refusal:
        anew = replace(saisie, jeton=new_token())
        at = "#courriel" if isinstance(refusal, ABOUT_THE_ADDRESS) else "#etablissement"
        return _show(organisation, anew, refusal.message, at)
    who = promesse.courriel
    flash(f"C’est noté. Les droits de {who} s’ouvriront à sa première connexion.", "ok")
    return redirect(url_for("opco.entreprise", cle=organisation.cle), 303)


@bp.get("/predesignations/<cle>/annuler")
@needs(Invitation, Can.WITHDRAW)
def confirmer_annulation(agreed: Invitation) -> ResponseReturnValue:
    return page(
        "opco/annuler.html",
        titre="Annuler ce qui était prévu",
        invitation=agreed,
        promis=listes.promised(agreed),
    )


@bp.post("/predesignations/<cle>/annuler")
@needs(Invitation, Can.WITHDRAW, lock=False)
@fresh
def annuler(agreed: Invitation) -> ResponseReturnValue:
    received()
    actions.cancel_pre_appointment(identite.acteur(), agreed)
    flash(f"Rien ne s’ouvrira pour {agreed.courriel}.", "ok")
    return redirect(url_for("opco.entreprise", cle=agreed.organisation.cle), 303)


def _whole(organisation: Organisation) -> Acteur:
    """Before opening, what is agreed with the company knows no other bound than the company."""
    return replace(
        identite.acteur(),
        role=Role.MEMBRE,
        organisation_id=organisation.id,
        administrateur=True,
    )


def _show(
    organisation: Organisation, saisie: Saisie, error: str = "", at: str = "#courriel"
) -> ResponseReturnValue:
    return page(
        "opco/predesigner.html",
        titre="Prédésigner une personne",
        status=422 if error else 200,
        organisation_=organisation,
        saisie=saisie,
        grid=grid_of(_whole(organisation), organisation.id, saisie),
        modeles=MODELES,
        errors=[(error, at)] if error else [],
    )
