"""Say what the columns of a spreadsheet are: asked once, remembered for the next file."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, policy, services
from monespace.acteur import Acteur
from monespace.blueprints.formulaire import received
from monespace.blueprints.imports import bp
from monespace.blueprints.imports.avant import beforehand
from monespace.fichiers import FichierRefuse
from monespace.guard import needs
from monespace.imports import actions, liaison, queries
from monespace.imports.actions import revision_of
from monespace.imports.cible import Cible, cible_of
from monespace.imports.lecture import Comprise, lacking, plan_at, understand
from monespace.imports.liaison import Liaison
from monespace.imports.models import Import
from monespace.page import page
from monespace.policy import Can
from monespace.tableur.entetes import Plan
from monespace.tableur.feuilles import Feuilles
from monespace.tableur.lecture import MOST_COLUMNS

COLUMN = "colonne_"
INDEXES = frozenset(str(index) for index in range(MOST_COLUMNS))


@bp.get("/<cle>/colonnes")
@needs(Import, Can.VIEW)
def colonnes(import_: Import) -> ResponseReturnValue:
    acteur = identite.acteur()
    cible = cible_of(acteur, queries.dossier_of(acteur, import_))
    feuilles, plan = queries.feuilles_of(import_, services.stockage()), queries.plan_of(import_)
    asked = request.args.get("feuille", ""), request.args.get("entete", "")
    if any(asked):
        place = liaison.place_named(feuilles, *asked, plan)
        plan = plan_at(cible, feuilles, queries.remembered(acteur), *place)
    return _show(import_, cible, feuilles, plan)


@dataclass(frozen=True, slots=True)
class Reponse:
    """What the form says of the columns, and how the rows are read then."""

    feuilles: Feuilles
    liaison: Liaison
    comprise: Comprise | None = None
    errors: tuple[tuple[str, str], ...] = ()


def _answered(acteur: Acteur, cle: str) -> Reponse:
    """Read the rows as the form says. Raise Introuvable, Interdit or Conflit."""
    received()
    import_ = policy.load(acteur, Import, cle, Can.VIEW)
    cible = cible_of(acteur, queries.dossier_of(acteur, import_))
    feuilles = queries.feuilles_of(import_, services.stockage())
    form = request.form
    place = liaison.place_named(
        feuilles, form.get("feuille", ""), form.get("entete", ""), queries.plan_of(import_)
    )
    chosen = {
        int(name.removeprefix(COLUMN)): value
        for name, value in form.items()
        if name.startswith(COLUMN) and name[len(COLUMN) :] in INDEXES
    }
    said = liaison.link(cible, feuilles, queries.remembered(acteur), place, chosen)
    if said.errors:
        return Reponse(feuilles, said, errors=tuple(said.errors))
    try:
        comprise = understand(acteur, cible, feuilles, said.plan, here=True)
    except FichierRefuse as refusal:
        return Reponse(feuilles, said, errors=((refusal.message, "#entete"),))
    return Reponse(feuilles, said, comprise)


@bp.post("/<cle>/colonnes")
@beforehand(_answered)
@needs(Import, Can.VIEW)
def relier(import_: Import, prepared: Reponse) -> ResponseReturnValue:
    acteur, envoi = identite.acteur(), received()
    if prepared.comprise is None:
        cible = cible_of(acteur, queries.dossier_of(acteur, import_))
        plan = prepared.liaison.plan
        return _show(import_, cible, prepared.feuilles, plan, prepared.errors)
    actions.choose_columns(
        acteur, import_, prepared.comprise, prepared.liaison.linked, envoi.revision
    )
    return redirect(url_for("imports.suivi", cle=import_.cle), 303)


def _show(
    import_: Import,
    cible: Cible,
    feuilles: Feuilles,
    plan: Plan,
    errors: tuple[tuple[str, str], ...] = (),
) -> ResponseReturnValue:
    return page(
        "imports/colonnes.html",
        titre=f"Relier les colonnes – {import_.nom}",
        status=422 if errors else 200,
        import_=import_,
        dossier=cible.dossier,
        errors=errors,
        feuilles=[(rank, one.nom) for rank, one in enumerate(feuilles.feuilles)],
        lignes=liaison.lines_to_choose(feuilles, plan.feuille),
        plan=plan,
        colonnes=liaison.shown(feuilles, plan),
        questions=[(one.name, one.label) for one in cible.questions],
        manquent=lacking(cible, plan),
        revision=revision_of(import_),
    )
