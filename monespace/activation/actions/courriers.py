"""Have a letter made: it waits for the next batch."""

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.activation.actions.codes import PAGE, seen_by
from monespace.activation.models import Courrier
from monespace.activation.tirage import REACHED
from monespace.comptes.queries import administrateurs
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import Etablissement, Organisation
from monespace.refus import Refuse


def ask_reissue(acteur: Acteur, organisation: Organisation) -> Courrier:
    """Have a new letter sent to the siège, with the next batch; the one that waits if any does.

    Raise Refuse for a company that has ceased, or whose siège is not in the base.
    """
    session().get_one(Organisation, organisation.id, with_for_update={"key_share": True})
    waiting = session().scalar(
        select(Courrier).where(
            Courrier.organisation_id == organisation.id, Courrier.tirage_id.is_(None)
        )
    )
    if waiting is not None:
        return waiting
    if not organisation.entreprise.active:
        raise Refuse(
            f"D’après la base SIRENE, {organisation.nom} a cessé son activité\u00a0: aucun "
            "courrier ne peut lui être envoyé. Si c’est une erreur, elle se corrige auprès de "
            "l’INSEE."
        )
    if not session().scalar(
        select(Etablissement.id).where(
            Etablissement.entreprise_id == organisation.entreprise_id, REACHED
        )
    ):
        raise Refuse(
            f"La base SIRENE ne publie pas l’adresse du siège de {organisation.nom}\u00a0: le "
            "courrier ne peut pas partir. L’entreprise la fait publier auprès de l’INSEE."
        )
    courrier = Courrier(
        organisation_id=organisation.id, demande_le=horloge.now(), demande_par=acteur.nom
    )
    session().add(courrier)
    journal.record(seen_by(acteur, organisation.id), "demander un courrier", courrier)
    notify(
        administrateurs(organisation.id),
        f"Un nouveau courrier va partir au siège de {organisation.nom}",
        f"{acteur.nom} l’a demandé. Il portera un nouveau code\u00a0: l’ancien ne servira plus "
        "dès que le courrier sera produit.",
        PAGE,
        organisation_id=organisation.id,
        urgent=True,
    )
    return courrier
