"""Tries counted against a limit, in the database: they hold whatever else is down.

Counted before anything is compared, in a transaction of their own, so that parallel guesses are
all counted and that a rollback forgets none.
"""

from datetime import timedelta

from sqlalchemy import case, delete, or_, update

from monespace import horloge
from monespace.comptes.models import Compteur
from monespace.db import insert_of, session

# No window is longer: what is older counts for nothing.
LONGEST_WINDOW = timedelta(days=1)


def allow(nom: str, limite: int, fenetre: timedelta) -> bool:
    """Count a try of that name: is it among the `limite` first of its window?"""
    return count(nom, limite, fenetre) <= limite


def count(nom: str, limite: int, fenetre: timedelta) -> int:
    """Count a try of that name, in one statement; return how many the window has with it.

    The window begins at the first try, and again at the last that is allowed: the wait is whole.
    """
    instant = horloge.now()
    expired = Compteur.depuis <= instant - min(fenetre, LONGEST_WINDOW)
    tries = case((expired, 1), else_=Compteur.essais + 1)
    since = case(
        (or_(expired, Compteur.essais + 1 == limite), instant),
        else_=Compteur.depuis,
    )
    found = session().execute(
        insert_of(Compteur)
        .values(nom=nom, essais=1, depuis=instant)
        .on_conflict_do_update(
            index_elements=[Compteur.nom], set_={"essais": tries, "depuis": since}
        )
        .returning(Compteur.essais)
    )
    return int(found.scalar_one())


def forget(*noms: str) -> None:
    """What was tried under these names counts no more: it was the right person."""
    session().execute(delete(Compteur).where(Compteur.nom.in_(noms)))


def give_back(nom: str) -> None:
    """This try was no guess: it does not count among those of its name."""
    session().execute(
        update(Compteur)
        .where(Compteur.nom == nom, Compteur.essais > 0)
        .values(essais=Compteur.essais - 1)
    )


def forget_old() -> None:
    """Delete the counters whose window is over, whichever it was."""
    session().execute(delete(Compteur).where(Compteur.depuis < horloge.now() - LONGEST_WINDOW))
