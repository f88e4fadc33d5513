"""What the company chooses, what SIRENE says of it, and who looks after it at the OPCO."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, personnes
from monespace.blueprints.acces import bp
from monespace.blueprints.formulaire import received
from monespace.guard import fresh, listing, somewhere
from monespace.organisations.models import Organisation
from monespace.page import page
from monespace.policy import Can


@bp.get("/reglages")
@listing(Organisation)
def reglages() -> ResponseReturnValue:
    return show()


@bp.post("/reglages")
@somewhere(Organisation, Can.ADMINISTER)
@fresh
def enregistrer_reglages() -> ResponseReturnValue:
    received()
    chosen = request.form.get("code")
    if chosen not in ("direct", "approuver"):
        return show("Choisissez ce qui se passe quand quelqu’un se sert d’un code.")
    acteur = identite.acteur()
    organisation = personnes.organisation_of(acteur)
    actions.set_code_rule(acteur, organisation, chosen == "approuver")
    flash("Votre choix est enregistré.", "ok")
    return redirect(url_for("acces.reglages"), 303)


def show(error: str = "") -> ResponseReturnValue:
    """The page; after a refusal, with the reason."""
    acteur = identite.acteur()
    organisation = personnes.organisation_of(acteur)
    entreprise = organisation.entreprise
    return page(
        "acces/reglages.html",
        titre="Entreprise et réglages",
        status=422 if error else 200,
        organisation_=organisation,
        entreprise=entreprise,
        siege=next((one for one in entreprise.etablissements if one.siege), None),
        etablissements=sum(one.actif for one in entreprise.etablissements),
        suivi=personnes.looked_after_by(organisation),
        administre=acteur.administrateur,
        seul=personnes.sole_administrateur(acteur),
        errors=[(error, "#code")] if error else [],
    )
