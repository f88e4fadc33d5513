"""Leases: work that one process must do alone, wherever the others run."""

from datetime import datetime, timedelta

from sqlalchemy import String, or_, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from monespace import horloge
from monespace.db import Base, session


class Bail(Base):
    """Who holds a lease, and until when if it is not renewed."""

    __tablename__ = "baux"

    nom: Mapped[str] = mapped_column(String(30), primary_key=True)
    titulaire: Mapped[str] = mapped_column(String(12))
    jusqu_a: Mapped[datetime]


def hold(nom: str, titulaire: str, duree: timedelta) -> bool:
    """Take the lease or renew it for `duree`; False while somebody else holds it."""
    instant = horloge.now()
    taken = session().scalar(
        update(Bail)
        .where(Bail.nom == nom, or_(Bail.titulaire == titulaire, Bail.jusqu_a < instant))
        .values(titulaire=titulaire, jusqu_a=instant + duree)
        .returning(Bail.nom)
    )
    if taken is not None:
        return True
    try:
        with session().begin_nested():
            session().add(Bail(nom=nom, titulaire=titulaire, jusqu_a=instant + duree))
    except IntegrityError:
        return False
    return True


def release(nom: str, titulaire: str) -> None:
    """Give the lease up at once; nothing happens when somebody else holds it."""
    session().execute(
        update(Bail)
        .where(Bail.nom == nom, Bail.titulaire == titulaire)
        .values(jusqu_a=horloge.now())
    )
