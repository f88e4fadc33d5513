"""«Nouvelle demande»: choose a dispositif and an établissement, or go on with a brouillon."""

from collections.abc import Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acteur import Acteur, Verbe
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import new_token, received
from monespace.dossiers import actions, queries
from monespace.dossiers.choices import etablissements, lists
from monespace.dossiers.dispositifs import catalogue, dispositif
from monespace.dossiers.models import Dossier
from monespace.guard import listing
from monespace.page import page


@bp.get("/nouveau")
@listing(Dossier)
def nouveau() -> ResponseReturnValue:
    return _choice(identite.acteur(), new_token())


@bp.post("/nouveau")
@listing(Dossier)
def commencer() -> ResponseReturnValue:
    acteur, envoi = identite.acteur(), received()
    siret, code = request.form.get("etablissement", ""), request.form.get("dispositif", "")
    places = {one.siret: one for one in etablissements(acteur, Verbe.SAISIR)}
    errors = []
    if code not in catalogue():
        errors.append(("Choisissez un dispositif.", "#dispositif"))
    if siret not in places:
        errors.append(("Choisissez un établissement de la liste.", "#etablissement"))
    if errors:
        return _choice(acteur, envoi.jeton, errors)
    chosen = dispositif(code)
    dossier = actions.start(acteur, chosen, places[siret], envoi.jeton, lists(acteur, code))
    first = chosen.steps[0].name
    return redirect(url_for("dossiers.etape", cle=dossier.cle, etape=first), 303)


def _choice(
    acteur: Acteur, jeton: str, errors: Sequence[tuple[str, str]] = ()
) -> ResponseReturnValue:
    return page(
        "dossiers/nouveau.html",
        titre="Nouvelle demande",
        status=422 if errors else 200,
        errors=errors,
        dispositifs=[one for one in catalogue().values() if one.open_to_new],
        etablissements=etablissements(acteur, Verbe.SAISIR),
        brouillons=queries.drafts(acteur),
        choisi=request.form,
        jeton=jeton,
    )
