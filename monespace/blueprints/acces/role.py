"""Name an administrateur, or take the role away: after a page that says what it means."""

from flask import request
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, personnes
from monespace.acces.difference import summary
from monespace.acces.modeles import MODELES, modele
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.retour import back_to
from monespace.blueprints.formulaire import received
from monespace.guard import fresh, needs
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Rattachement
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

# What somebody keeps who does not administer any more.
KEPT = {"avant": "Les droits écrits avant de devenir administrateur"} | {
    name: one.nom for name, one in MODELES.items() if not one.local
}


@bp.get("/personnes/<cle>/administrateur")
@needs(Rattachement, Can.APPOINT)
def role(rattachement: Rattachement) -> ResponseReturnValue:
    return show(rattachement)


@bp.post("/personnes/<cle>/administrateur/nommer")
@needs(Rattachement, Can.APPOINT)
@fresh
def nommer(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    actions.appoint(identite.acteur(), rattachement)
    nom = personnes.person_of(rattachement).nom_complet
    return back_to(rattachement, f"{nom} est administrateur. Cette personne est prévenue.")


@bp.post("/personnes/<cle>/administrateur/retirer")
@needs(Rattachement, Can.APPOINT)
@fresh
def retirer_le_role(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    acteur, kept = identite.acteur(), request.form.get("droits", "")
    if kept not in KEPT:
        return show(rattachement, "Choisissez les droits que cette personne garde.")
    wanted = (
        ecrits.of(rattachement.habilitations)
        if kept == "avant"
        else modele(acteur, rattachement.organisation_id, kept)
    )
    try:
        actions.dismiss(acteur, rattachement, wanted)
    except Refuse as refusal:
        return show(rattachement, refusal.message)
    nom = personnes.person_of(rattachement).nom_complet
    return back_to(rattachement, f"{nom} n’est plus administrateur. Cette personne est prévenue.")


def show(rattachement: Rattachement, error: str = "") -> ResponseReturnValue:
    """The page that confirms either; after a refusal, with the reason."""
    person = personnes.person_of(rattachement)
    nom, removes = person.nom_complet, rattachement.administrateur
    return page(
        "acces/role.html",
        titre=(
            f"Retirer à {nom} le rôle d’administrateur"
            if removes
            else f"Nommer {nom} administrateur"
        ),
        status=422 if error else 200,
        rattachement=rattachement,
        person=person,
        gardes=KEPT,
        choisi=request.form.get("droits", ""),
        avant=summary(ecrits.of(rattachement.habilitations)),
        errors=[(error, "#garde-1")] if error else [],
    )
