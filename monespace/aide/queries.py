"""What the help pages know of whoever reads them."""

from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.db import session


def identity(acteur: Acteur) -> dict[str, str]:
    """The name and the address of the person, as the form of contact asks for them."""
    person = session().get_one(Utilisateur, acteur.utilisateur_id)
    return {"nom": person.nom_complet, "courriel": person.courriel}
