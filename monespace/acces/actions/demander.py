"""Ask for an access: to join an organisation, or to have more rights there."""

from dataclasses import dataclass

from sqlalchemy import func, select

from monespace import horloge, journal
from monespace.acces.actions.ouverture import is_in_force, open_request
from monespace.acces.actions.verrou import found_or_made, hold_person, hold_rattachement
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import (
    EtatRattachement,
    Organisation,
    Qualite,
    Rattachement,
)
from monespace.organisations.octrois import Octrois
from monespace.refus import JetonServi, Refuse

MOST_WAITING = 50
ALREADY = (
    "Vous avez déjà une demande en attente pour cette entreprise. Suivez-la, ou retirez-la pour "
    "en faire une autre."
)
BELONGS = (
    "Vous êtes déjà rattaché à cette entreprise. Choisissez-la dans «\u00a0Mes entreprises\u00a0», "
    "puis demandez un droit de plus dans «\u00a0Mes droits\u00a0»."
)
TOO_MANY = (
    f"Vous avez {MOST_WAITING} demandes en attente\u00a0: attendez des réponses ou retirez-en "
    "avant d’en faire d’autres."
)
UNCONFIRMED = (
    "Confirmez d’abord votre adresse e-mail\u00a0: ouvrez le lien que nous vous avons envoyé."
)
SUSPENDED = (
    "Votre accès à cette entreprise est suspendu. Adressez-vous à un de ses administrateurs."
)
EVERYTHING = "Vous administrez cette entreprise\u00a0: vous avez déjà tous les droits."


@dataclass(frozen=True, slots=True)
class Voulu:
    """What somebody asks an organisation for, and why."""

    octrois: Octrois
    message: str
    qualite: Qualite = Qualite.MEMBRE
    siren_mandataire: str = ""


def ask_to_join(
    acteur: Acteur, organisation: Organisation, voulu: Voulu, jeton: str
) -> DemandeAcces:
    """Ask to belong to an organisation. Sent twice with one `jeton`, it is asked once.

    Raise Refuse for whoever belongs to it already, or waits for its answer.
    """
    person = hold(acteur)
    made = made_with(acteur, organisation.id, jeton)
    if made is not None:
        return made
    if _waiting(acteur) >= MOST_WAITING:
        raise Refuse(TOO_MANY)
    rattachement = joining(acteur, organisation)
    rattachement.qualite = voulu.qualite
    rattachement.siren_mandataire = voulu.siren_mandataire
    demande = add_request(
        acteur, rattachement, GenreDemande.RATTACHEMENT, jeton, voulu.octrois, voulu.message
    )
    tell(demande, f"{person.nom_complet} demande à rejoindre {organisation.nom}", voulu.message)
    return demande


def ask_for_rights(
    acteur: Acteur, rattachement: Rattachement, octrois: Octrois, message: str, jeton: str
) -> DemandeAcces:
    """A member asks for more rights where they are. Sent twice, it is asked once."""
    person = hold(acteur)
    made = made_with(acteur, rattachement.organisation_id, jeton)
    if made is not None:
        return made
    hold_rattachement(person.id, rattachement.organisation_id)
    if rattachement.administrateur:
        raise Refuse(EVERYTHING)
    _refuse_another(rattachement)
    demande = add_request(acteur, rattachement, GenreDemande.HABILITATION, jeton, octrois, message)
    nom = rattachement.organisation.nom
    tell(demande, f"{person.nom_complet} demande un droit de plus à {nom}", message)
    return demande


def withdraw(acteur: Acteur, demande: DemandeAcces) -> None:
    """Take one's own request back. The caller loaded it with the right to."""
    demande.etat = EtatDemande.RETIREE
    demande.decide_le = horloge.now()
    journal.record(acteur, "retirer la demande", demande)


def hold(acteur: Acteur) -> Utilisateur:
    """The person, who does one thing at a time. Raise Refuse before their address is proved."""
    person = hold_person(acteur.utilisateur_id)
    if person.confirme_le is None:
        raise Refuse(UNCONFIRMED)
    return person


def made_with(acteur: Acteur, organisation_id: int, jeton: str) -> DemandeAcces | None:
    """What the acteur asked of that organisation with this token, if it still waits.

    Raise JetonServi for a token of theirs that asked something else, or was answered.
    """
    made = session().scalar(
        select(DemandeAcces).where(
            DemandeAcces.jeton == jeton, DemandeAcces.utilisateur_id == acteur.utilisateur_id
        )
    )
    if made is None:
        return None
    if made.organisation_id != organisation_id or made.etat is not EtatDemande.A_TRAITER:
        raise JetonServi()
    return made


def joining(acteur: Acteur, organisation: Organisation) -> Rattachement:
    """The rattachement of somebody who is not in, ready for a request.

    Somebody who was removed stays so until an answer: a code must not make them forget it.
    Raise Refuse for who is in already, suspended, or waiting.
    """
    found = found_or_made(acteur.utilisateur_id, organisation.id)
    if is_in_force(found):
        raise Refuse(BELONGS)
    if found.etat not in REOPENED:
        raise Refuse(SUSPENDED)
    _refuse_another(found)
    if found.etat is EtatRattachement.REFUSE:
        found.etat = EtatRattachement.DEMANDE
    return found


REOPENED = (
    EtatRattachement.DEMANDE,
    EtatRattachement.REFUSE,
    EtatRattachement.RETIRE,
    # In force once, and past its dates.
    EtatRattachement.ACTIF,
)


def add_request(
    acteur: Acteur,
    rattachement: Rattachement,
    genre: GenreDemande,
    jeton: str,
    octrois: Octrois,
    message: str,
) -> DemandeAcces:
    """Write the request, told in the journal of the organisation that is asked."""
    demande = DemandeAcces(
        jeton=jeton,
        organisation=rattachement.organisation,
        utilisateur_id=rattachement.utilisateur_id,
        rattachement=rattachement,
        genre=genre,
        message=message,
        droits=ecrits.to_json(octrois),
        cree_le=horloge.now(),
    )
    session().add(demande)
    journal.record(acteur, "demander", demande, genre=genre, droits=demande.droits)
    return demande


def tell(demande: DemandeAcces, titre: str, texte: str, urgent: bool = False) -> None:
    """Every administrateur is told, with the page where they answer."""
    notify(
        comptes.administrateurs(demande.organisation_id),
        titre,
        texte,
        f"/acces/demandes/{demande.cle}",
        organisation_id=demande.organisation_id,
        urgent=urgent,
    )


def _refuse_another(rattachement: Rattachement) -> None:
    if open_request(rattachement) is not None:
        raise Refuse(ALREADY)


def _waiting(acteur: Acteur) -> int:
    return (
        session().scalar(
            select(func.count())
            .select_from(DemandeAcces)
            .where(
                DemandeAcces.utilisateur_id == acteur.utilisateur_id,
                DemandeAcces.etat == EtatDemande.A_TRAITER,
            )
        )
        or 0
    )
