"""Add somebody, change what is known of them: the same form, nothing typed in it is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acteur import Verbe
from monespace.blueprints.dossiers.comparaison import errors_of
from monespace.blueprints.formulaire import Envoi, new_token, received, typed
from monespace.blueprints.salaries import bp
from monespace.blueprints.salaries.nir import NirLu, read_nir
from monespace.forms.answers import Answer, Answers
from monespace.forms.fields import Rival, fields, kind_of, text_of
from monespace.guard import needs, somewhere
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Interdit, Refuse
from monespace.salaries import actions, queries
from monespace.salaries.actions import Contestee, Doublon, Fautes
from monespace.salaries.actions.fiche import digest
from monespace.salaries.models import Salarie
from monespace.salaries.saisie import QUESTIONS, read_form
from monespace.typographie import date_long, time_of

EMPTY = Answers({}, {})
# What the fiche of somebody is compared by, even where nothing was typed.
TELLING = ("etablissement", "matricule", "emploi")
NO_PLACE = (
    "Vous n’avez le droit d’ajouter des salariés dans aucun établissement. Demandez-le à un "
    "administrateur de votre entreprise."
)


@dataclass(frozen=True, slots=True)
class Formulaire:
    """The form of a fiche: what stands in it, and why it is shown again."""

    jeton: str
    answers: Answers
    salarie: Salarie | None = None
    status: int = 200
    message: str = ""
    rivals: Mapping[str, Rival] = field(default_factory=dict)
    semblables: Sequence[Salarie] = ()
    by_nir: bool = False
    nir: NirLu = field(default_factory=NirLu)


@bp.get("/nouveau")
@somewhere(Salarie, Can.EDIT)
def nouveau() -> ResponseReturnValue:
    places = queries.places(identite.acteur(), Verbe.SAISIR)
    if not places:
        raise Interdit(NO_PLACE)
    only = {"etablissement": places[0].siret} if len(places) == 1 else {}
    return show(Formulaire(new_token(), Answers(only, {})))


@bp.post("/nouveau")
@somewhere(Salarie, Can.EDIT)
def ajouter() -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    if not queries.places(acteur, Verbe.SAISIR):
        raise Interdit(NO_PLACE)
    answers = read_form(typed(QUESTIONS), queries.lists(acteur), EMPTY)
    nir = read_nir(envoi.jeton)
    form = Formulaire(envoi.jeton, answers, nir=nir)
    if nir.error:
        return show(replace(form, status=422))
    try:
        salarie = actions.add(acteur, answers, envoi.jeton, _seen(envoi), nir.numero)
    except (Fautes, Doublon, Refuse) as refusal:
        return show(_again(form, refusal))
    flash(f"{salarie.nom} est dans l’annuaire.", "ok")
    _warn(nir, salarie)
    return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)


@bp.get("/<cle>/modifier")
@needs(Salarie, Can.EDIT)
def modifier(salarie: Salarie) -> ResponseReturnValue:
    return show(Formulaire(new_token(), _known(salarie), salarie))


@bp.post("/<cle>/modifier")
@needs(Salarie, Can.EDIT)
def enregistrer(salarie: Salarie) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    answers = read_form(typed(QUESTIONS), queries.lists(acteur), _known(salarie))
    form = Formulaire(envoi.jeton, answers, salarie)
    try:
        changed = actions.change(acteur, salarie, answers, _shown(), envoi.choix, _seen(envoi))
    except (Contestee, Fautes, Doublon, Refuse) as refusal:
        return show(_again(form, refusal))
    flash("La fiche est enregistrée." if changed else "Rien n’a changé dans cette fiche.", "ok")
    return redirect(url_for("salaries.fiche", cle=salarie.cle), 303)


def _known(salarie: Salarie) -> Answers:
    return Answers(salarie.reponses, salarie.saisies)


def _seen(envoi: Envoi) -> int:
    """How many people of the same name were shown, if all of them were said to be others."""
    seen = request.form.get("_homonymes", "")
    known = seen.isascii() and seen.isdigit() and len(seen) < 4
    return int(seen) if envoi.suite == "autre" and known else 0


def _shown() -> dict[str, str]:
    """The digests of the answers that the form was shown with, by name."""
    pairs = (pair.partition(":") for pair in request.form.get("_base", "").split())
    return {name: value for name, _, value in pairs}


def _warn(nir: NirLu, salarie: Salarie) -> None:
    if nir.numero and (doubts := nir.numero.doubts(salarie)):
        flash(f"Vérifiez le numéro de sécurité sociale. Il ne va pas avec\u00a0: {doubts}.", "warn")


def _again(form: Formulaire, refusal: Contestee | Fautes | Doublon | Refuse) -> Formulaire:
    """The form with what was typed, and what keeps it from being written."""
    if isinstance(refusal, Fautes):
        return replace(form, answers=refusal.answers, status=422)
    if isinstance(refusal, Doublon):
        return replace(
            form,
            answers=refusal.answers,
            status=409,
            semblables=refusal.semblables,
            by_nir=refusal.by_nir,
        )
    if isinstance(refusal, Contestee):
        return replace(form, answers=refusal.answers, status=409, rivals=_rivals(form, refusal))
    return replace(form, status=422, message=refusal.message)


def _rivals(form: Formulaire, refusal: Contestee) -> dict[str, Rival]:
    salarie = form.salarie
    assert salarie is not None
    who, instant = queries.last_change(salarie)
    when = f"{date_long(instant)} à {time_of(instant)}"
    told = f"{who[0].upper()}{who[1:]} a répondu autre chose, le {when}."
    current = _known(salarie)
    return {
        name: Rival(
            typed_here,
            current[name],
            digest(current[name]),
            f"Prendre celle de {who}, le {when}"
            if who[0].isupper()
            else f"Prendre celle du {when}",
            told,
        )
        for name, typed_here in refusal.contested.items()
    }


def show(form: Formulaire) -> ResponseReturnValue:
    """The form, new or with what keeps it from being written."""
    drawn = fields(QUESTIONS, form.answers, queries.lists(identite.acteur()), form.rivals)
    salarie = form.salarie
    errors = errors_of(drawn) if form.status != 200 else []
    if form.nir.error:
        errors.append((f"Numéro de sécurité sociale\u00a0: {form.nir.error}", "#nir"))
    if form.message:
        errors.append((form.message, "#etablissement"))
    return page(
        "salaries/formulaire.html",
        titre=f"Modifier {salarie.nom}" if salarie else "Ajouter un salarié",
        status=form.status,
        form=form,
        salarie=salarie,
        fields=drawn,
        errors=errors,
        semblables=[(one, _compared(one, form.answers)) for one in form.semblables],
        base=_base(salarie) if salarie else "",
    )


def _base(salarie: Salarie) -> str:
    return " ".join(f"{name}:{value}" for name, value in actions.digests(salarie).items())


def _compared(salarie: Salarie, typed_here: Answers) -> list[tuple[str, str, str]]:
    """Label, what the fiche says, what was typed: what tells two people apart."""
    known, among = _known(salarie), queries.filter_lists(identite.acteur())
    rows = []
    for question in QUESTIONS:
        theirs, mine = known[question.name], typed_here[question.name]
        if mine != Answer() or (question.name in TELLING and theirs != Answer()):
            kind = kind_of(question, among, theirs)
            rows.append((question.label, text_of(kind, theirs), text_of(kind, mine)))
    return rows
