"""Who is behind the request: read once, on a connection of its own, before any transaction."""

from contextlib import suppress
from datetime import timedelta

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.attributes import set_committed_value

from monespace import horloge, services
from monespace.acteur import Acteur
from monespace.comptes import actions, queries
from monespace.comptes.queries import Espace, Ouverte

# How long a proof of identity is worth for an act on rights.
FRESH_FOR = timedelta(minutes=10)


class Personne(UserMixin):  # type: ignore[misc]
    """Somebody who gave a password. Flask-Login keeps `token` in the cookie, nothing else."""

    def __init__(self, token: str, known: Ouverte) -> None:
        person = known.session.utilisateur
        self.token = token
        self.session_cle = known.session.cle
        self.utilisateur_id = person.id
        self.prenom = person.prenom
        self.nom = person.nom
        self.courriel = person.courriel
        # Has an application that shows codes; must have one.
        self.equipped = person.totp_le is not None
        self.sensible = known.sensible
        self.ends_at = known.ends_at
        # Does what they do put off the end of their session, or have they been here for too long?
        self.may_stay = known.ends_at < known.last_end
        self._proved_at = known.session.prouvee_le

    @property
    def fresh(self) -> bool:
        """Did they prove who they are in the last minutes?"""
        return horloge.now() - self._proved_at <= FRESH_FOR

    def get_id(self) -> str:
        return self.token


class Attente(Personne):
    """Their second factor is awaited, or the choice of one: nothing else is open to them."""


class Visiteur(Personne):
    """A signed-in person."""

    def __init__(self, token: str, known: Ouverte) -> None:
        super().__init__(token, known)
        self.acteur = known.acteur
        self.organisation: Espace | None = known.espace


class _Arrivant(UserMixin):  # type: ignore[misc]
    """Somebody whose session was opened in this very request, for Flask-Login to remember."""

    def __init__(self, token: str) -> None:
        self._token = token

    def get_id(self) -> str:
        return self._token


def personne() -> Personne | None:
    """Who gave a password, whatever else is awaited of them; or None."""
    person = current_user._get_current_object()
    return person if isinstance(person, Personne) else None


def visiteur() -> Visiteur | None:
    """The signed-in person, or None."""
    person = personne()
    return person if isinstance(person, Visiteur) else None


def acteur() -> Acteur:
    """The acteur of the signed-in person; only for views that require one."""
    signed_in = visiteur()
    assert signed_in is not None
    return signed_in.acteur


def espace() -> str:
    """The key of the organisation the person works in; "" for none."""
    signed_in = visiteur()
    return signed_in.organisation.cle if signed_in and signed_in.organisation else ""


def signing_in(token: str) -> UserMixin:
    """The owner of that new token, for Flask-Login to remember."""
    return _Arrivant(token)


def former() -> int | None:
    """Whose session this browser had, that has ended; None when nobody can tell any more."""
    token = session.get("_user_id")
    if not isinstance(token, str):
        return None
    with services.database().reading():
        return queries.whose(token)


def init(app: Flask) -> None:
    """Have Flask-Login find people by their server-side session."""
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(_load)


def _load(token: str) -> Personne | None:
    database = services.database()
    with database.joined():
        known = queries.open_session(token)
    if known is None:
        return None
    g.utilisateur_id = known.session.utilisateur_id
    # A page that refreshes itself is nobody's presence: it must not keep a session open.
    polling = request.method == "GET" and "HX-Request" in request.headers
    if known.session.vue_le < horloge.now() - actions.SEEN_EVERY and not polling:
        # A busy database must not keep anybody from reading a page.
        with suppress(OperationalError), database.transaction():
            actions.mark_seen(known.session.empreinte)
            # Written by that transaction, and read by this one.
            set_committed_value(known.session, "vue_le", horloge.now())
    return Attente(token, known) if known.lacks_proof else Visiteur(token, known)
