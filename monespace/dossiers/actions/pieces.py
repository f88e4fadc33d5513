"""Join a document to a dossier, or replace one."""

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.dossiers.completude import expected_pieces
from monespace.dossiers.models import Dossier, Piece
from monespace.fichiers import FichierSain
from monespace.refus import Introuvable
from monespace.stockage import Depot


def attach(
    acteur: Acteur, dossier: Dossier, type_piece: str, sain: FichierSain, depot: Depot, jeton: str
) -> Piece:
    """Add the piece whose file is already in the store; it takes the place of the former one.

    Raise Introuvable for a type this dossier does not take.
    """
    wanted = {expected.type: current for expected, current in expected_pieces(dossier)}
    if type_piece not in wanted:
        raise Introuvable()
    again = next((piece for piece in dossier.pieces if piece.jeton == jeton), None)
    if again is not None:
        return again
    former = wanted[type_piece]
    instant = horloge.now()
    if former is not None:
        former.remplacee_le = instant
    piece = Piece(
        jeton=jeton,
        type=type_piece,
        nom=sain.nom,
        type_mime=sain.type_mime,
        taille=sain.taille,
        sha256=depot.sha256,
        fichier=depot.cle,
        auteur_id=acteur.utilisateur_id,
        ajoutee_le=instant,
    )
    dossier.pieces.append(piece)
    dossier.maj_le = instant
    journal.record(
        acteur, "remplacer" if former else "joindre", dossier, piece=type_piece, fichier=sain.nom
    )
    return piece
