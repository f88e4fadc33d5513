"""Mails as they stand."""

from sqlalchemy import select

from monespace import pages
from monespace.courriels.models import Courriel
from monespace.db import KEY_ALPHABET, session
from monespace.pages import Page, Sort
from monespace.refus import Introuvable

LATEST_FIRST = Sort("Écrit", Courriel.cree_le, True)


def at_rest(courriel_id: int) -> bool:
    """Is there nothing left to do for it: sent, given up, or gone?"""
    waiting = select(Courriel.id).where(
        Courriel.id == courriel_id,
        Courriel.envoye_le.is_(None),
        Courriel.abandonne_le.is_(None),
    )
    return session().scalar(waiting) is None


def everything(adresse: str, after: str = "", before: str = "") -> Page[Courriel]:
    """Every mail of the portal, or those to one address: for the demo alone."""
    chosen = select(Courriel)
    if adresse:
        chosen = chosen.where(Courriel.destinataire.icontains(adresse, autoescape=True))
    return pages.page_of(chosen, LATEST_FIRST, after, before)


def one(cle: str) -> Courriel:
    """The mail of that key: for the demo alone. Raise Introuvable."""
    known = set(KEY_ALPHABET).issuperset(cle)
    found = session().scalar(select(Courriel).where(Courriel.cle == cle)) if known else None
    if found is None:
        raise Introuvable()
    return found
