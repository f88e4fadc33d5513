"""The second factor of the people of tests: their secret, and the code of the moment."""

from sqlalchemy import update

from monespace import horloge
from monespace.coffre import Coffre
from monespace.comptes import totp
from monespace.comptes.actions import secret_of
from monespace.comptes.models import Utilisateur
from monespace.comptes.queries import by_email
from monespace.db import Database, session

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_of(database: Database, coffre: Coffre, courriel: str) -> str:
    """The code that this person’s telephone shows.

    A code is worth one sign-in and lasts thirty seconds. So that tests need not wait for the next
    one, the last step that was accepted is forgotten.
    """
    with database.transaction():
        person = by_email(courriel)
        assert person is not None, courriel
        assert person.totp_le is not None, courriel
        session().execute(update(Utilisateur).where(Utilisateur.id == person.id).values(totp_pas=0))
        secret = secret_of(person, coffre)
    return totp.code_at(secret, totp.step_of(horloge.now()))
