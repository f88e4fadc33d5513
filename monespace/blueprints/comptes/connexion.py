"""Sign in and out."""

from urllib.parse import urlsplit

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from monespace import identite
from monespace.blueprints.comptes import bp
from monespace.comptes import actions, passwords, queries
from monespace.config import Config
from monespace.db import Database
from monespace.demo import COMPTES
from monespace.forms.validators import printable
from monespace.guard import own, public
from monespace.page import page

UNKNOWN = (
    "Adresse e-mail ou mot de passe non reconnus. Vérifiez-les, puis réessayez. "
    "Après dix essais, attendez un quart d’heure. En cas d’oubli, appelez-nous au numéro indiqué "
    "en bas de page."
)


class Connexion(FlaskForm):  # type: ignore[misc]
    courriel = StringField(validators=[InputRequired("Indiquez votre adresse e-mail.")])
    mot_de_passe = PasswordField(validators=[InputRequired("Indiquez votre mot de passe.")])


@bp.get("/connexion")
@public("one signs in here")
def connexion() -> ResponseReturnValue:
    if identite.visiteur() is not None:
        return redirect("/", 303)
    return _form(request.args.get("suite", ""))


@bp.post("/connexion")
@public("one signs in here")
def se_connecter() -> ResponseReturnValue:
    form = Connexion()
    courriel, password = printable(form.courriel.data or ""), form.mot_de_passe.data or ""
    if not form.validate():
        return _again(courriel, next(iter(form.errors.values()))[0])
    person_id = _proved(courriel, password)
    if person_id is None:
        return _again(courriel, UNKNOWN)
    former = identite.visiteur()
    if former is not None:
        actions.close_session(former.token)
    session.clear()
    login_user(identite.signing_in(actions.open_session(person_id)))
    return redirect(_safe(request.form.get("suite", "")), 303)


def _proved(courriel: str, password: str) -> int | None:
    """The account of that address if the password is its own, with the same work if there is none.

    Outside the transaction of the request: hashing takes time.
    """
    database: Database = current_app.extensions["database"]
    with database.reading():
        person = queries.by_email(courriel)
    if person is None:
        passwords.verify(None, password)
        return None
    with database.transaction():
        allowed = actions.count_attempt(person.id)
    return person.id if passwords.verify(person.mot_de_passe, password) and allowed else None


@bp.post("/deconnexion")
@own("ends one’s own session")
def deconnexion() -> ResponseReturnValue:
    person = identite.visiteur()
    assert person is not None
    actions.close_session(person.token)
    logout_user()
    session.clear()
    response = redirect(url_for("comptes.connexion"), 303)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _again(courriel: str, message: str) -> ResponseReturnValue:
    return _form(request.form.get("suite", ""), courriel, message)


def _form(suite: str, courriel: str = "", erreur: str = "") -> ResponseReturnValue:
    config: Config = current_app.extensions["config"]
    return page(
        "comptes/connexion.html",
        titre="Connexion",
        status=422 if erreur else 200,
        courriel=courriel,
        erreur=erreur,
        suite=suite,
        comptes=COMPTES if config.mode == "demo" else (),
    )


def _safe(suite: str) -> str:
    """A path of this portal that can be opened, or home: nobody may send people elsewhere."""
    try:
        parts = urlsplit(suite.replace("\\", "/"))
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or not suite.startswith("/") or suite.startswith("//"):
        return "/"
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        adapter.match(parts.path, method="GET")
    except HTTPException:
        return "/"
    return suite
