"""A right code was typed: become an administrateur with it, or have one's request validated."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own
from monespace.acces.actions import administer, validate, work_for
from monespace.acces.actions.activer import Suite, Usage
from monespace.acces.models import DemandeAcces
from monespace.acces.own import Detenu
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.rattachement import bp, preuve
from monespace.blueprints.rattachement.grille import Grille, asked_for
from monespace.forms.answers import Answers
from monespace.guard import fresh, somewhere
from monespace.organisations.models import Qualite
from monespace.page import announce, page
from monespace.policy import Can
from monespace.refus import Refuse


@bp.get("/rattachement/code/usage")
@somewhere(DemandeAcces, Can.ASK)
def usage() -> ResponseReturnValue:
    code_id = preuve.held()
    return show(code_id) if code_id else _type_again()


@bp.post("/rattachement/code/administrer")
@somewhere(DemandeAcces, Can.ASK)
@fresh
def administrer() -> ResponseReturnValue:
    envoi, code_id = received(), preuve.held()
    if code_id is None:
        return _type_again()
    try:
        used = administer(identite.acteur(), code_id, envoi.jeton)
    except Refuse as refusal:
        return show(code_id, refusal.message)
    return _done(used, "Vous administrez maintenant")


@bp.get("/rattachement/code/droits")
@somewhere(DemandeAcces, Can.ASK)
def droits_du_code() -> ResponseReturnValue:
    code_id = preuve.held()
    if code_id is None:
        return _type_again()
    held = own.held(identite.acteur(), code_id)
    answers = Answers({"qualite": Qualite.MEMBRE, "ou": "tous"}, {})
    return _rights(held, Grille.of(held.organisation.id, answers, joining=True), new_token())


@bp.post("/rattachement/code/valider")
@somewhere(DemandeAcces, Can.ASK)
@fresh
def valider() -> ResponseReturnValue:
    envoi, code_id = received(), preuve.held()
    if code_id is None:
        return _type_again()
    held, voulu = own.held(identite.acteur(), code_id), None
    # From the button that validates the request that waits, or from the form of rights.
    if envoi.suite != "demande":
        grille = asked_for(held.organisation.id, joining=True)
        if envoi.suite == "chercher":
            return _rights(held, grille, envoi.jeton)
        if grille.errors:
            return _rights(held, grille, envoi.jeton, grille.errors)
        voulu = grille.asked()
    try:
        used = validate(identite.acteur(), code_id, voulu, envoi.jeton)
    except Refuse as refusal:
        return show(code_id, refusal.message)
    return _done(used, "Vous êtes rattaché à")


def show(code_id: int, message: str = "") -> ResponseReturnValue:
    """The two uses of a code."""
    return page(
        "rattachement/usage.html",
        titre="Que voulez-vous faire avec ce code\u00a0?",
        status=422 if message else 200,
        detenu=own.held(identite.acteur(), code_id),
        message=message,
        jeton=new_token(),
    )


def _rights(
    held: Detenu, grille: Grille, jeton: str, errors: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    return page(
        "rattachement/droits_du_code.html",
        titre="Choisir mes droits",
        status=422 if errors else 200,
        detenu=held,
        grille=grille,
        jeton=jeton,
        errors=errors or [],
    )


def _done(used: Usage, what: str) -> ResponseReturnValue:
    preuve.forget()
    nom = used.rattachement.organisation.nom
    if used.suite is Suite.A_APPROUVER:
        announce(
            "info",
            f"Votre demande est transmise aux administrateurs de {nom}.",
            "Pour cette entreprise, ou parce que votre accès avait été arrêté, l’un d’eux doit "
            "l’approuver. Vous serez prévenu par e-mail.",
        )
        return redirect(url_for("rattachement.suivi"), 303)
    person = identite.visiteur()
    assert person is not None
    work_for(person.acteur, person.token, used.rattachement)
    announce("ok", f"{what} {nom}.", "S’il y a d’autres administrateurs, ils en sont informés.")
    return redirect("/", 303)


def _type_again() -> ResponseReturnValue:
    announce(
        "info",
        "Saisissez à nouveau le code.",
        "Un code saisi reste utilisable un quart d’heure dans ce navigateur\u00a0; rien n’a été "
        "fait.",
    )
    return redirect(url_for("rattachement.profil"), 303)
