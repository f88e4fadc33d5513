"""Who will administer a company and who will do what, agreed with it before it opens."""

from dataclasses import dataclass, field, replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import actions, listes
from monespace.acces.actions.invitations import DejaInvite, DejaMembre, Promesse
from monespace.acces.grille import grille
from monespace.acces.lecture import read_grille
from monespace.acces.modeles import MODELES, modele
from monespace.acces.models import Invitation
from monespace.acteur import Acteur, Role
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.opco import bp
from monespace.forms.answers import Answer, read
from monespace.forms.kinds import Email
from monespace.forms.questionnaire import Question
from monespace.forms.validators import printable
from monespace.guard import fresh, needs
from monespace.organisations.models import Organisation
from monespace.organisations.octrois import Octrois
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse

COURRIEL = Question("courriel", "Adresse e-mail", Email())
NOTHING: Octrois = frozenset()


@dataclass(frozen=True, slots=True)
class Saisie:
    """What was typed in the form."""

    jeton: str
    courriel: Answer = field(default_factory=Answer)
    administrateur: bool = False
    etablissement: str = ""
    droits: Octrois = NOTHING


@bp.get("/<cle>/predesigner")
@needs(Organisation, Can.PRE_APPOINT)
def predesignation(organisation: Organisation) -> ResponseReturnValue:
    return _show(organisation, Saisie(new_token()))


@bp.post("/<cle>/predesigner")
@needs(Organisation, Can.PRE_APPOINT, lock=False)
@fresh
def predesigner(organisation: Organisation) -> ResponseReturnValue:
    suite, typed = received().suite, _typed(organisation)
    kind, _, name = suite.partition("-")
    try:
        if kind == "modele":
            given = modele(_whole(organisation), organisation.id, name, typed.etablissement)
            return _show(organisation, replace(typed, droits=given))
        if suite != "predesigner":
            return _show(organisation, typed)
        if typed.courriel.error or typed.courriel.value is None:
            return _show(organisation, typed, typed.courriel.error or COURRIEL.kind.invite)
        address = str(typed.courriel.value).casefold()
        droits = NOTHING if typed.administrateur else typed.droits
        promesse = Promesse(address, droits, typed.administrateur)
        actions.pre_appoint(identite.acteur(), organisation, promesse, typed.jeton)
    except Refuse as refusal:
        return _show(
            organisation,
            typed,
            refusal.message,
            "#courriel" if isinstance(refusal, DejaMembre | DejaInvite) else "#droits",
        )
    flash(f"C’est noté. Les droits de {address} s’ouvriront à sa première connexion.", "ok")
    return redirect(url_for("opco.entreprise", cle=organisation.cle), 303)


@bp.get("/predesignations/<cle>/annuler")
@needs(Invitation, Can.WITHDRAW)
def confirmer_annulation(agreed: Invitation) -> ResponseReturnValue:
    return page(
        "opco/annuler.html",
        titre="Annuler ce qui était prévu",
        invitation=agreed,
        promis=listes.promised(agreed),
    )


@bp.post("/predesignations/<cle>/annuler")
@needs(Invitation, Can.WITHDRAW, lock=False)
@fresh
def annuler(agreed: Invitation) -> ResponseReturnValue:
    received()
    actions.cancel_pre_appointment(identite.acteur(), agreed)
    flash(f"Rien ne s’ouvrira pour {agreed.courriel}.", "ok")
    return redirect(url_for("opco.entreprise", cle=agreed.organisation.cle), 303)


def _whole(organisation: Organisation) -> Acteur:
    """Before opening, what is agreed with the company knows no other bound than the company."""
    return replace(
        identite.acteur(),
        role=Role.MEMBRE,
        organisation_id=organisation.id,
        administrateur=True,
    )


def _typed(organisation: Organisation) -> Saisie:
    form = request.form
    return Saisie(
        received().jeton,
        read(COURRIEL.kind, (form.get("courriel", ""),)),
        form.get("administrateur") == "1",
        printable(form.get("etablissement", ""))[:20],
        read_grille(_whole(organisation), organisation.id, form, NOTHING),
    )


def _show(
    organisation: Organisation, typed: Saisie, error: str = "", at: str = "#courriel"
) -> ResponseReturnValue:
    number = received().suite.removeprefix("page-") if request.method == "POST" else "1"
    return page(
        "opco/predesigner.html",
        titre="Prédésigner une personne",
        status=422 if error else 200,
        organisation_=organisation,
        typed=typed,
        courriel=" ".join(typed.courriel.raw) or typed.courriel.value or "",
        grid=grille(
            _whole(organisation),
            organisation.id,
            NOTHING,
            ticked=typed.droits,
            q=printable(request.form.get("_q", ""))[:100],
            page=int(number) if number.isdecimal() and len(number) < 6 else 1,
        ),
        modeles=MODELES,
        errors=[(error, at)] if error else [],
    )
