"""Who is behind the request: read once, on a connection of its own, before any transaction."""

from contextlib import suppress

from flask import Flask, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import OperationalError

from monespace import horloge
from monespace.acteur import Acteur, Role
from monespace.comptes import actions, queries
from monespace.comptes.queries import Espace
from monespace.db import Database


class Visiteur(UserMixin):  # type: ignore[misc]
    """A signed-in person. Flask-Login keeps `token` in the cookie, nothing else."""

    def __init__(
        self, token: str, acteur: Acteur, prenom: str, nom: str, organisation: Espace | None
    ) -> None:
        self.token = token
        self.acteur = acteur
        self.prenom = prenom
        self.nom = nom
        self.organisation = organisation

    def get_id(self) -> str:
        return self.token


def visiteur() -> Visiteur | None:
    """The signed-in person, or None."""
    person = current_user._get_current_object()
    return person if isinstance(person, Visiteur) else None


def acteur() -> Acteur:
    """The acteur of the signed-in person; only for views that require one."""
    signed_in = visiteur()
    assert signed_in is not None
    return signed_in.acteur


def signing_in(token: str) -> Visiteur:
    """Somebody whose session was opened in this very request, for Flask-Login to remember."""
    return Visiteur(token, Acteur(None, "", Role.MEMBRE), "", "", None)


def init(app: Flask) -> None:
    """Have Flask-Login find people by their server-side session."""
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(_load)


def _load(token: str) -> Visiteur | None:
    database: Database = current_app.extensions["database"]
    with database.reading():
        known = queries.open_session(token)
    if known is None:
        return None
    opened, person = known.session, known.session.utilisateur
    g.utilisateur_id = person.id
    found = Visiteur(token, known.acteur, person.prenom, person.nom, known.espace)
    # A page that refreshes itself is nobody's presence: it must not keep a session open.
    polling = request.method == "GET" and "HX-Request" in request.headers
    if opened.vue_le < horloge.now() - actions.SEEN_EVERY and not polling:
        # A busy database must not keep anybody from reading a page.
        with suppress(OperationalError), database.transaction():
            actions.mark_seen(opened.empreinte)
    return found
