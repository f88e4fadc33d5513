"""The OPCO's acts on a dossier that was sent."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from monespace import horloge
from monespace.acteur import Acteur
from monespace.argent import cents
from monespace.dossiers.models import Demande, Dossier
from monespace.dossiers.states import Acte, move
from monespace.refus import Refuse

DAYS_TO_ANSWER = 15


def take(acteur: Acteur, dossier: Dossier) -> None:
    """Prendre en instruction."""
    move(acteur, dossier, Acte.INSTRUIRE)


def request_pieces(
    acteur: Acteur, dossier: Dossier, message: str, echeance: date | None = None
) -> None:
    """Demander des pièces: the dossier goes back to the company, with a day to answer by."""
    demande = Demande(
        message=message.strip(),
        echeance=echeance or horloge.today() + timedelta(days=DAYS_TO_ANSWER),
        demandee_le=horloge.now(),
    )
    dossier.demandes.append(demande)
    move(acteur, dossier, Acte.DEMANDER_PIECES, message, echeance=demande.echeance.isoformat())


def grant(acteur: Acteur, dossier: Dossier, accorde: Mapping[str, Decimal]) -> None:
    """Accorder: an amount in euros for each poste asked for, from nothing to what was asked.

    Raise Refuse when a poste is unknown, left out, or granted more than was asked.
    """
    asked = {ligne.poste: ligne for ligne in dossier.lignes}
    if set(accorde) != set(asked):
        raise Refuse(f"Indiquez un montant pour chaque poste\u00a0: {', '.join(sorted(asked))}.")
    for poste, euros in accorde.items():
        if not 0 <= cents(euros) <= asked[poste].demande_cents:
            raise Refuse(
                f"Poste {poste}\u00a0: accordez un montant entre zéro et le montant demandé."
            )
        asked[poste].accorde_cents = cents(euros)
    dossier.accorde_cents = sum(ligne.accorde_cents for ligne in dossier.lignes)
    dossier.decide_le = horloge.now()
    move(acteur, dossier, Acte.ACCORDER, accorde_cents=dossier.accorde_cents)


def refuse(acteur: Acteur, dossier: Dossier, motif: str) -> None:
    """Refuser, with the reason the company will read."""
    dossier.decide_le = horloge.now()
    move(acteur, dossier, Acte.REFUSER, motif)


def cancel(acteur: Acteur, dossier: Dossier, motif: str) -> None:
    """Annuler, with the reason."""
    move(acteur, dossier, Acte.ANNULER, motif)


def close(acteur: Acteur, dossier: Dossier) -> None:
    """Solder: nothing more will be paid on it."""
    move(acteur, dossier, Acte.SOLDER)
