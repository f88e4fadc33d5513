"""Who answered what, when; and the way back to an earlier moment of a brouillon."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import received
from monespace.dossiers import actions
from monespace.dossiers.choices import lists
from monespace.dossiers.completude import name_of
from monespace.dossiers.historique import answered, latest, moments
from monespace.dossiers.models import Dossier
from monespace.dossiers.modifications import author_of
from monespace.dossiers.retour import Retour, changements, earliest, retour
from monespace.guard import needs
from monespace.page import announce, page
from monespace.policy import Can, permitted
from monespace.refus import Introuvable


@bp.get("/<cle>/historique")
@needs(Dossier, Can.VIEW)
def historique(dossier: Dossier) -> ResponseReturnValue:
    before = _before()
    return page(
        "dossiers/historique.html",
        titre=f"Historique des réponses – {dossier.intitule or dossier.designation}",
        dossier=dossier,
        groupes=answered(dossier) if before is None else [],
        moments=moments(dossier, before),
        avant=before,
        premiere=earliest(dossier),
        peut=permitted(identite.acteur(), dossier),
    )


@bp.get("/<cle>/historique/<int:revision>/revenir")
@needs(Dossier, Can.EDIT)
def confirmer_retour(dossier: Dossier, revision: int) -> ResponseReturnValue:
    return confirm(dossier, _asked(dossier, revision))


@bp.post("/<cle>/historique/<int:revision>/revenir")
@needs(Dossier, Can.EDIT)
def revenir(dossier: Dossier, revision: int) -> ResponseReturnValue:
    """Go back, unless somebody wrote since the page was shown: then it is asked again."""
    envoi, asked = received(), _asked(dossier, revision)
    address = url_for("dossiers.historique", cle=dossier.cle)
    if asked.empty:
        flash("Le dossier est déjà comme à ce moment. Rien n’a été modifié.", "info")
        return redirect(address, 303)
    if envoi.revision != dossier.revision:
        return confirm(dossier, asked, 409)
    undo = url_for("dossiers.confirmer_retour", cle=dossier.cle, revision=dossier.revision)
    config = services.config()
    actions.go_back(identite.acteur(), dossier, asked, config.max_stagiaires)
    announce("ok", f"Le dossier est revenu au {asked.au}.", action=("Annuler ce retour", undo))
    return redirect(address, 303)


def confirm(dossier: Dossier, asked: Retour, status: int = 200) -> ResponseReturnValue:
    """What going back would change; a 409 says who wrote since it was shown."""
    last = latest(dossier) if status == 409 else None
    return page(
        "dossiers/revenir.html",
        titre=f"Revenir au {asked.au}",
        status=status,
        dossier=dossier,
        retour=asked,
        changements=changements(dossier, asked),
        partants=[name_of(one) for one in asked.partants],
        entre_temps=author_of(last) if last else "",
    )


def _asked(dossier: Dossier, revision: int) -> Retour:
    return retour(dossier, revision, lists(identite.acteur(), dossier.dispositif))


def _before() -> int | None:
    """The revision that the moments of the page come before. Raise Introuvable for no number."""
    text = request.args.get("avant")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Introuvable()
    return int(text)
