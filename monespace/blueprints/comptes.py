"""Sign in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import HTTPException
from wtforms import PasswordField, StringField

from monespace import horloge, identite
from monespace.comptes import actions, passwords, queries
from monespace.config import Config
from monespace.db import Database
from monespace.demo import COMPTES
from monespace.guard import connected, public
from monespace.page import page

bp = Blueprint("comptes", __name__)

UNKNOWN = (
    "Adresse e-mail ou mot de passe non reconnus. Vérifiez-les, puis réessayez. "
    "En cas d’oubli, appelez-nous au numéro indiqué en bas de page."
)
BLOCKED = (
    "Trop d’essais pour ce compte\u00a0: réessayez dans un quart d’heure. "
    "Si vous n’êtes pas à l’origine de ces essais, appelez-nous."
)


class Connexion(FlaskForm):  # type: ignore[misc]
    courriel = StringField()
    mot_de_passe = PasswordField()


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
    courriel, password = form.courriel.data or "", form.mot_de_passe.data or ""
    # On a connection of its own: hashing takes time, and the request's transaction would wait.
    database: Database = current_app.extensions["database"]
    with database.reading():
        person = queries.by_email(courriel)
    right = passwords.verify(person.mot_de_passe if person else None, password)
    if person and person.bloque_jusqu_a and person.bloque_jusqu_a > horloge.now():
        return _again(courriel, BLOCKED)
    if person is None or not right:
        if person is not None:
            actions.note_failure(person.id)
        return _again(courriel, UNKNOWN)
    session.clear()
    token = actions.open_session(person.id)
    login_user(identite.signing_in(token))
    return redirect(_safe(request.form.get("suite", "")), 303)


@bp.post("/deconnexion")
@connected
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
    parts = urlsplit(suite.replace("\\", "/"))
    if parts.scheme or parts.netloc or not suite.startswith("/") or suite.startswith("//"):
        return "/"
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        adapter.match(parts.path, method="GET")
    except HTTPException:
        return "/"
    return suite
