"""A forgotten password: a link by mail, a new one, every session closed."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from monespace import services
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.envois import evenly, may_write_to
from monespace.blueprints.comptes.par_lien import by_link
from monespace.blueprints.comptes.saisie import (
    HOW_TO_CHOOSE,
    answered,
    drawn,
    errors,
    of_the_portal,
)
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, passwords, queries
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.comptes.robustesse import weakness
from monespace.forms.answers import Answers
from monespace.forms.kinds import Email
from monespace.forms.questionnaire import Question
from monespace.guard import public
from monespace.page import announce, page

COURRIEL = Question("courriel", "Adresse e-mail", Email(), required=True, autocomplete="username")


@bp.get("/mot-de-passe-oublie")
@public("one asks here for a new password")
def oubli() -> ResponseReturnValue:
    return _asking(Answers({}, {}))


@bp.post("/mot-de-passe-oublie")
@public("one asks here for a new password")
def demander_mot_de_passe() -> ResponseReturnValue:
    received()
    answers = answered((COURRIEL,))
    if answers.saisies:
        return _asking(answers, status=422)
    courriel = str(answers.reponses["courriel"]).casefold()
    with evenly():
        if may_write_to(courriel):
            actions.send_reset(courriel)
    session["oubli"] = courriel
    return redirect(url_for("comptes.lien_envoye"), 303)


@bp.get("/mot-de-passe-oublie/lien-envoye")
@public("says where the link was sent, whether it was or not")
def lien_envoye() -> ResponseReturnValue:
    courriel = session.get("oubli")
    if courriel is None:
        return redirect(url_for("comptes.oubli"), 303)
    return page(
        "comptes/oubli_envoye.html", titre="Consultez votre boîte aux lettres", courriel=courriel
    )


@bp.get("/mot-de-passe/<cle>")
@public("shows the form of a link of a mail")
@by_link(But.MOT_DE_PASSE)
def nouveau_mot_de_passe(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    return _choosing(utilisateur)


@bp.post("/mot-de-passe/<cle>")
@public("who holds the link of the mail chooses the password")
@by_link(But.MOT_DE_PASSE)
def remplacer_mot_de_passe(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    received()
    password = request.form.get("mot_de_passe", "")
    if fault := fault_of(utilisateur, password):
        return _choosing(utilisateur, fault)
    hashed = passwords.hash_password(password)
    actions.reset_password(lien.cle, hashed)
    announce(
        "ok",
        "Votre mot de passe est changé.",
        "Vous avez été déconnecté partout\u00a0: connectez-vous avec le nouveau.",
    )
    return redirect(url_for("comptes.connexion"), 303)


def fault_of(utilisateur: Utilisateur, password: str) -> str:
    """What is to be mended in a new password of that person, or "".

    Read apart: weighing a password and hashing it take time, and come before the transaction.
    """
    with services.database().reading():
        around = queries.entourage(utilisateur)
    return weakness(password, (*of_the_portal(), *around.mots), around.exigeant)


def _asking(answers: Answers, status: int = 200) -> ResponseReturnValue:
    fields = drawn((COURRIEL,), answers)
    return page(
        "comptes/oubli.html",
        titre="Mot de passe oublié",
        status=status,
        fields=fields,
        errors=errors(fields, {}),
    )


def _choosing(utilisateur: Utilisateur, fault: str = "") -> ResponseReturnValue:
    return page(
        "comptes/nouveau_mot_de_passe.html",
        titre="Choisir un nouveau mot de passe",
        status=422 if fault else 200,
        courriel=utilisateur.courriel,
        fault=fault,
        hint=HOW_TO_CHOOSE,
    )
