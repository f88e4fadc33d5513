"""A code in force for a company of the world, clear as its letter shows it."""

from sqlalchemy import select

from monespace.acteur import Acteur, Role
from monespace.activation import actions, codes, empreinte
from monespace.organisations.models import Entreprise, Organisation, Profil
from tests.support.terrain import Terrain

POSTE = Acteur(None, "Tirage", Role.CONSEILLER)


def issued(terrain: Terrain, siren: str, profil: Profil = Profil.ADHERENT, jours: int = 5) -> str:
    """Issue a code, presumed received in `jours` days; make its organisation if there is none."""
    code = codes.new_code()
    hashed = empreinte.of(terrain.app.extensions["coffre"], code, siren, profil)
    with terrain.database.transaction() as session:
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
        actions.issue(POSTE, found.id, hashed, jours)
    return codes.printed(code)
