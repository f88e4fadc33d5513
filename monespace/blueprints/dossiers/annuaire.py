"""A dossier and the directory: choose people there, give back what was typed here."""

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.acteur import Acteur, Objet, Verbe
from monespace.blueprints.dossiers import bp
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.salaries.liste import Recherche, link, searched
from monespace.dossiers import queries
from monespace.dossiers.actions import Ajout
from monespace.dossiers.actions import annuaire as actions
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, Stagiaire
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refus, Refuse
from monespace.salaries import queries as directory
from monespace.salaries.actions import Fautes
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.typographie import plural, siret

# As many as a lot may ever hold, and one more to be told that it is too many.
MOST_AT_ONCE = 1501


@bp.get("/<cle>/annuaire")
@needs(Dossier, Can.EDIT)
def choisir(dossier: Dossier) -> ResponseReturnValue:
    return show_choice(dossier)


@bp.post("/<cle>/annuaire")
@needs(Dossier, Can.EDIT)
def ajouter_de_l_annuaire(dossier: Dossier) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    found = searched(acteur, request.args)
    chosen = _chosen(acteur, found, envoi.suite)
    if not chosen:
        return show_choice(dossier, "Cochez au moins une personne de la liste.")
    try:
        done = actions.pick(acteur, dossier, chosen, services.config().max_stagiaires)
    except Refuse as refusal:
        return show_choice(dossier, refusal.message)
    if done.waiting:
        return redirect(url_for("dossiers.repartir", cle=dossier.cle), 303)
    flash(_told(done), "ok")
    if envoi.suite == "suivante" and found.page.following:
        return redirect(link(_address(dossier), apres=found.page.following), 303)
    return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)


def _chosen(acteur: Acteur, found: Recherche, suite: str) -> Sequence[Salarie]:
    if suite == "tous":
        return directory.everyone(acteur, found.filtre, MOST_AT_ONCE)
    return directory.chosen(acteur, set(request.form.getlist("salarie")))


def _told(done: Ajout) -> str:
    added = plural(done.added, "salarié ajouté", "salariés ajoutés") + " au dossier."
    already = plural(done.already, "personne y était déjà", "personnes y étaient déjà")
    return f"{added} {already[0].upper()}{already[1:]}." if done.already else added


def _address(dossier: Dossier) -> str:
    return url_for("dossiers.choisir", cle=dossier.cle)


def show_choice(dossier: Dossier, message: str = "") -> ResponseReturnValue:
    """The directory with boxes to tick; after a refusal, with its reason and what was ticked."""
    acteur = identite.acteur()
    found = searched(acteur, request.args)
    sees = bool(acteur.scopes(Objet.SALARIES, Verbe.CONSULTER))
    base = _address(dossier)
    return page(
        "dossiers/choisir.html",
        titre=f"Choisir dans l’annuaire – {dossier.intitule or dossier.designation}",
        status=422 if message else 200,
        errors=[(message, "#salarie" if found.rows else "#q")] if message else [],
        found=found,
        rows=[(one, nom, _standing(dossier, one)) for one, nom in found.rows],
        ticked=frozenset(request.form.getlist("salarie")),
        adresse=request.full_path.rstrip("?"),
        base=base,
        sees=sees,
        administrateurs=[] if sees else directory.administrateurs(acteur),
        previous=link(base, avant=found.page.previous),
        following=link(base, apres=found.page.following),
        dossier=dossier,
        most=services.config().max_stagiaires,
    )


def _standing(dossier: Dossier, salarie: Salarie) -> str:
    """Where somebody is in this dossier already, or ""."""
    for label, people in (
        ("Déjà dans le dossier", dossier.stagiaires),
        ("En attente de répartition", dossier.en_attente),
    ):
        for one in people:
            if one.salarie_id == salarie.id or identity_of(one.reponses) == salarie.identite:
                return label
    return ""


@bp.get("/<cle>/salaries/<salarie>/annuaire")
@needs(Dossier, Can.EDIT)
def comparer_a_l_annuaire(dossier: Dossier, salarie: str) -> ResponseReturnValue:
    return show_comparison(queries.stagiaire_of(dossier, salarie))


@bp.post("/<cle>/salaries/<salarie>/annuaire")
@needs(Dossier, Can.EDIT)
def mettre_a_jour_l_annuaire(dossier: Dossier, salarie: str) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    stagiaire = queries.stagiaire_of(dossier, salarie)
    found = actions.counterpart(acteur, stagiaire)
    differ = actions.differences(stagiaire, found.salarie)
    if request.form.get("_vu") != actions.seen(found, differ):
        return show_comparison(stagiaire, 409)
    names = frozenset(request.form.getlist("champ"))
    try:
        written = actions.give_back(acteur, stagiaire, found, names, envoi.jeton)
    except Refuse as refusal:
        return show_comparison(stagiaire, 422, _reasons(refusal))
    flash(f"L’annuaire est à jour pour {written.nom}.", "ok")
    return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)


def _reasons(refusal: Refus) -> str:
    if not isinstance(refusal, Fautes):
        return refusal.message
    return " ".join(refusal.answers[name].error for name in refusal.answers.saisies)


def show_comparison(
    stagiaire: Stagiaire, status: int = 200, message: str = ""
) -> ResponseReturnValue:
    """What the directory and the dossier say of one person, side by side where they differ."""
    acteur = identite.acteur()
    found = actions.counterpart(acteur, stagiaire)
    differ = actions.differences(stagiaire, found.salarie)
    refused = actions.refusal(acteur, stagiaire, found)
    return page(
        "dossiers/comparer.html",
        titre=f"Mettre à jour l’annuaire\u00a0: {name_of(stagiaire)}",
        status=status,
        dossier=stagiaire.dossier,
        stagiaire=stagiaire,
        nom=name_of(stagiaire),
        found=found,
        differ=differ,
        vu=actions.seen(found, differ),
        jeton=new_token(),
        message=message or refused,
        refused=bool(refused),
        place=siret(str(actions.new_fiche(stagiaire).reponses["etablissement"])),
    )
