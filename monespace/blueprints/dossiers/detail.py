"""One dossier: its state, timeline, money and pieces; an answer to the OPCO; its deletion."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, journal
from monespace.blueprints.dossiers import bp
from monespace.blueprints.dossiers.recapitulatif import sections
from monespace.blueprints.formulaire import received
from monespace.blueprints.pourquoi import lacking, who_can_grant
from monespace.dossiers import actions
from monespace.dossiers.completude import lacunes
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.reading import declaration
from monespace.dossiers.states import label_of_act
from monespace.forms.kinds import Illisible, LongText
from monespace.forms.validators import printable
from monespace.guard import needs
from monespace.journal import Evenement
from monespace.page import page
from monespace.policy import Can, permitted
from monespace.refus import Refuse
from monespace.typographie import date_long, time_of

MESSAGE = LongText(4000)


@bp.get("/<cle>")
@needs(Dossier, Can.VIEW)
def detail(dossier: Dossier) -> ResponseReturnValue:
    return show(dossier)


@bp.post("/<cle>/reponse")
@needs(Dossier, Can.ANSWER)
def repondre(dossier: Dossier) -> ResponseReturnValue:
    received()
    typed = request.form.get("message", "")
    try:
        actions.answer(identite.acteur(), dossier, MESSAGE.read((typed,)) or "")
    except (Refuse, Illisible) as refusal:
        return show(dossier, 422, str(refusal), printable(typed))
    flash("Votre réponse est envoyée. L’instruction de votre dossier reprend.", "ok")
    return redirect(url_for("dossiers.detail", cle=dossier.cle), 303)


@bp.get("/<cle>/supprimer")
@needs(Dossier, Can.DELETE)
def confirmer_suppression(dossier: Dossier) -> ResponseReturnValue:
    titre = f"Supprimer le brouillon {dossier.reference}"
    return page("dossiers/supprimer.html", titre=titre, dossier=dossier)


@bp.post("/<cle>/supprimer")
@needs(Dossier, Can.DELETE)
def supprimer(dossier: Dossier) -> ResponseReturnValue:
    received()
    flash(f"Le brouillon {dossier.reference} est supprimé.", "ok")
    actions.delete(identite.acteur(), dossier)
    return redirect(url_for("dossiers.liste"), 303)


def show(
    dossier: Dossier, status: int = 200, message: str = "", typed: str = ""
) -> ResponseReturnValue:
    """The page of a dossier; after a refused answer, with the reason and what was typed."""
    demande = dossier.demandes[-1] if dossier.demandes else None
    manques = lacking(dossier, _open_to(dossier.statut))
    return page(
        "dossiers/detail.html",
        titre=f"{dossier.intitule or 'Dossier'} – {dossier.designation}",
        status=status,
        dossier=dossier,
        dispositif=declaration(dossier),
        sections=sections(dossier, editable=False),
        evenements=[_line(one) for one in journal.history(dossier)],
        peut=permitted(identite.acteur(), dossier),
        pourquoi=manques,
        administrateurs=who_can_grant(manques),
        demande=demande if dossier.statut is Statut.A_COMPLETER else None,
        lacunes=len([one for one in lacunes(dossier) if one.manque.blocks]),
        errors=[(message, "#message")] if message else [],
        typed=typed,
    )


def _open_to(statut: Statut) -> list[Can]:
    """What a dossier in that state is open to, rights apart."""
    if statut is Statut.BROUILLON:
        return [Can.EDIT, Can.SUBMIT, Can.DUPLICATE, Can.DELETE]
    if statut is Statut.A_COMPLETER:
        return [Can.ATTACH, Can.ANSWER, Can.DUPLICATE]
    return [Can.DUPLICATE]


def _line(evenement: Evenement) -> tuple[str, str, str, str]:
    when = f"{date_long(evenement.instant)} à {time_of(evenement.instant)}"
    what = label_of_act(evenement.acte)
    said = evenement.details.get("motif") or evenement.details.get("message") or ""
    return when, evenement.auteur, what, str(said)
