"""Several requests at once: what each will get, then each decided in its own right."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, queries
from monespace.acces.actions import Issue
from monespace.acces.difference import difference
from monespace.acces.fiche import asked_for, fiches
from monespace.acces.grille import proposed
from monespace.acces.models import DemandeAcces
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.boite import Boite, held, show
from monespace.blueprints.formulaire import received
from monespace.forms.validators import printable
from monespace.guard import fresh, somewhere
from monespace.page import page
from monespace.pages import ROWS_A_PAGE
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.typographie import plural

NONE_TICKED = "Cochez au moins une demande dans la liste."


@bp.get("/demandes-choisies")
@somewhere(DemandeAcces, Can.DECIDE)
def ensemble() -> ResponseReturnValue:
    chosen = queries.several(identite.acteur(), request.args.getlist("d")[:ROWS_A_PAGE])
    return _confirmation(chosen, request.args.get("suite", ""))


@bp.post("/demandes-choisies")
@somewhere(DemandeAcces, Can.DECIDE)
@fresh
def decider_ensemble() -> ResponseReturnValue:
    suite, acteur = received().suite, identite.acteur()
    chosen = queries.several(acteur, request.form.getlist("d")[:ROWS_A_PAGE])
    if not chosen:
        return _confirmation(chosen, suite)
    motif = printable(request.form.get("motif", ""))
    try:
        if suite == "refuser":
            issues = actions.refuse_several(acteur, chosen, motif)
        else:
            issues = actions.approve_several(acteur, chosen)
    except Refuse as refusal:
        return _confirmation(chosen, suite, motif, refusal.message)
    _tell(issues, suite)
    return redirect(url_for("acces.demandes"), 303)


def _confirmation(
    chosen: Sequence[DemandeAcces], suite: str, motif: str = "", error: str = ""
) -> ResponseReturnValue:
    if not chosen:
        return show(Boite(status=422, erreur=NONE_TICKED))
    acteur = identite.acteur()
    able = queries.decidable(acteur, chosen)
    refuses = suite == "refuser"
    return page(
        "acces/ensemble.html",
        titre="Refuser plusieurs demandes" if refuses else "Approuver plusieurs demandes",
        status=422 if error else 200,
        lignes=[(one, _gains(one.demande)) for one in fiches(chosen) if one.demande.id in able],
        laissees=[one for one in fiches(chosen) if one.demande.id not in able],
        refuse=refuses,
        motif=motif,
        erreur=error,
    )


def _gains(demande: DemandeAcces) -> Sequence[str]:
    before = held(demande)
    after = proposed(identite.acteur(), demande.organisation_id, before, asked_for(demande))
    return difference(before, after).gagne


def _tell(issues: Sequence[Issue], suite: str) -> None:
    done = [one for one in issues if not one.refus]
    verb = "refusée" if suite == "refuser" else "approuvée"
    if done:
        names = ", ".join(one.demande.utilisateur.nom_complet for one in done)
        told = plural(len(done), f"demande {verb}", f"demandes {verb}s")
        flash(f"{told}. {names}. Un message informe chaque personne.", "ok")
    for one in issues:
        if one.refus:
            flash(f"Demande de {one.demande.utilisateur.nom_complet}. {one.refus}", "warn")
