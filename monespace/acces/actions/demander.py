"""Ask for an access: to join an organisation, or to have more rights there."""

from dataclasses import dataclass

from sqlalchemy import func, select

from monespace import horloge, journal, policy
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
from monespace.refus import Refuse

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
    made = _made_with(acteur, jeton)
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
    made = _made_with(acteur, jeton)
    if made is not None:
        return made
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
    person = session().get_one(
        Utilisateur, acteur.utilisateur_id, with_for_update={"key_share": True}
    )
    if person.confirme_le is None:
        raise Refuse(UNCONFIRMED)
    return person


def joining(acteur: Acteur, organisation: Organisation) -> Rattachement:
    """The rattachement of somebody who is not in, ready for a request.

    Somebody who was removed stays so until an answer: a code must not make them forget it.
    Raise Refuse for who is in already, suspended, or waiting.
    """
    found = session().scalar(
        select(Rattachement).where(
            Rattachement.utilisateur_id == acteur.utilisateur_id,
            Rattachement.organisation_id == organisation.id,
        )
    )
    if found is None:
        found = Rattachement(
            utilisateur_id=acteur.utilisateur_id,
            organisation=organisation,
            etat=EtatRattachement.DEMANDE,
            cree_le=horloge.now(),
        )
        session().add(found)
        session().flush()
        return found
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


def is_in_force(rattachement: Rattachement) -> bool:
    return bool(
        session().scalar(
            select(Rattachement.id).where(
                Rattachement.id == rattachement.id, policy.in_force(horloge.today())
            )
        )
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


def open_request(rattachement: Rattachement) -> DemandeAcces | None:
    """What waits for an answer on that rattachement."""
    return session().scalar(
        select(DemandeAcces).where(
            DemandeAcces.rattachement_id == rattachement.id,
            DemandeAcces.etat == EtatDemande.A_TRAITER,
        )
    )


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


def _made_with(acteur: Acteur, jeton: str) -> DemandeAcces | None:
    return session().scalar(
        select(DemandeAcces).where(
            DemandeAcces.jeton == jeton, DemandeAcces.utilisateur_id == acteur.utilisateur_id
        )
    )


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
