"""One request: the grid turned, what it would change, approved, refused, taken back."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions
from monespace.acces.actions import DejaDecidee
from monespace.acces.difference import difference
from monespace.acces.fiche import asked_for, fiches
from monespace.acces.lecture import DroitsChanges, read_grille
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.boite import Boite, Ouverte, held, kept, opened, show
from monespace.blueprints.acces.demandes import in_the_inbox
from monespace.blueprints.formulaire import received
from monespace.forms.validators import printable
from monespace.guard import fresh, needs
from monespace.organisations.octrois import Octrois
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

NOTHING: Octrois = frozenset()


@bp.post("/demandes/<cle>")
@needs(DemandeAcces, Can.VIEW, lock=False)
@fresh
def decider(demande: DemandeAcces) -> ResponseReturnValue:
    envoi = received()
    in_the_inbox(demande)
    wanted: Octrois | None = None
    try:
        acteur = actions.hold(identite.acteur(), demande)
        wanted = _wanted(acteur, demande)
        if envoi.suite == "apercu":
            return show(Boite(_preview(acteur, demande, wanted)))
        if envoi.suite.startswith("page-"):
            return show(Boite(_turned(demande, wanted, envoi.page)))
        actions.approve(acteur, demande, wanted)
    except DejaDecidee as late:
        return _late(late, EtatDemande.APPROUVEE)
    except DroitsChanges as changed:
        ouverte = opened(demande, changed.wanted, erreur=changed.message)
        return show(Boite(ouverte, changed.statut))
    except Refuse as refusal:
        return show(Boite(opened(demande, wanted, erreur=refusal.message), refusal.statut))
    return _done(demande)


@bp.get("/demandes/<cle>/refuser")
@needs(DemandeAcces, Can.DECIDE)
def refuser(demande: DemandeAcces) -> ResponseReturnValue:
    in_the_inbox(demande)
    return _reason(demande)


@bp.post("/demandes/<cle>/refuser")
@needs(DemandeAcces, Can.VIEW, lock=False)
@fresh
def confirmer_refus(demande: DemandeAcces) -> ResponseReturnValue:
    received()
    in_the_inbox(demande)
    motif = printable(request.form.get("motif", ""))
    try:
        actions.refuse(identite.acteur(), demande, motif)
    except DejaDecidee as late:
        return _late(late, EtatDemande.REFUSEE)
    except Refuse as refusal:
        return _reason(demande, motif, refusal.message)
    return _done(demande)


@bp.post("/demandes/<cle>/annuler")
@needs(DemandeAcces, Can.VIEW, lock=False)
@fresh
def annuler(demande: DemandeAcces) -> ResponseReturnValue:
    received()
    in_the_inbox(demande)
    actions.undo(identite.acteur(), demande)
    flash("Votre décision est annulée. La demande est de nouveau à traiter.", "ok")
    return redirect(url_for("acces.demande", cle=demande.cle), 303)


def _wanted(acteur: Acteur, demande: DemandeAcces) -> Octrois:
    if demande.genre is GenreDemande.ADMINISTRATION:
        return NOTHING
    return read_grille(
        acteur, demande.organisation_id, request.form, held(demande), asked_for(demande)
    )


def _turned(demande: DemandeAcces, wanted: Octrois, number: int) -> Ouverte:
    """Another page of the grid, with everything that was ticked."""
    q = printable(request.form.get("_q", ""))[:200]
    return opened(demande, wanted, q, number)


def _preview(acteur: Acteur, demande: DemandeAcces, wanted: Octrois) -> Ouverte:
    return replace(opened(demande, wanted), apercu=difference(held(demande), wanted))


def _late(late: DejaDecidee, asked: EtatDemande) -> ResponseReturnValue:
    """The same page for the second of two clicks; who decided what for somebody else."""
    mine = late.demande.decideur_id == identite.acteur().utilisateur_id
    if mine and late.demande.etat is asked:
        return _done(late.demande)
    ouverte = replace(opened(late.demande), erreur=late.message)
    return show(Boite(ouverte, late.statut, annonce=late.message))


def _done(demande: DemandeAcces) -> ResponseReturnValue:
    return redirect(url_for("acces.demandes", faite=demande.cle, **kept()), 303)


def _reason(demande: DemandeAcces, motif: str = "", error: str = "") -> ResponseReturnValue:
    [fiche] = fiches([demande])
    return page(
        "acces/refuser.html",
        titre=f"Refuser l’accès de {fiche.nom}",
        status=422 if error else 200,
        fiche=fiche,
        motif=motif,
        erreur=error,
        garde=kept(),
    )
