"""The people of a dossier: the list, the form of one, taking one out."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.blueprints.dossiers import bp
from monespace.blueprints.dossiers.comparaison import (
    as_posted,
    asked_again,
    errors_of,
    status_of,
)
from monespace.blueprints.dossiers.etapes import leave, quietly, step_named
from monespace.blueprints.dossiers.navigation import after, frame
from monespace.blueprints.formulaire import Envoi, new_token, received, typed
from monespace.dossiers import actions, queries
from monespace.dossiers.actions import Saved
from monespace.dossiers.choices import lists
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.dossiers.reading import declaration, values_of
from monespace.forms.answers import Answers
from monespace.forms.fields import fields
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Conflit

BORN = {"mme": "née le", "m": "né le"}


@bp.get("/<cle>/salaries")
@needs(Dossier, Can.EDIT)
def salaries(dossier: Dossier) -> ResponseReturnValue:
    return show(dossier, None, new_token())


@bp.get("/<cle>/salaries/<salarie>")
@needs(Dossier, Can.EDIT)
def salarie(dossier: Dossier, salarie: str) -> ResponseReturnValue:
    found = queries.stagiaire_of(dossier, salarie)
    return show(dossier, found, found.jeton)


@bp.post("/<cle>/salaries")
@needs(Dossier, Can.EDIT)
def enregistrer_salarie(dossier: Dossier) -> ResponseReturnValue:
    """Add a person, or change the one whose form carries their token: twice makes one."""
    envoi, acteur = received(), identite.acteur()
    personnes = declaration(dossier).personnes
    _still_there(dossier, request.form.get("_salarie", ""))
    stagiaire, saved = actions.save_stagiaire(
        acteur,
        dossier,
        envoi.jeton,
        typed(personnes.questions),
        envoi.revision,
        lists(acteur, dossier.dispositif),
        services.config().max_stagiaires,
        as_posted(envoi),
    )
    if isinstance(stagiaire, EnAttente):
        return _waits(dossier, stagiaire, envoi)
    if envoi.automatic:
        step = step_named(dossier, personnes.step)
        return quietly(
            dossier,
            step,
            saved,
            "dossiers/salaries.html",
            ("compte",),
            most=services.config().max_stagiaires,
        )
    if stagiaire and (saved.contested or (saved.unreadable and envoi.suite != "quitter")):
        return show(dossier, stagiaire, envoi.jeton, saved)
    if envoi.suite == "ajouter":
        if stagiaire:
            flash(f"{name_of(stagiaire)}\u00a0: enregistré dans ce dossier.", "ok")
        return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)
    return leave(dossier, personnes.step, envoi)


@bp.get("/<cle>/salaries/<salarie>/retirer")
@needs(Dossier, Can.EDIT)
def confirmer_retrait(dossier: Dossier, salarie: str) -> ResponseReturnValue:
    if _is_gone(dossier, salarie):
        return _told_gone(dossier)
    found = queries.stagiaire_of(dossier, salarie)
    return page(
        "dossiers/retirer.html",
        titre=f"Retirer {name_of(found)}",
        salarie=found,
        nom=name_of(found),
        dossier=dossier,
    )


@bp.post("/<cle>/salaries/<salarie>/retirer")
@needs(Dossier, Can.EDIT)
def retirer(dossier: Dossier, salarie: str) -> ResponseReturnValue:
    received()
    if _is_gone(dossier, salarie):
        return _told_gone(dossier)
    found = queries.stagiaire_of(dossier, salarie)
    flash(f"{name_of(found)} ne fait plus partie de ce dossier.", "ok")
    actions.remove_stagiaire(identite.acteur(), dossier, found)
    return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)


def show(
    dossier: Dossier, stagiaire: Stagiaire | None, jeton: str, saved: Saved | None = None
) -> ResponseReturnValue:
    """The list of people, and the form of one of them or of a new one."""
    personnes = declaration(dossier).personnes
    answers = Answers(stagiaire.reponses, stagiaire.saisies) if stagiaire else Answers({}, {})
    drawn = fields(
        personnes.questions,
        answers,
        lists(identite.acteur(), dossier.dispositif),
        asked_again(saved) if saved else None,
        around=dossier.reponses,
    )
    step = step_named(dossier, personnes.step)
    about = f"{name_of(stagiaire)} – {step.title}" if stagiaire else step.title
    return page(
        "dossiers/salaries.html",
        titre=f"{about} – {dossier.intitule or dossier.designation}",
        status=status_of(saved),
        contested=saved is not None and bool(saved.contested),
        formulaire=new_token(),
        step=step,
        fields=drawn,
        errors=errors_of(drawn) if saved else [],
        salarie=stagiaire,
        people=[_row(one) for one in dossier.stagiaires],
        most=services.config().max_stagiaires,
        jeton=jeton,
        suivante=after(dossier, step.name),
        **frame(dossier, step.name),
    )


def _waits(dossier: Dossier, person: EnAttente, envoi: Envoi) -> ResponseReturnValue:
    """Nobody is lost for want of a place: the page that splits the dossier takes over."""
    told = f"{name_of(person)}\u00a0: personne gardée en attente, ce dossier est complet."
    if not envoi.automatic:
        flash(f"{told} Répartissez les salariés pour lui donner une place.", "info")
        return redirect(url_for("dossiers.repartir", cle=dossier.cle), 303)
    step = step_named(dossier, declaration(dossier).personnes.step)
    return page(
        "dossiers/salaries.html",
        titre=step.title,
        also=("enregistrement", "avancement", "compte", "alerte"),
        only_also=True,
        alerte=f"{told} Terminez, puis enregistrez pour lui trouver une place.",
        most=services.config().max_stagiaires,
        **frame(dossier, step.name),
    )


def _is_gone(dossier: Dossier, cle: str) -> bool:
    """Was this person taken out by a former click, or by somebody else?"""
    return all(one.cle != cle for one in dossier.stagiaires) and queries.was_in(dossier, cle)


def _told_gone(dossier: Dossier) -> ResponseReturnValue:
    flash("Cette personne n’est plus dans ce dossier. Rien n’a été modifié.", "info")
    return redirect(url_for("dossiers.salaries", cle=dossier.cle), 303)


def _still_there(dossier: Dossier, cle: str) -> None:
    """A form about somebody whom another person has just taken out must not bring them back."""
    if cle and all(one.cle != cle for one in dossier.stagiaires):
        raise Conflit(
            "Cette personne vient d’être retirée du dossier par quelqu’un d’autre\u00a0: vos "
            "modifications n’ont pas été enregistrées. Copiez-les, puis ajoutez-la à nouveau si "
            "besoin."
        )


def _row(stagiaire: Stagiaire) -> dict[str, object]:
    known, personnes = values_of(stagiaire), declaration(stagiaire.dossier).personnes
    shown = {question.name: question for question in personnes.questions}
    around = {**stagiaire.dossier.reponses, **stagiaire.reponses}
    return {
        "cle": stagiaire.cle,
        "nom": name_of(stagiaire),
        "ne": BORN.get(known.get("civilite") or "", "né(e) le"),
        "naissance": known.get("naissance"),
        "cells": [
            (shown[name].label, shown[name].kind.text(known[name])) for name in personnes.shown
        ],
        "faults": sum(name in shown and shown[name].asked(around) for name in stagiaire.saisies),
    }
