"""Who is behind the request: read once, on a connection of its own, before any transaction."""

from dataclasses import dataclass

from flask import Flask, current_app, g
from flask_login import LoginManager, UserMixin, current_user

from monespace import horloge, policy
from monespace.acteur import Acteur, Role
from monespace.comptes import actions, queries
from monespace.db import Database, session
from monespace.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Espace:
    """The organisation a person works in, as the header names it."""

    nom: str
    siren: str
    profil: str
    etablissements: int


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
        opened = queries.open_session(token)
        if opened is None:
            return None
        person = opened.utilisateur
        g.utilisateur_id = person.id
        who = policy.acteur_of(person, opened.organisation_id)
        found = Visiteur(token, who, person.prenom, person.nom, _espace(who.organisation_id))
    if opened.vue_le < horloge.now() - actions.SEEN_EVERY:
        with database.transaction():
            actions.mark_seen(opened.empreinte)
    return found


def _espace(organisation_id: int | None) -> Espace | None:
    if organisation_id is None:
        return None
    organisation = session().get_one(Organisation, organisation_id)
    count = len(organisation.entreprise.etablissements)
    return Espace(organisation.nom, organisation.siren, organisation.profil, count)
