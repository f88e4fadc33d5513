"""The NIR of somebody: typed once, sealed at once, never shown whole again."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.blueprints.formulaire import received
from monespace.blueprints.salaries import bp
from monespace.coffre import Altere
from monespace.forms.kinds import Illisible, Nir
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.salaries import actions, queries
from monespace.salaries.actions.nir import Numero
from monespace.salaries.models import Salarie

KIND = Nir()
TYPE_AGAIN = "Saisissez à nouveau ce numéro\u00a0: par sécurité, il n’est pas réaffiché."


@dataclass(frozen=True, slots=True)
class NirLu:
    """What came in the NIR field of a form: a number, or why it is none.

    `kept` is the number sealed for this form alone, so that another fault on the page does not
    have it typed again; `masked` is what may be shown of it.
    """

    numero: Numero | None = None
    error: str = ""
    kept: str = ""
    masked: str = ""


def read_nir(jeton: str) -> NirLu:
    """The number typed in this form, or sealed in it when it was shown before."""
    typed, kept = request.form.get("nir", ""), request.form.get("_nir", "")
    place = ("formulaire", jeton, str(identite.acteur().utilisateur_id))
    try:
        clear = KIND.read((typed,)) or (services.coffre().open(kept, *place) if kept else "")
    except Illisible as error:
        return NirLu(error=str(error))
    except Altere:
        return NirLu(error=TYPE_AGAIN)
    if not clear:
        return NirLu()
    return NirLu(
        Numero(clear, services.coffre()),
        kept=services.coffre().seal(clear, *place),
        masked=KIND.masked(clear),
    )


@bp.get("/<cle>/nir")
@needs(Salarie, Can.EDIT)
def nir(salarie: Salarie) -> ResponseReturnValue:
    return show(salarie)


@bp.post("/<cle>/nir")
@needs(Salarie, Can.EDIT)
def enregistrer_nir(salarie: Salarie) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    if envoi.suite == "effacer":
        actions.keep_nir(acteur, salarie, None)
        flash("Le numéro de sécurité sociale est effacé.", "ok")
        return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)
    read = read_nir(envoi.jeton)
    if read.numero is None:
        return show(salarie, read.error or KIND.invite)
    try:
        actions.keep_nir(acteur, salarie, read.numero)
    except Refuse as refusal:
        return show(salarie, refusal.message)
    flash("Le numéro de sécurité sociale est enregistré. Il n’est plus affiché en entier.", "ok")
    if doubts := read.numero.doubts(salarie):
        flash(f"Vérifiez ce numéro. Il ne va pas avec\u00a0: {doubts}.", "warn")
    return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)


def show(salarie: Salarie, error: str = "") -> ResponseReturnValue:
    """The page of the number; after a refusal, with the reason and an empty field."""
    return page(
        "salaries/nir.html",
        titre=f"Numéro de sécurité sociale de {salarie.nom}",
        status=422 if error else 200,
        salarie=salarie,
        masked=queries.masked_nir(identite.acteur(), salarie, services.coffre()),
        error=error,
    )
