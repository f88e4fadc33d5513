"""Mails as they stand."""

from sqlalchemy import select

from monespace.courriels.models import Courriel
from monespace.db import session


def at_rest(courriel_id: int) -> bool:
    """Is there nothing left to do for it: sent, given up, or gone?"""
    waiting = select(Courriel.id).where(
        Courriel.id == courriel_id,
        Courriel.envoye_le.is_(None),
        Courriel.abandonne_le.is_(None),
    )
    return session().scalar(waiting) is None
