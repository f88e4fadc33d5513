"""Who may do what, written by hand from the rules of the trade and reviewed.

Nothing here is read from `policy`: this is what it is compared with.
C consulter, S saisir, T transmettre, X supprimer; c: consulter once the dossier was sent.
"""

from tests.support.attendus import acces, communes, dossiers, opco, par_personne
from tests.support.attendus.acces import CONFIE
from tests.support.attendus.communes import TOUT_VOIT
from tests.support.attendus.dossiers import (
    ANNUAIRE,
    BROUILLON,
    DROITS,
    ENVOYABLE,
    OUVERT,
    SUR_UN_DOSSIER,
    TOUS,
    droits,
)
from tests.support.attendus.groupes import ANONYME

__all__ = [
    "ANNUAIRE",
    "ANONYME",
    "BROUILLON",
    "CONFIE",
    "DROITS",
    "ENVOYABLE",
    "OUVERT",
    "SUR_UN_DOSSIER",
    "TOUS",
    "TOUT_VOIT",
    "droits",
    "toutes",
]


def toutes() -> frozenset[str]:
    """Every route and method that these tables tell about."""
    return frozenset(
        route
        for told in (acces, communes, dossiers, opco, par_personne)
        for table in told.TABLES
        for route in table
    )
