"""Send a dossier, and answer what the OPCO asks about it: the company's decisive acts."""

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers.actions.revision import touch
from monespace.dossiers.completude import lacunes
from monespace.dossiers.models import Dossier, Statut, Transmission
from monespace.dossiers.reading import declaration
from monespace.dossiers.states import Acte, check, move
from monespace.numeros import next_number
from monespace.refus import Incomplet, Refuse


def submit(acteur: Acteur, dossier: Dossier, attested: bool) -> None:
    """Send the dossier: check it whole, freeze what it says, number it. Again changes nothing.

    Raise Incomplet with what is missing, Refuse without the declaration on honour.
    """
    if dossier.statut == Statut.TRANSMIS:
        return
    check(acteur, dossier, Acte.TRANSMETTRE)
    missing = [lacune.sentence for lacune in lacunes(dossier) if lacune.manque.blocks]
    if missing:
        raise Incomplet("Ce dossier n’est pas complet\u00a0: il n’a pas été transmis.", missing)
    if not attested:
        raise Refuse(
            "Cochez la déclaration sur l’honneur pour transmettre le dossier. "
            "Il n’a pas été transmis."
        )
    instant = horloge.now()
    dossier.numero = next_number(declaration(dossier).prefixe)
    dossier.transmis_le = instant
    touch(dossier)
    session().add(
        Transmission(
            dossier_id=dossier.id,
            instant=instant,
            auteur_id=acteur.utilisateur_id,
            contenu=_frozen(dossier),
        )
    )
    move(acteur, dossier, Acte.TRANSMETTRE, numero=dossier.numero)


def answer(acteur: Acteur, dossier: Dossier, message: str) -> None:
    """Answer the OPCO's request: the dossier goes on. Raise Refuse if nothing is said or joined."""
    check(acteur, dossier, Acte.REPONDRE)
    demande = dossier.demandes[-1]
    joined = any(piece.ajoutee_le >= demande.demandee_le for piece in dossier.pieces)
    if not message.strip() and not joined:
        raise Refuse(
            "Joignez la pièce demandée ou écrivez une réponse à votre conseiller, "
            "puis envoyez votre réponse."
        )
    demande.reponse = message.strip()
    demande.repondue_le = horloge.now()
    move(acteur, dossier, Acte.REPONDRE, message=demande.reponse)


def _frozen(dossier: Dossier) -> dict[str, Json]:
    return {
        "version_formulaire": dossier.version_formulaire,
        "reponses": dossier.reponses,
        "stagiaires": [dict(stagiaire.reponses) for stagiaire in dossier.stagiaires],
        "pieces": [
            {"type": piece.type, "nom": piece.nom, "sha256": piece.sha256}
            for piece in dossier.pieces
            if piece.remplacee_le is None
        ],
        "lignes": [
            {"poste": ligne.poste, "demande_cents": ligne.demande_cents} for ligne in dossier.lignes
        ],
    }
