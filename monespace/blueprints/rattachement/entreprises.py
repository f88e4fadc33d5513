"""«Mes entreprises»: where one works now, where else one may, what one waits for."""

from flask import redirect
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own
from monespace.acces.actions import work_for
from monespace.blueprints.formulaire import received
from monespace.blueprints.rattachement import bp
from monespace.guard import from_any_espace, listing, needs
from monespace.organisations.models import Rattachement
from monespace.page import announce, page
from monespace.policy import Can


@bp.get("/entreprises")
@listing(Rattachement)
def entreprises() -> ResponseReturnValue:
    acteur = identite.acteur()
    return page(
        "rattachement/entreprises.html",
        titre="Mes entreprises",
        rattachements=own.rattachements(acteur),
        ici=acteur.organisation_id,
        attente=own.waiting(acteur),
    )


@bp.post("/entreprises/<cle>/choisir")
@needs(Rattachement, Can.WORK)
@from_any_espace
def choisir(rattachement: Rattachement) -> ResponseReturnValue:
    received()
    person = identite.visiteur()
    assert person is not None
    work_for(person.acteur, person.token, rattachement)
    organisation = rattachement.organisation
    announce("ok", f"Vous travaillez pour {organisation.nom}.", f"Profil {organisation.profil}.")
    return redirect("/", 303)
