"""Sign in by a password, and out."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from monespace import identite, services
from monespace.acces.actions import welcome
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import device, enter, proved_password, safe, tell_kept
from monespace.comptes import actions, queries
from monespace.comptes.models import Utilisateur
from monespace.demo import COMPTES
from monespace.forms.validators import printable
from monespace.guard import begun, from_any_espace, public
from monespace.page import page

UNKNOWN = (
    "Adresse e-mail ou mot de passe non reconnus. Vérifiez-les, puis réessayez. "
    "Après dix essais, attendez un quart d’heure. En cas d’oubli, choisissez «\u00a0Mot de passe "
    "oublié\u00a0?\u00a0» sous le bouton."
)


class Connexion(FlaskForm):  # type: ignore[misc]
    courriel = StringField(validators=[InputRequired("Indiquez votre adresse e-mail.")])
    mot_de_passe = PasswordField(validators=[InputRequired("Indiquez votre mot de passe.")])


@bp.get("/connexion")
@public("one signs in here")
def connexion() -> ResponseReturnValue:
    suite = request.args.get("suite", "")
    if identite.visiteur() is not None:
        return redirect(safe(suite), 303)
    return _form(suite)


@bp.post("/connexion")
@public("one signs in here")
def se_connecter() -> ResponseReturnValue:
    form = Connexion()
    courriel, password = printable(form.courriel.data or ""), form.mot_de_passe.data or ""
    if not form.validate():
        return _again(courriel, next(iter(form.errors.values()))[0])
    person = proved_password(courriel, password)
    if person is None:
        return _again(courriel, UNKNOWN)
    if person.confirme_le is None:
        return _unconfirmed(person)
    former = identite.personne()
    if former is not None:
        actions.close_session(former.token)
    # What was agreed for this address before its company opened is in force from now on.
    welcome(person)
    return begin(person, request.form.get("suite", ""))


def begin(person: Utilisateur, suite: str) -> ResponseReturnValue:
    """The password was right: let them in, or on to the page of the second factor."""
    equipped = person.totp_le is not None
    whole = not equipped and not queries.must_have_two_factors(person)
    token = actions.open_session(person.id, device(), verifiee=whole)
    if whole:
        answer = enter(token, suite)
        tell_kept(person.id, suite)
        return answer
    endpoint = "comptes.second_facteur" if equipped else "comptes.mon_second_facteur"
    return enter(token, url_for(endpoint, suite=safe(suite)))


@bp.post("/deconnexion")
@begun("ends one’s own session")
@from_any_espace
def deconnexion() -> ResponseReturnValue:
    person = identite.personne()
    assert person is not None
    actions.close_session(person.token)
    logout_user()
    session.clear()
    response = redirect(url_for("comptes.connexion"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _again(courriel: str, message: str) -> ResponseReturnValue:
    return _form(request.form.get("suite", ""), courriel, message)


def _unconfirmed(person: Utilisateur) -> ResponseReturnValue:
    return page(
        "comptes/a_confirmer.html",
        titre="Confirmez votre adresse e-mail",
        status=403,
        courriel=person.courriel,
    )


def _form(suite: str, courriel: str = "", erreur: str = "") -> ResponseReturnValue:
    config = services.config()
    return page(
        "comptes/connexion.html",
        titre="Connexion",
        status=422 if erreur else 200,
        courriel=courriel,
        erreur=erreur,
        suite=suite,
        comptes=COMPTES if config.mode == "demo" else (),
    )
