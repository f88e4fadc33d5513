"""Dossier, the lot it may be part of, and the rows that belong to it."""

from monespace.dossiers.models.contenu import LigneCout, Piece, Stagiaire
from monespace.dossiers.models.dossier import NO_DATE, Compteur, Dossier, Recherche, Statut
from monespace.dossiers.models.lots import EnAttente, Lot, Repartition
from monespace.dossiers.models.suivi import Demande, Modification, Transmission

__all__ = [
    "NO_DATE",
    "Compteur",
    "Demande",
    "Dossier",
    "EnAttente",
    "LigneCout",
    "Lot",
    "Modification",
    "Piece",
    "Recherche",
    "Repartition",
    "Stagiaire",
    "Statut",
    "Transmission",
]
