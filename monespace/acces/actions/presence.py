"""Somebody's access is stopped, taken up again, bounded by dates, or ends."""

from datetime import date

from sqlalchemy import select, update

from monespace import horloge, journal
from monespace.acces.actions.annonces import tell_administrateurs, tell_person
from monespace.acces.actions.octroyer import check_power
from monespace.acces.actions.ouverture import close_request
from monespace.acces.actions.verrou import YOU_ARE_THE_LAST, held, keep_one
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acces.personnes import person_of
from monespace.acteur import Acteur
from monespace.comptes.models import SessionOuverte
from monespace.db import Json, session
from monespace.organisations import octrois
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can
from monespace.refus import Refuse

NOTHING: Octrois = frozenset()
WRONG_ORDER = "La date de fin précède la date de début. Corrigez l’une des deux."
ALREADY_OVER = (
    "Cette date est déjà passée. Pour arrêter cet accès maintenant, suspendez-le ou retirez "
    "cette personne."
)


def remove(acteur: Acteur, rattachement: Rattachement) -> None:
    """End that person's access to the company, everywhere and at once.

    Their rights are deleted: somebody who comes back gets them from a new decision only. What
    they were stays in the journal. Raise Refuse for the last administrateur.
    """
    now = held(acteur, rattachement, Can.DELETE)
    check_power(now, rattachement.organisation_id, NOTHING, octrois.of(rattachement.habilitations))
    keep_one(rattachement)
    _end(now, rattachement, "retirer")
    nom = rattachement.organisation.nom
    tell_person(
        rattachement,
        f"Votre accès à {nom} est retiré",
        f"{now.nom} l’a retiré. Vous ne voyez plus les données de cette entreprise. Si c’est une "
        "erreur, adressez-vous à cette personne ou demandez un nouveau rattachement.",
    )
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"{whom} est retiré de {nom}")


def leave(acteur: Acteur, rattachement: Rattachement) -> None:
    """End one's own access. Raise Refuse for the last administrateur."""
    now = held(acteur, rattachement, Can.LEAVE)
    keep_one(rattachement, YOU_ARE_THE_LAST)
    _end(now, rattachement, "quitter")
    nom = rattachement.organisation.nom
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"{whom} a quitté {nom}")


def suspend(acteur: Acteur, rattachement: Rattachement) -> None:
    """Stop that person's access at once, all that they have kept as it is. One click."""
    now = held(acteur, rattachement, Can.DELETE)
    check_power(now, rattachement.organisation_id, NOTHING, octrois.of(rattachement.habilitations))
    if rattachement.etat is EtatRattachement.SUSPENDU:
        return
    keep_one(rattachement)
    rattachement.etat = EtatRattachement.SUSPENDU
    journal.record(now, "suspendre", rattachement)
    _turn_sessions_away(rattachement)
    nom = rattachement.organisation.nom
    tell_person(
        rattachement,
        f"Votre accès à {nom} est suspendu",
        f"{now.nom} l’a suspendu. Vos droits sont gardés mais ne servent plus tant que cette "
        "personne ne les rétablit pas. Adressez-vous à elle.",
    )
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"L’accès de {whom} à {nom} est suspendu")


def resume(acteur: Acteur, rattachement: Rattachement) -> None:
    """Give back an access that was suspended, as it was."""
    now = held(acteur, rattachement, Can.RESUME)
    check_power(now, rattachement.organisation_id, octrois.of(rattachement.habilitations), NOTHING)
    rattachement.etat = EtatRattachement.ACTIF
    journal.record(now, "rétablir", rattachement)
    nom = rattachement.organisation.nom
    tell_person(rattachement, f"Votre accès à {nom} est rétabli", f"Par {now.nom}.", "/")
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"L’accès de {whom} à {nom} est rétabli")


def set_dates(
    acteur: Acteur, rattachement: Rattachement, debut: date | None, fin: date | None
) -> None:
    """Bound that access by a first and a last day, in Paris, for a stand-in for example.

    Raise Refuse for dates in the wrong order or past, and for the last administrateur.
    """
    now = held(acteur, rattachement, Can.EDIT)
    check_power(now, rattachement.organisation_id, NOTHING, octrois.of(rattachement.habilitations))
    if (debut, fin) == (rattachement.debut, rattachement.fin):
        return
    if debut and fin and fin < debut:
        raise Refuse(WRONG_ORDER)
    if fin and fin < horloge.today():
        raise Refuse(ALREADY_OVER)
    if fin or (debut and debut > horloge.today()):
        keep_one(rattachement)
    before = _days(rattachement.debut, rattachement.fin)
    rattachement.debut, rattachement.fin = debut, fin
    journal.record(now, "changer les dates", rattachement, avant=before, apres=_days(debut, fin))
    nom = rattachement.organisation.nom
    tell_person(rattachement, f"Les dates de votre accès à {nom} changent", f"Par {now.nom}.")


def _end(acteur: Acteur, rattachement: Rattachement, acte: str) -> None:
    before: dict[str, Json] = {
        "administrateur": rattachement.administrateur,
        "droits": octrois.to_json(octrois.of(rattachement.habilitations)),
    }
    rattachement.etat = EtatRattachement.RETIRE
    rattachement.administrateur = False
    rattachement.habilitations.clear()
    rattachement.debut = rattachement.fin = None
    journal.record(acteur, acte, rattachement, avant=before)
    _close_what_waits(acteur, rattachement)
    _turn_sessions_away(rattachement)


def _close_what_waits(acteur: Acteur, rattachement: Rattachement) -> None:
    """Nobody comes back by a request or an invitation of before."""
    close_request(acteur, rattachement, "clore avec le départ")
    invitations = session().scalars(
        select(Invitation).where(
            Invitation.organisation_id == rattachement.organisation_id,
            Invitation.courriel == person_of(rattachement).courriel,
            Invitation.etat == EtatInvitation.EN_ATTENTE,
        )
    )
    for invitation in invitations:
        invitation.etat = EtatInvitation.ANNULEE
        journal.record(acteur, "annuler avec le départ", invitation)


def _turn_sessions_away(rattachement: Rattachement) -> None:
    """No open browser of that person stays on the company."""
    session().execute(
        update(SessionOuverte)
        .where(
            SessionOuverte.utilisateur_id == rattachement.utilisateur_id,
            SessionOuverte.organisation_id == rattachement.organisation_id,
        )
        .values(organisation_id=None)
    )


def _days(*days: date | None) -> list[Json]:
    return [day.isoformat() if day else None for day in days]
