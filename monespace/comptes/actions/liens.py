"""Send links by mail: for one person, one address, one use, for a time."""

from datetime import timedelta

from sqlalchemy import delete, update

from monespace import horloge
from monespace.comptes.liens import LASTS, Perime, lien_in_force
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.db import session

# As long as the mail that carried it.
KEPT_FOR = timedelta(days=30)


def issue(utilisateur: Utilisateur, but: But, courriel: str) -> Lien:
    """A link for that address; those sent before for the same purpose open nothing any more."""
    withdraw(utilisateur, but)
    lien = Lien(
        utilisateur_id=utilisateur.id,
        but=but,
        courriel=courriel,
        expire_le=horloge.now() + LASTS[but],
    )
    session().add(lien)
    session().flush()
    return lien


def withdraw(utilisateur: Utilisateur, *buts: But) -> None:
    """The links sent to that person for these purposes open nothing any more."""
    instant = horloge.now()
    session().execute(
        update(Lien)
        .where(
            Lien.utilisateur_id == utilisateur.id,
            Lien.but.in_(buts),
            Lien.utilise_le.is_(None),
            Lien.expire_le > instant,
        )
        .values(expire_le=instant)
    )


def use(cle: str, but: But) -> tuple[Lien, Utilisateur]:
    """The link and whose it is, used from now on. Raise Perime when it opens nothing."""
    lien, utilisateur = lien_in_force(cle, but)
    instant = horloge.now()
    used = session().execute(
        update(Lien)
        .where(Lien.cle == cle, Lien.utilise_le.is_(None), Lien.expire_le > instant)
        .values(utilise_le=instant)
        .returning(Lien.cle)
    )
    # Of two at the same time, one.
    if used.one_or_none() is None:
        raise Perime()
    return lien, session().get_one(
        Utilisateur, utilisateur.id, with_for_update=True, populate_existing=True
    )


def forget_old_links() -> None:
    """Delete the links that open nothing since a month, with the addresses they were sent to."""
    session().execute(delete(Lien).where(Lien.expire_le < horloge.now() - KEPT_FOR))
