"""Accept an invitation: what it promised comes in force, if who invited may still give it."""

from sqlalchemy import select, update

from monespace import horloge, journal, policy
from monespace.acces.actions.annonces import tell_administrateurs
from monespace.acces.actions.invitations import is_expired, promise_of
from monespace.acces.actions.octroyer import check_power, replace_rights
from monespace.acces.actions.verrou import hold_organisation, hold_rattachement
from monespace.acces.models import DemandeAcces, EtatDemande, EtatInvitation, Invitation
from monespace.acteur import Acteur, Origine, Role
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from monespace.policy import Can
from monespace.refus import Refus, Refuse

PLEASE_ASK = "Demandez une nouvelle invitation à un administrateur de cette entreprise."
OTHER_ADDRESS = (
    "Cette invitation a été envoyée à une autre adresse que celle de votre compte. "
    "Déconnectez-vous, puis connectez-vous avec l’adresse qui a reçu le courriel."
)
NOT_CONFIRMED = (
    "Confirmez d’abord votre adresse e-mail\u00a0: ouvrez le lien que nous vous avons envoyé, puis "
    "revenez à cette invitation."
)
NO_POWER = (
    "La personne qui vous a invité ne peut plus donner ces droits. Aucun accès n’a été ouvert. "
    + PLEASE_ASK
)


class Fermee(Refuse):
    """It opens nothing any more."""

    statut = 410


def find(cle: str) -> Invitation | None:
    """The invitation a signed link names, whoever reads it."""
    return session().scalar(
        select(Invitation).where(Invitation.cle == cle, Invitation.origine == Origine.INVITATION)
    )


def who(acteur: Acteur) -> Utilisateur:
    """The account that reads the link."""
    return session().get_one(Utilisateur, acteur.utilisateur_id)


def check_open(invitation: Invitation) -> None:
    """Raise Fermee when it was used or cancelled, or is too old."""
    if invitation.etat is EtatInvitation.ACCEPTEE:
        raise Fermee("Cette invitation a déjà servi. Connectez-vous pour ouvrir votre espace.")
    if invitation.etat is EtatInvitation.ANNULEE:
        raise Fermee("Cette invitation a été annulée. " + PLEASE_ASK)
    if is_expired(invitation):
        raise Fermee("Cette invitation a expiré\u00a0: elle durait 14 jours. " + PLEASE_ASK)


def check_whose(person: Utilisateur, invitation: Invitation) -> None:
    """Raise Refuse unless it is that person's, and their address is proved."""
    if person.courriel.casefold() != invitation.courriel.casefold() or person.role is not (
        Role.MEMBRE
    ):
        raise Refuse(OTHER_ADDRESS)
    if person.confirme_le is None:
        raise Refuse(NOT_CONFIRMED)


def accept(acteur: Acteur, invitation: Invitation) -> Rattachement:
    """Put in force what it promised. Return where the person belongs now. Raise Refuse, Fermee."""
    person = who(acteur)
    hold_rattachement(person.id, invitation.organisation_id)
    hold_organisation(invitation.organisation_id)
    session().refresh(invitation, with_for_update=True)
    former = hold_rattachement(person.id, invitation.organisation_id)
    if former and invitation.utilisateur_id == person.id:
        return former
    check_open(invitation)
    check_whose(person, invitation)
    if former is not None and former.etat is EtatRattachement.SUSPENDU:
        raise Refuse(
            "Votre accès à cette entreprise est suspendu\u00a0: une invitation ne le rouvre pas. "
            "Adressez-vous à un administrateur de cette entreprise."
        )
    author = _author(invitation)
    invitation.etat, invitation.acceptee_le = EtatInvitation.ACCEPTEE, horloge.now()
    invitation.utilisateur_id = person.id
    if former is not None and former.etat is EtatRattachement.ACTIF:
        journal.record(acteur, "accepter", invitation, deja_membre=True)
        return former
    rattachement = former or _joined(person, invitation)
    _put_in_force(author, rattachement, invitation)
    journal.record(acteur, "accepter", invitation)
    _announce(person, author, rattachement)
    return rattachement


def _author(invitation: Invitation) -> Acteur:
    """Who invited, with the rights they have now. Raise Refuse when they may not any more."""
    inviter = session().get_one(Utilisateur, invitation.auteur_id)
    author = policy.acteur_of(inviter, invitation.organisation_id)
    organisation = session().get_one(Organisation, invitation.organisation_id)
    promesse = promise_of(invitation)
    try:
        policy.load(author, Organisation, organisation.cle, Can.INVITE)
        if promesse.administrateur and not author.administrateur:
            raise Refuse(NO_POWER)
        check_power(author, organisation.id, promesse.droits, frozenset())
    except Refus as refusal:
        raise Refuse(NO_POWER) from refusal
    return author


def _joined(person: Utilisateur, invitation: Invitation) -> Rattachement:
    rattachement = Rattachement(
        utilisateur_id=person.id,
        organisation_id=invitation.organisation_id,
        etat=EtatRattachement.ACTIF,
        cree_le=horloge.now(),
    )
    session().add(rattachement)
    session().flush()
    return rattachement


def _put_in_force(author: Acteur, rattachement: Rattachement, invitation: Invitation) -> None:
    promesse = promise_of(invitation)
    rattachement.etat = EtatRattachement.ACTIF
    rattachement.debut = rattachement.fin = None
    rattachement.administrateur = promesse.administrateur
    rattachement.origine = Origine.INVITATION
    rattachement.accorde_par, rattachement.accorde_le = author.nom, horloge.now()
    # What was written there for a former time gives no power to the author over it.
    rattachement.habilitations.clear()
    session().flush()
    replace_rights(author, rattachement, promesse.droits, Origine.INVITATION)
    session().execute(
        update(DemandeAcces)
        .where(
            DemandeAcces.rattachement_id == rattachement.id,
            DemandeAcces.etat == EtatDemande.A_TRAITER,
        )
        .values(etat=EtatDemande.RETIREE)
    )
    # Only who works nowhere is led there: an open page never changes company by itself.
    session().execute(
        update(SessionOuverte)
        .where(
            SessionOuverte.utilisateur_id == rattachement.utilisateur_id,
            SessionOuverte.organisation_id.is_(None),
        )
        .values(organisation_id=rattachement.organisation_id)
    )


def _announce(person: Utilisateur, author: Acteur, rattachement: Rattachement) -> None:
    nom = session().get_one(Organisation, rattachement.organisation_id).nom
    inviter = session().get_one(Utilisateur, author.utilisateur_id)
    titre = f"{person.nom_complet} a accepté l’invitation de {author.nom}"
    notify(
        [inviter],
        titre,
        f"Ses droits sur {nom} sont ouverts.",
        f"/acces/personnes/{rattachement.cle}",
        organisation_id=rattachement.organisation_id,
    )
    if rattachement.administrateur:
        tell_administrateurs(author, rattachement, f"{person.nom_complet} administre {nom}")
