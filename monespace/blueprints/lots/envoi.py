"""Sending the parts of a lot that are ready."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.formulaire import received
from monespace.blueprints.lots import bp
from monespace.dossiers import lots
from monespace.dossiers.actions.lots import submit_together
from monespace.dossiers.models import Lot
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Conflit, Incomplet, Refuse
from monespace.typographie import plural


@bp.get("/<cle>/transmettre")
@needs(Lot, Can.VIEW)
def verifier_envoi(lot: Lot) -> ResponseReturnValue:
    return _sending(lot)


@bp.post("/<cle>/transmettre")
@needs(Lot, Can.VIEW)
def transmettre(lot: Lot) -> ResponseReturnValue:
    received()
    acteur, named = identite.acteur(), set(request.form.get("_parties", "").split())
    chosen = [one for one in lots.allowed(acteur, lot, Can.SUBMIT, lock=True) if one.cle in named]
    if not chosen:
        return _sending(lot, "Aucun dossier de ce lot n’est prêt à être transmis.", "#manques")
    try:
        submit_together(acteur, chosen, attested="attestation" in request.form)
    except Incomplet:
        raise Conflit(
            "Un de ces dossiers n’est plus complet\u00a0: quelqu’un vient de le modifier. Aucun "
            "n’a été transmis. Revenez au lot, puis recommencez."
        ) from None
    except Refuse as refusal:
        return _sending(lot, refusal.message, "#attestation")
    numbers = ", ".join(one.designation for one in chosen)
    flash(f"{plural(len(chosen), 'dossier transmis', 'dossiers transmis')}. {numbers}.", "ok")
    return redirect(url_for("lots.lot", cle=lot.cle), 303)


def _sending(lot: Lot, message: str = "", anchor: str = "") -> ResponseReturnValue:
    """The parts that are ready, and what the others lack."""
    unsent = [one for one in lots.allowed(identite.acteur(), lot, Can.SUBMIT) if not lots.sent(one)]
    lacks = [(one, lots.blocking(one)) for one in unsent]
    return page(
        "lots/transmettre.html",
        titre="Transmettre les parties prêtes",
        status=422 if message else 200,
        errors=[(message, anchor)] if message else [],
        lot=lot,
        ready=[one for one, missing in lacks if not missing],
        others=[(one, len(missing)) for one, missing in lacks if missing],
    )
