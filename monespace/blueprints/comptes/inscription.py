"""Make an account: the form, the letterbox, the link that confirms the address."""

from collections.abc import Mapping

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import safe
from monespace.blueprints.comptes.envois import evenly, may_write_to, proof_of
from monespace.blueprints.comptes.saisie import (
    HOW_TO_CHOOSE,
    NOM,
    PRENOM,
    answered,
    drawn,
    errors,
    of_the_portal,
)
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, passwords
from monespace.comptes.robustesse import weakness
from monespace.forms.answers import Answers
from monespace.forms.kinds import Choice, Email
from monespace.forms.questionnaire import Question
from monespace.guard import public
from monespace.organisations.models import Profil
from monespace.page import announce, page

COURRIEL = Question(
    "courriel",
    "Adresse e-mail",
    Email(),
    required=True,
    autocomplete="email",
    hint="Celle de votre ancien compte si vous en aviez un. Nous vous y enverrons un lien.",
)
QUESTIONS = (
    Question(
        "profil",
        "Vous créez ce compte pour",
        Choice(
            (Profil.ADHERENT.value, "une entreprise adhérente"),
            (Profil.PRESTATAIRE.value, "un organisme de formation ou un CFA"),
        ),
        required=True,
    ),
    PRENOM,
    NOM,
    COURRIEL,
)
UNREAD = "Lisez comment vos données sont utilisées, puis cochez la case."


@bp.get("/inscription")
@public("one makes an account here")
def inscription() -> ResponseReturnValue:
    if identite.visiteur() is not None:
        return redirect("/", 303)
    return _form(Answers({}, {}))


@bp.post("/inscription")
@public("one makes an account here")
def inscrire() -> ResponseReturnValue:
    if identite.visiteur() is not None:
        return redirect("/", 303)
    received()
    answers = answered(QUESTIONS)
    password = request.form.get("mot_de_passe", "")
    known = (str(answers.reponses.get(one.name, "")) for one in (PRENOM, NOM, COURRIEL))
    fault = weakness(password, (*of_the_portal(), *known))
    unread = "" if request.form.get("accord") == "oui" else UNREAD
    if answers.saisies or fault or unread:
        return _form(answers, {"mot-de-passe": fault, "accord": unread}, status=422)
    courriel = str(answers.reponses["courriel"]).casefold()
    # Whether there is an account or not, and before the transaction: it takes time.
    hashed = passwords.hash_password(password)
    prenom, nom = (str(answers.reponses[one.name]) for one in (PRENOM, NOM))
    with evenly():
        if may_write_to(courriel):
            actions.sign_up(prenom, nom, courriel, hashed)
    session["inscription"] = {
        "courriel": courriel,
        "profil": answers.reponses["profil"],
        "preuve": proof_of(hashed),
        # Where they were going: the invitation that brought them here.
        "suite": safe(request.form.get("suite", "")),
    }
    return redirect(url_for("comptes.boite"), 303)


@bp.get("/inscription/courriel")
@public("says where the link was sent, whether it was or not")
def boite() -> ResponseReturnValue:
    asked = session.get("inscription")
    if asked is None:
        return redirect(url_for("comptes.inscription"), 303)
    return page(
        "comptes/boite.html", titre="Consultez votre boîte aux lettres", courriel=asked["courriel"]
    )


@bp.get("/inscription/lien")
@public("one asks here for another link")
def nouveau_lien() -> ResponseReturnValue:
    return _again()


@bp.post("/inscription/renvoyer")
@public("sends another link, if that address waits for one")
def renvoyer() -> ResponseReturnValue:
    received()
    answers = answered((COURRIEL,))
    if answers.saisies:
        return _again(answers, status=422)
    courriel = str(answers.reponses["courriel"]).casefold()
    with evenly():
        if may_write_to(courriel):
            actions.send_again(courriel)
    session["inscription"] = session.get("inscription", {}) | {"courriel": courriel}
    announce("ok", "Un nouveau message est en route.", "Le lien précédent ne sert plus.")
    return redirect(url_for("comptes.boite"), 303)


def _form(
    answers: Answers, faults: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    fields = drawn(QUESTIONS, answers)
    return page(
        "comptes/inscription.html",
        titre="Créer un compte",
        status=status,
        fields=fields,
        faults=faults or {},
        suite=request.values.get("suite", ""),
        accepted=request.form.get("accord") == "oui",
        hint=HOW_TO_CHOOSE,
        errors=errors(fields, faults or {}),
    )


def _again(answers: Answers | None = None, status: int = 200) -> ResponseReturnValue:
    fields = drawn((COURRIEL,), answers or Answers({}, {}))
    return page(
        "comptes/nouveau_lien.html",
        titre="Recevoir un nouveau lien",
        status=status,
        fields=fields,
        errors=errors(fields, {}),
    )
