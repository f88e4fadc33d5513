"""One import at one address: its progress, its preview, then what it gave."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, policy, services
from monespace.acteur import Acteur
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.imports import bp
from monespace.blueprints.imports.avant import beforehand
from monespace.blueprints.telechargement import download
from monespace.dossiers.models import Dossier
from monespace.guard import needs
from monespace.imports import actions, queries, wording
from monespace.imports.actions import Choix, revision_of
from monespace.imports.cible import cible_of
from monespace.imports.lecture import MOST_AT_ONCE, rows
from monespace.imports.lignes import Ligne
from monespace.imports.models import EtatImport, Import
from monespace.page import page, wants_fragment
from monespace.policy import Can
from monespace.refus import Refuse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<cle>")
@needs(Import, Can.VIEW)
def suivi(import_: Import) -> ResponseReturnValue:
    # A page that waits asks for one block: what comes next is behind a link of that block.
    if not wants_fragment():
        if import_.etat is EtatImport.A_RELIER:
            return redirect(url_for("imports.colonnes", cle=import_.cle), 303)
        if import_.etat is EtatImport.A_VERIFIER:
            return _preview(import_, Choix.from_json(import_.plan.get("choix")))
        if import_.etat is EtatImport.FAIT:
            return _result(import_)
    stage = queries.stage(import_)
    return page(
        "imports/suivi.html",
        titre=f"Import de salariés – {import_.nom}",
        also=("annonce",),
        import_=import_,
        dossier=_seen(import_),
        stage=stage,
        annonce=stage if request.args.get("dit", stage) != stage else "",
    )


def _few_rows(acteur: Acteur, cle: str) -> list[Ligne]:
    """The rows to take, read before the transaction; none of a long file, left to the worker."""
    import_ = policy.load(acteur, Import, cle, Can.VIEW)
    if import_.etat is not EtatImport.A_VERIFIER or import_.lignes_total > MOST_AT_ONCE:
        return []
    cible = cible_of(acteur, queries.dossier_of(acteur, import_))
    return rows(cible, queries.feuilles_of(import_, services.stockage()), queries.plan_of(import_))


@bp.post("/<cle>")
@beforehand(_few_rows)
@needs(Import, Can.VIEW)
def confirmer(import_: Import, prepared: list[Ligne]) -> ResponseReturnValue:
    acteur, envoi = identite.acteur(), received()
    if not actions.confirmable(import_, envoi.revision):
        return redirect(_after(import_), 303)
    cible = cible_of(acteur, queries.dossier_of(acteur, import_, lock=True))
    choix = Choix(
        request.form.get("etablissement", ""),
        "mettre_a_jour" in request.form,
        "annuaire" in request.form,
    )
    try:
        actions.check(import_, cible, choix)
    except Refuse as refusal:
        return _preview(import_, choix, refusal.message)
    if import_.lignes_total > MOST_AT_ONCE:
        actions.ask(import_, choix)
        return redirect(_after(import_), 303)
    config = services.config()
    prise = actions.take(acteur, import_.cle, cible, prepared, choix, config.max_stagiaires)
    actions.close(acteur, import_, cible, prise)
    flash(wording.sentence(import_), "ok")
    return redirect(_after(import_), 303)


@bp.get("/<cle>/a-corriger.xlsx")
@needs(Import, Can.VIEW)
def corrige(import_: Import) -> ResponseReturnValue:
    contenu = queries.open_corrected(import_, services.stockage())
    return download(contenu, wording.corrected_name(import_), XLSX)


def _after(import_: Import) -> str:
    """Where people were taken, unless rows are left to mend or the worker takes them."""
    dossier = import_.dossier
    mend = queries.given_back(import_)
    if import_.etat is not EtatImport.FAIT or dossier is None or mend:
        return url_for("imports.suivi", cle=import_.cle)
    if wording.number(import_, "en_attente"):
        return url_for("dossiers.repartir", cle=dossier.cle)
    return url_for("dossiers.salaries", cle=dossier.cle)


def _seen(import_: Import) -> Dossier | None:
    """Its dossier, if it may still be seen."""
    seen = queries.dossiers_seen(identite.acteur(), [import_])
    return seen.get(import_.dossier_id or 0)


def _preview(import_: Import, choix: Choix, refused: str = "") -> ResponseReturnValue:
    acteur = identite.acteur()
    cible = cible_of(acteur, queries.dossier_of(acteur, import_))
    return page(
        "imports/apercu.html",
        titre=f"Vérifier avant d’importer – {import_.nom}",
        status=422 if refused else 200,
        import_=import_,
        dossier=cible.dossier,
        apercu=import_.bilan["apercu"],
        OF_ROW=wording.OF_ROW,
        places=cible.places,
        choix=choix,
        refused=refused,
        revision=revision_of(import_),
    )


def _result(import_: Import) -> ResponseReturnValue:
    return page(
        "imports/resultat.html",
        titre=f"Import terminé – {import_.nom}",
        import_=import_,
        dossier=_seen(import_),
        faits=wording.done(import_),
        en_attente=wording.number(import_, "en_attente"),
        a_corriger=wording.number(import_, "a_corriger"),
        reste=wording.number(import_, "reste"),
        refus=wording.first_refused(import_),
        jeton=new_token(),
    )
