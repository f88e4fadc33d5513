"""«Vérification et envoi»: the whole dossier on one page, what it lacks, and the sending."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.dossiers import bp, detail
from monespace.blueprints.dossiers.navigation import frame, place
from monespace.blueprints.dossiers.recapitulatif import sections, totals
from monespace.blueprints.formulaire import received
from monespace.blueprints.pourquoi import lacking, who_can_grant
from monespace.dossiers import actions
from monespace.dossiers.completude import ENVOI, lacunes
from monespace.dossiers.models import Dossier, Statut
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can, permitted
from monespace.refus import Incomplet, Refuse


@bp.get("/<cle>/envoi")
@needs(Dossier, Can.VIEW)
def envoi(dossier: Dossier) -> ResponseReturnValue:
    """For whoever fills it in and for whoever sends it, that may be two people."""
    return show(dossier) if dossier.statut == Statut.BROUILLON else detail.show(dossier)


@bp.post("/<cle>/envoi")
@needs(Dossier, Can.SUBMIT)
def transmettre(dossier: Dossier) -> ResponseReturnValue:
    received()
    try:
        actions.submit(identite.acteur(), dossier, attested="attestation" in request.form)
    except Incomplet as refusal:
        return show(dossier, 422, refusal.message)
    except Refuse as refusal:
        return show(dossier, 422, refusal.message, "#attestation")
    return redirect(url_for("dossiers.transmis", cle=dossier.cle), 303)


@bp.get("/<cle>/transmis")
@needs(Dossier, Can.VIEW)
def transmis(dossier: Dossier) -> ResponseReturnValue:
    return page("dossiers/transmis.html", titre=f"Dossier {dossier.designation}", dossier=dossier)


def show(
    dossier: Dossier, status: int = 200, message: str = "", anchor: str = "#manques"
) -> ResponseReturnValue:
    """The recap page; after a refused sending, with the reason first."""
    lacks = lacunes(dossier)
    peut = permitted(identite.acteur(), dossier)
    editable = Can.EDIT in peut
    manques = lacking(dossier, (Can.SUBMIT, Can.EDIT))
    return page(
        "dossiers/envoi.html",
        titre=f"Vérifiez avant de transmettre – {dossier.intitule or dossier.designation}",
        status=status,
        sections=[*sections(dossier, editable), *totals(dossier, editable)],
        manques=[(one.sentence, place(dossier, one)) for one in lacks if one.manque.blocks],
        conseils=[(one.sentence, place(dossier, one)) for one in lacks if not one.manque.blocks],
        errors=[(message, anchor)] if message else [],
        peut=peut,
        pourquoi=manques,
        administrateurs=who_can_grant(manques),
        **frame(dossier, ENVOI),
    )
