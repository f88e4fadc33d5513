"""Remind administrateurs of requests that nobody answers, and tell the askers whom they may ask."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from sqlalchemy import and_, or_, select

from monespace import horloge, journal
from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.acteur import Acteur, Role
from monespace.calendrier import working_days_ago, working_days_since
from monespace.comptes import queries as comptes
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import Organisation

# Working days after which the first reminder leaves, and the last.
FIRST, LAST = 3, 10
AT_ONCE = 100
# Nobody is to be woken by it.
NOT_BEFORE = time(8)


def remind() -> int:
    """Remind of the requests that have waited three, then ten working days. Return how many.

    A request is locked while it is told about, and counts its own reminders: two at the same
    time tell of it once. One that was missed at three days gets the last one only.
    """
    if horloge.paris(horloge.now()).time() < NOT_BEFORE:
        return 0
    today = horloge.today()
    waiting = session().scalars(
        select(DemandeAcces)
        .where(
            DemandeAcces.etat == EtatDemande.A_TRAITER,
            or_(
                and_(DemandeAcces.relances == 0, DemandeAcces.cree_le < _end_of(today, FIRST)),
                and_(DemandeAcces.relances == 1, DemandeAcces.cree_le < _end_of(today, LAST)),
            ),
        )
        .order_by(DemandeAcces.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    demandes = waiting.all()
    for demande in demandes:
        _remind_of(demande, working_days_since(horloge.paris(demande.cree_le).date(), today))
    return len(demandes)


def _end_of(today: date, count: int) -> datetime:
    """What was asked before that instant has waited `count` working days."""
    day = working_days_ago(today, count) + timedelta(days=1)
    return datetime.combine(day, time(), horloge.PARIS)


def _remind_of(demande: DemandeAcces, days: int) -> None:
    last = days >= LAST
    demande.relances = 2 if last else 1
    organisation, asker = demande.organisation, demande.utilisateur
    told = [one for one in comptes.administrateurs(demande.organisation_id) if one.id != asker.id]
    notify(
        told,
        f"La demande de {asker.nom_complet} attend votre décision depuis {days} jours ouvrés",
        f"Entreprise\u00a0: {organisation.nom}. Approuvez-la ou refusez-la\u00a0: "
        "la personne ne peut pas avancer sans votre réponse.",
        f"/acces/demandes/{demande.cle}",
        organisation_id=demande.organisation_id,
    )
    if last:
        notify(
            [asker],
            f"Votre demande auprès de {organisation.nom} attend depuis {days} jours ouvrés",
            "Ses administrateurs ont été relancés deux fois. Parlez-en à un responsable de "
            "l’entreprise, ou écrivez-nous\u00a0: votre conseiller peut les joindre."
            if told
            else "Personne n’administre encore cette entreprise dans Mon Espace. Parlez-en à son "
            "responsable, ou écrivez-nous\u00a0: votre conseiller peut vous aider.",
            f"/aide/contact?{urlencode(_about(organisation))}",
            organisation_id=demande.organisation_id,
        )
    portal = Acteur(None, "Mon Espace", Role.MEMBRE, demande.organisation_id)
    journal.record(portal, "relancer", demande, jours=days, administrateurs=len(told))


def _about(organisation: Organisation) -> dict[str, str]:
    return {"siren": organisation.siren, "profil": organisation.profil, "sujet": "acces"}
