"""Invite somebody, follow what became of it."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, policy
from monespace.acces import actions, listes, personnes
from monespace.acces.actions.invitations import Promesse
from monespace.acces.grille import grille
from monespace.acces.lecture import read_grille
from monespace.acces.modeles import MODELES, modele
from monespace.acces.models import Invitation
from monespace.acteur import Acteur
from monespace.blueprints.acces import bp
from monespace.blueprints.formulaire import Envoi, new_token, received
from monespace.forms.answers import Answer, read
from monespace.forms.kinds import Email, LongText
from monespace.forms.questionnaire import Question
from monespace.forms.validators import printable
from monespace.guard import fresh, listing, needs, somewhere
from monespace.organisations.models import Organisation
from monespace.organisations.octrois import Octrois
from monespace.page import page
from monespace.policy import Can, permitted
from monespace.refus import Interdit, Refuse

COURRIEL = Question("courriel", "Adresse e-mail", Email())
MESSAGE = Question("message", "Message", LongText(500))
NOTHING: Octrois = frozenset()


@bp.get("/invitations")
@listing(Invitation)
def invitations() -> ResponseReturnValue:
    acteur = identite.acteur()
    found = listes.invitations(acteur, request.args.get("apres", ""), request.args.get("avant", ""))
    return page(
        "acces/invitations.html",
        titre="Invitations",
        rows=[
            (one, listes.state(one), listes.promised(one), Can.DELETE in permitted(acteur, one))
            for one in found.rows
        ],
        previous=_at(avant=found.previous),
        following=_at(apres=found.following),
        peut_inviter=_may_invite(acteur),
        seul=personnes.sole_administrateur(acteur),
    )


@dataclass(frozen=True, slots=True)
class Saisie:
    """What was typed in the form of an invitation."""

    jeton: str
    courriel: Answer
    message: Answer
    administrateur: bool
    etablissement: str
    droits: Octrois = NOTHING


@bp.get("/invitations/nouvelle")
@somewhere(Organisation, Can.INVITE)
def nouvelle() -> ResponseReturnValue:
    return show(Saisie(new_token(), Answer(), Answer(), False, ""))


@bp.post("/invitations/nouvelle")
@somewhere(Organisation, Can.INVITE)
@fresh
def inviter() -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    typed = _typed(acteur, envoi)
    if envoi.suite != "inviter":
        return _elsewhere(acteur, envoi, typed)
    if typed.courriel.error or typed.courriel.value is None:
        return show(typed, (typed.courriel.error or COURRIEL.kind.invite, "#courriel"))
    if typed.message.error:
        return show(typed, (typed.message.error, "#message"))
    address = str(typed.courriel.value).casefold()
    promesse = Promesse(
        address,
        NOTHING if typed.administrateur else typed.droits,
        typed.administrateur,
        str(typed.message.value or ""),
    )
    try:
        actions.invite(acteur, promesse, typed.jeton)
    except (Refuse, Interdit) as refusal:
        at = "#courriel" if hasattr(refusal, "cle") else "#etablissement"
        return show(typed, (refusal.message, at), getattr(refusal, "cle", ""))
    flash(f"L’invitation est envoyée à {address}. Elle est valable 14 jours.", "ok")
    return redirect(url_for("acces.invitations"), 303)


@bp.post("/invitations/<cle>/renvoyer")
@needs(Invitation, Can.DELETE, lock=False)
@fresh
def renvoyer(invitation: Invitation) -> ResponseReturnValue:
    received()
    try:
        actions.resend(identite.acteur(), invitation)
    except Refuse as refusal:
        flash(refusal.message, "warn")
    else:
        flash(f"L’invitation est renvoyée à {invitation.courriel}, pour 14 jours.", "ok")
    return redirect(url_for("acces.invitations"), 303)


@bp.get("/invitations/<cle>/annuler")
@needs(Invitation, Can.DELETE)
def confirmer_annulation_invitation(invitation: Invitation) -> ResponseReturnValue:
    return page(
        "acces/annuler_invitation.html",
        titre="Annuler cette invitation",
        invitation=invitation,
        promis=listes.promised(invitation),
    )


@bp.post("/invitations/<cle>/annuler")
@needs(Invitation, Can.DELETE, lock=False)
@fresh
def annuler_invitation(invitation: Invitation) -> ResponseReturnValue:
    received()
    actions.cancel(identite.acteur(), invitation)
    flash(f"L’invitation de {invitation.courriel} est annulée. Son lien n’ouvre plus rien.", "ok")
    return redirect(url_for("acces.invitations"), 303)


def show(
    typed: Saisie, error: tuple[str, str] | None = None, known: str = ""
) -> ResponseReturnValue:
    """The form of an invitation, nothing typed in it lost."""
    acteur = identite.acteur()
    organisation = personnes.organisation_of(acteur)
    number = received().suite.removeprefix("page-") if request.method == "POST" else "1"
    return page(
        "acces/inviter.html",
        titre="Inviter une personne",
        status=422 if error else 200,
        typed=typed,
        courriel=" ".join(typed.courriel.raw) or typed.courriel.value or "",
        message=" ".join(typed.message.raw) or typed.message.value or "",
        grid=grille(
            acteur,
            organisation.id,
            NOTHING,
            ticked=typed.droits,
            q=printable(request.form.get("_q", ""))[:100],
            page=int(number) if number.isdecimal() and len(number) < 6 else 1,
        ),
        modeles=MODELES,
        peut_nommer=acteur.administrateur,
        known=known,
        errors=[error] if error else [],
    )


def _typed(acteur: Acteur, envoi: Envoi) -> Saisie:
    form = request.form
    organisation = personnes.organisation_of(acteur)
    return Saisie(
        envoi.jeton,
        read(COURRIEL.kind, (form.get("courriel", ""),)),
        read(MESSAGE.kind, (form.get("message", ""),)),
        form.get("administrateur") == "1",
        printable(form.get("etablissement", ""))[:20],
        read_grille(acteur, organisation.id, form, NOTHING),
    )


def _elsewhere(acteur: Acteur, envoi: Envoi, typed: Saisie) -> ResponseReturnValue:
    """Another page of the grid, or a preset put in it: nothing is sent yet."""
    kind, _, name = envoi.suite.partition("-")
    if kind != "modele":
        return show(typed)
    organisation = personnes.organisation_of(acteur)
    try:
        droits = modele(acteur, organisation.id, name, typed.etablissement)
    except Refuse as refusal:
        return show(typed, (refusal.message, "#etablissement"))
    return show(
        Saisie(
            typed.jeton,
            typed.courriel,
            typed.message,
            typed.administrateur,
            typed.etablissement,
            droits,
        )
    )


def _may_invite(acteur: Acteur) -> bool:
    return policy.somewhere(acteur, Organisation, Can.INVITE)


def _at(avant: str | None = None, apres: str | None = None) -> str:
    if not (avant or apres):
        return ""
    return url_for("acces.invitations", avant=avant or None, apres=apres or None)
