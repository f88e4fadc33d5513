"""A code in force for a company, clear as its letter shows it."""

from sqlalchemy import select

from monespace.acteur import Acteur, Role
from monespace.activation import actions, codes, empreinte
from monespace.coffre import Coffre
from monespace.db import Database
from monespace.organisations.models import Entreprise, Organisation, Profil
from tests.support.terrain import Terrain

POSTE = Acteur(None, "Tirage", Role.CONSEILLER)
RECEPTION_JOURS = 5


def issued(terrain: Terrain, siren: str, profil: Profil = Profil.ADHERENT) -> str:
    """A new code for that company of the world."""
    return issue(terrain.database, terrain.app.extensions["coffre"], siren, profil)


def issue(database: Database, coffre: Coffre, siren: str, profil: Profil) -> str:
    """Put a new code in force; make its organisation if there is none."""
    code = codes.new_code()
    hashed = empreinte.of(coffre, code, siren, profil)
    with database.transaction() as session:
        company = session.scalars(select(Entreprise).where(Entreprise.siren == siren)).one()
        found = session.scalar(
            select(Organisation).where(
                Organisation.entreprise_id == company.id, Organisation.profil == profil
            )
        )
        if found is None:
            found = Organisation(entreprise=company, profil=profil)
            session.add(found)
            session.flush()
        actions.issue(POSTE, found.id, hashed, RECEPTION_JOURS)
    return codes.printed(code)
