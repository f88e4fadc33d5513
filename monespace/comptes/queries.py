"""Who is behind a session or an e-mail address."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from monespace import horloge
from monespace.comptes.actions import IDLE, LONGEST, fingerprint
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session


def open_session(token: str) -> SessionOuverte | None:
    """The session of that token, if it has neither ended nor idled too long."""
    instant = horloge.now()
    return session().scalar(
        select(SessionOuverte)
        .where(
            SessionOuverte.empreinte == fingerprint(token),
            SessionOuverte.vue_le > instant - IDLE,
            SessionOuverte.ouverte_le > instant - LONGEST,
        )
        .options(joinedload(SessionOuverte.utilisateur))
    )


def by_email(courriel: str) -> Utilisateur | None:
    """The account of that address, however it was typed."""
    return session().scalar(
        select(Utilisateur).where(Utilisateur.courriel == courriel.strip().casefold())
    )
