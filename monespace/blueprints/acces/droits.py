"""Somebody's rights: the grid, what would change, the change, and its undoing."""

import json

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, personnes
from monespace.acces.actions.droits import HAS_ALL, former_rights, read_wanted
from monespace.acces.difference import difference
from monespace.acces.grille import digest, grille
from monespace.acces.lecture import DroitsChanges, read_grille
from monespace.acces.modeles import MODELES, modele
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.retour import back_to
from monespace.blueprints.formulaire import received
from monespace.forms.validators import printable
from monespace.guard import fresh, needs
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Rattachement
from monespace.organisations.octrois import Octrois
from monespace.page import announce, page
from monespace.policy import Can
from monespace.refus import Refuse

SAME = "Vous n’avez rien changé. Cochez ou décochez des droits, ou revenez à la fiche."


@bp.get("/personnes/<cle>/droits")
@needs(Rattachement, Can.EDIT)
def droits(rattachement: Rattachement) -> ResponseReturnValue:
    name = request.args.get("modele", "")
    return _prefilled(rattachement, name) if name else show(rattachement)


@bp.post("/personnes/<cle>/droits")
@needs(Rattachement, Can.EDIT)
def previsualiser(rattachement: Rattachement) -> ResponseReturnValue:
    envoi, held = received(), _held(rattachement)
    if rattachement.administrateur:
        raise Refuse(HAS_ALL)
    if envoi.suite.startswith("modele-"):
        return _prefilled(rattachement, envoi.suite.removeprefix("modele-"))
    try:
        wanted = read_grille(identite.acteur(), rattachement.organisation_id, request.form, held)
    except DroitsChanges as meanwhile:
        return show(rattachement, meanwhile.wanted, error=meanwhile.message, status=409)
    if envoi.suite.startswith("page-"):
        return show(rattachement, wanted, number=envoi.page)
    if wanted == held:
        return show(rattachement, wanted, error=SAME)
    return page(
        "acces/apercu.html",
        titre=f"Droits de {personnes.person_of(rattachement).nom_complet}",
        rattachement=rattachement,
        person=personnes.person_of(rattachement),
        change=difference(held, wanted),
        wanted=json.dumps(ecrits.to_json(wanted), ensure_ascii=False),
        base=digest(held, frozenset()),
    )


@bp.post("/personnes/<cle>/droits/appliquer")
@needs(Rattachement, Can.EDIT)
@fresh
def appliquer(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    wanted = read_wanted(request.form.get("_droits", ""), _held(rattachement))
    try:
        actions.change_rights(
            identite.acteur(), rattachement, wanted, request.form.get("_base", "")
        )
    except DroitsChanges as meanwhile:
        return show(rattachement, wanted, error=meanwhile.message, status=409)
    nom = personnes.person_of(rattachement).nom_complet
    announce(
        "ok",
        f"Les droits de {nom} sont changés.",
        "Cette personne est prévenue.",
        ("Annuler ce changement", url_for("acces.confirmer_annulation", cle=rattachement.cle)),
    )
    return redirect(url_for("acces.fiche", cle=rattachement.cle), 303)


@bp.get("/personnes/<cle>/droits/annuler")
@needs(Rattachement, Can.EDIT)
def confirmer_annulation(rattachement: Rattachement) -> ResponseReturnValue:
    former = former_rights(rattachement)
    return page(
        "acces/annuler.html",
        titre="Annuler le dernier changement",
        rattachement=rattachement,
        person=personnes.person_of(rattachement),
        change=None if former is None else difference(_held(rattachement), former),
    )


@bp.post("/personnes/<cle>/droits/annuler")
@needs(Rattachement, Can.EDIT)
@fresh
def annuler_changement(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    actions.undo_rights(identite.acteur(), rattachement)
    nom = personnes.person_of(rattachement).nom_complet
    return back_to(rattachement, f"Les droits de {nom} sont revenus à ce qu’ils étaient.")


def _prefilled(rattachement: Rattachement, name: str) -> ResponseReturnValue:
    acteur, siret = identite.acteur(), request.values.get("etablissement", "")
    try:
        ticked = modele(acteur, rattachement.organisation_id, name, siret)
    except Refuse as refusal:
        return show(rattachement, error=refusal.message, at="#etablissement")
    return show(rattachement, ticked, prefilled=MODELES[name].nom)


def show(
    rattachement: Rattachement,
    ticked: Octrois | None = None,
    prefilled: str = "",
    error: str = "",
    at: str = "#etablissement",
    status: int = 422,
    number: int = 1,
) -> ResponseReturnValue:
    """The grid, with what was ticked in it."""
    person = personnes.person_of(rattachement)
    drawn = grille(
        identite.acteur(),
        rattachement.organisation_id,
        _held(rattachement),
        ticked=ticked,
        q=printable(request.form.get("_q", ""))[:100],
        page=number,
    )
    return page(
        "acces/droits.html",
        titre=f"Droits de {person.nom_complet}",
        status=status if error else 200,
        rattachement=rattachement,
        person=person,
        grid=drawn,
        modeles=MODELES,
        siret=printable(request.values.get("etablissement", ""))[:20],
        prefilled=prefilled,
        errors=[(error, at)] if error else [],
    )


def _held(rattachement: Rattachement) -> Octrois:
    return ecrits.of(rattachement.habilitations)
