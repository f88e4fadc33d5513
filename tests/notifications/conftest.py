"""A company, the people of it, and what they are told."""

from collections.abc import Iterator

import pytest

from monespace import horloge
from monespace.comptes.models import Courriels, Utilisateur
from monespace.db import Database, session
from monespace.notifications.actions import notify
from tests.support.entreprise import Societe, societe


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def company(database: Database) -> Societe:
    with database.transaction():
        return societe()


def person(database: Database, nom: str, courriels: Courriels = Courriels.QUOTIDIEN) -> int:
    """Somebody who wants their mails that way."""
    with database.transaction():
        one = Utilisateur(
            courriel=f"{nom.casefold()}@entreprise.example",
            prenom="Camille",
            nom=nom,
            mot_de_passe="",
            cree_le=horloge.now(),
            courriels=courriels,
        )
        session().add(one)
        session().flush()
        return one.id


def tell(database: Database, utilisateur_id: int, titre: str, urgent: bool = False) -> None:
    """Tell that person."""
    with database.transaction():
        known = session().get_one(Utilisateur, utilisateur_id)
        notify([known], titre, "Le détail.", "/acces", urgent=urgent)
