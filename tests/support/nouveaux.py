"""Somebody who has just made an account, and belongs to nothing yet."""

from sqlalchemy import select

from monespace import horloge
from monespace.comptes.models import Utilisateur
from tests.support.client import Client
from tests.support.monde import MOT_DE_PASSE
from tests.support.terrain import Terrain

NORA = "nora@nouvelle.example"


def nouvelle(terrain: Terrain, courriel: str = NORA, confirmed: bool = True) -> Client:
    """Nora Benali, signed in, her address confirmed unless told otherwise."""
    with terrain.database.transaction() as session:
        session.add(
            Utilisateur(
                courriel=courriel,
                prenom="Nora",
                nom="Benali",
                # Hashing is slow: the one of everybody of the world.
                mot_de_passe=session.scalars(select(Utilisateur.mot_de_passe)).first() or "",
                cree_le=horloge.now(),
                confirme_le=horloge.now() if confirmed else None,
            )
        )
    client = Client(terrain.app)
    client.sign_in(courriel, MOT_DE_PASSE)
    return client
