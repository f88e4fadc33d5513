"""Suspend, take up again, remove, leave."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, personnes
from monespace.acteur import Acteur
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.retour import back_to
from monespace.blueprints.formulaire import received
from monespace.guard import fresh, needs
from monespace.organisations.models import Rattachement
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

Act = Callable[[Acteur, Rattachement], None]


@bp.post("/personnes/<cle>/suspendre")
@needs(Rattachement, Can.DELETE)
@fresh
def suspendre(rattachement: Rattachement) -> ResponseReturnValue:
    return _done(
        rattachement,
        actions.suspend,
        "L’accès est suspendu. Ses droits sont gardés\u00a0: vous pouvez le rétablir.",
    )


@bp.post("/personnes/<cle>/retablir")
@needs(Rattachement, Can.RESUME)
@fresh
def retablir(rattachement: Rattachement) -> ResponseReturnValue:
    return _done(rattachement, actions.resume, "L’accès est rétabli, tel qu’il était.")


@bp.get("/personnes/<cle>/retirer")
@needs(Rattachement, Can.DELETE)
def confirmer_retrait(rattachement: Rattachement) -> ResponseReturnValue:
    return _confirm(rattachement)


@bp.post("/personnes/<cle>/retirer")
@needs(Rattachement, Can.DELETE)
@fresh
def retirer(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    nom = personnes.person_of(rattachement).nom_complet
    try:
        actions.remove(identite.acteur(), rattachement)
    except Refuse as refusal:
        return _confirm(rattachement, refusal.message)
    flash(f"{nom} est retiré. Cette personne n’a plus aucun accès, dès maintenant.", "ok")
    return redirect(url_for("acces.liste"), 303)


@bp.get("/personnes/<cle>/quitter")
@needs(Rattachement, Can.LEAVE)
def confirmer_depart(rattachement: Rattachement) -> ResponseReturnValue:
    return _confirm_leaving(rattachement)


@bp.post("/personnes/<cle>/quitter")
@needs(Rattachement, Can.LEAVE)
@fresh
def quitter(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    nom = rattachement.organisation.nom
    try:
        actions.leave(identite.acteur(), rattachement)
    except Refuse as refusal:
        return _confirm_leaving(rattachement, refusal.message)
    flash(f"Vous avez quitté {nom}. Vous n’y avez plus aucun accès.", "ok")
    return redirect("/", 303)


def _done(rattachement: Rattachement, act: Act, told: str) -> ResponseReturnValue:
    received()
    act(identite.acteur(), rattachement)
    return back_to(rattachement, told)


def _confirm(rattachement: Rattachement, error: str = "") -> ResponseReturnValue:
    person = personnes.person_of(rattachement)
    return page(
        "acces/retirer.html",
        titre=f"Retirer {person.nom_complet}",
        status=422 if error else 200,
        rattachement=rattachement,
        person=person,
        droits=personnes.provenance(rattachement),
        refus=error,
    )


def _confirm_leaving(rattachement: Rattachement, error: str = "") -> ResponseReturnValue:
    return page(
        "acces/quitter.html",
        titre=f"Quitter {rattachement.organisation.nom}",
        status=422 if error else 200,
        rattachement=rattachement,
        refus=error,
    )
