"""An access opens, and the request that waited for it closes: what every way in shares."""

from sqlalchemy import select

from monespace import horloge, journal, policy
from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.acteur import Acteur, Origine
from monespace.db import session
from monespace.organisations.models import EtatRattachement, Rattachement


def open_access(rattachement: Rattachement, origine: Origine, par: str) -> None:
    """Put in force what was not, without an end. Its role and dates of a former time are over."""
    rattachement.etat = EtatRattachement.ACTIF
    rattachement.debut = rattachement.fin = None
    rattachement.administrateur = False
    come_from(rattachement, origine, par)


def come_from(rattachement: Rattachement, origine: Origine, par: str) -> None:
    """From now on that access is what `par` gave, by that way."""
    rattachement.origine, rattachement.accorde_par = origine, par
    rattachement.accorde_le = horloge.now()


def is_in_force(rattachement: Rattachement) -> bool:
    return bool(
        session().scalar(
            select(Rattachement.id).where(
                Rattachement.id == rattachement.id, policy.in_force(horloge.today())
            )
        )
    )


def is_over(rattachement: Rattachement) -> bool:
    """In force once, and past its last day."""
    return (
        rattachement.etat is EtatRattachement.ACTIF
        and rattachement.fin is not None
        and rattachement.fin < horloge.today()
    )


def was_refused(rattachement: Rattachement) -> bool:
    """Asking again after a refusal does not make it forgotten."""
    return bool(
        session().scalar(
            select(DemandeAcces.id)
            .where(
                DemandeAcces.rattachement_id == rattachement.id,
                DemandeAcces.etat == EtatDemande.REFUSEE,
            )
            .limit(1)
        )
    )


def open_request(rattachement: Rattachement) -> DemandeAcces | None:
    """What waits for an answer on that rattachement."""
    return session().scalar(
        select(DemandeAcces).where(
            DemandeAcces.rattachement_id == rattachement.id,
            DemandeAcces.etat == EtatDemande.A_TRAITER,
        )
    )


def close_request(
    acteur: Acteur,
    rattachement: Rattachement,
    acte: str,
    etat: EtatDemande = EtatDemande.RETIREE,
    decideur: str = "",
) -> None:
    """Whatever waits there waits no more: `acte` says what answered it."""
    demande = open_request(rattachement)
    if demande is None:
        return
    demande.etat, demande.decide_le, demande.decideur = etat, horloge.now(), decideur
    journal.record(acteur, acte, demande, etat=etat)
    session().flush()
