"""Accept an invitation: what it promised comes in force, if who invited may still give it."""

from sqlalchemy import select, update

from monespace import horloge, journal, policy
from monespace.acces.actions.annonces import tell_administrateurs
from monespace.acces.actions.invitations import is_expired, promise_of
from monespace.acces.actions.octroyer import check_power, replace_rights
from monespace.acces.actions.ouverture import close_request, is_in_force, is_over, open_access
from monespace.acces.actions.verrou import found_or_made, hold_organisation, hold_rattachement
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acces.personnes import person_of
from monespace.acteur import Acteur, Origine, Role
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from monespace.policy import Can
from monespace.refus import Refus, Refuse
from monespace.typographie import date_long

ACCEPTED = "accepter"

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


def check_open(invitation: Invitation) -> None:
    """Raise Fermee when it was used or cancelled, or is too old."""
    if invitation.etat is EtatInvitation.ACCEPTEE:
        raise Fermee("Cette invitation a déjà servi. Connectez-vous pour ouvrir votre espace.")
    if invitation.etat is EtatInvitation.ANNULEE:
        raise Fermee("Cette invitation a été annulée. " + PLEASE_ASK)
    if is_expired(invitation):
        raise Fermee("Cette invitation a expiré\u00a0: elle durait 14 jours. " + PLEASE_ASK)


def check_whose(acteur: Acteur, invitation: Invitation) -> None:
    """Raise Refuse unless it is for who reads the link, and their address is proved."""
    person = session().get_one(Utilisateur, acteur.utilisateur_id)
    if person.courriel.casefold() != invitation.courriel.casefold() or person.role is not (
        Role.MEMBRE
    ):
        raise Refuse(OTHER_ADDRESS)
    if person.confirme_le is None:
        raise Refuse(NOT_CONFIRMED)


def accept(acteur: Acteur, invitation: Invitation) -> Rattachement:
    """Put in force what it promised. Return where the person belongs now. Raise Refuse, Fermee.

    Who is in force there keeps what they have. Who was, until a last day that is past, comes back
    under the invitation alone: those dates are over, and the rights they bounded.
    """
    former = hold_rattachement(acteur.utilisateur_id, invitation.organisation_id)
    hold_organisation(invitation.organisation_id)
    session().refresh(invitation, with_for_update=True)
    if former and invitation.utilisateur_id == acteur.utilisateur_id:
        return former
    check_open(invitation)
    check_whose(acteur, invitation)
    _check_former(former)
    author = _author(invitation)
    invitation.etat, invitation.acceptee_le = EtatInvitation.ACCEPTEE, horloge.now()
    invitation.utilisateur_id = acteur.utilisateur_id
    if former is not None and is_in_force(former):
        journal.record(acteur, ACCEPTED, invitation, deja_membre=True)
        return former
    over = {"fin": former.fin.isoformat()} if former and former.fin and is_over(former) else {}
    rattachement = former or found_or_made(acteur.utilisateur_id, invitation.organisation_id)
    _put_in_force(acteur, author, rattachement, invitation)
    journal.record(acteur, ACCEPTED, invitation, **over)
    _announce(author, rattachement)
    return rattachement


def _check_former(former: Rattachement | None) -> None:
    """Raise Refuse for an access that an administrateur stopped, or lets begin on a later day."""
    if former is None:
        return
    if former.etat is EtatRattachement.SUSPENDU:
        raise Refuse(
            "Votre accès à cette entreprise est suspendu\u00a0: une invitation ne le rouvre pas. "
            "Adressez-vous à un administrateur de cette entreprise."
        )
    begins = former.debut if former.etat is EtatRattachement.ACTIF else None
    if begins and begins > horloge.today():
        raise Refuse(
            f"Votre accès à cette entreprise commence le {date_long(begins)}\u00a0: une invitation "
            "ne l’avance pas. Pour qu’il commence plus tôt, adressez-vous à un administrateur de "
            "cette entreprise."
        )


def _author(invitation: Invitation) -> Acteur:
    """Who invited, with the rights they have now. Raise Refuse when they may not any more."""
    inviter = session().get_one(Utilisateur, invitation.auteur_id)
    author = policy.acteur_of(inviter, invitation.organisation_id)
    promesse = promise_of(invitation)
    try:
        policy.load(author, Organisation, invitation.organisation.cle, Can.INVITE)
        if promesse.administrateur and not author.administrateur:
            raise Refuse(NO_POWER)
        check_power(author, invitation.organisation_id, promesse.droits, frozenset())
    except Refus as refusal:
        raise Refuse(NO_POWER) from refusal
    return author


def _put_in_force(
    acteur: Acteur, author: Acteur, rattachement: Rattachement, invitation: Invitation
) -> None:
    promesse = promise_of(invitation)
    open_access(rattachement, Origine.INVITATION, author.nom)
    rattachement.administrateur = promesse.administrateur
    # What was written there for a former time gives no power to the author over it.
    rattachement.habilitations.clear()
    session().flush()
    replace_rights(author, rattachement, promesse.droits, Origine.INVITATION)
    close_request(acteur, rattachement, "clore par une invitation")
    # Only who works nowhere is led there: an open page never changes company by itself.
    session().execute(
        update(SessionOuverte)
        .where(
            SessionOuverte.utilisateur_id == rattachement.utilisateur_id,
            SessionOuverte.organisation_id.is_(None),
        )
        .values(organisation_id=rattachement.organisation_id)
    )


def _announce(author: Acteur, rattachement: Rattachement) -> None:
    nom, whom = rattachement.organisation.nom, person_of(rattachement).nom_complet
    inviter = session().get_one(Utilisateur, author.utilisateur_id)
    notify(
        [inviter],
        f"{whom} a accepté l’invitation de {author.nom}",
        f"Ses droits sur {nom} sont ouverts.",
        f"/acces/personnes/{rattachement.cle}",
        organisation_id=rattachement.organisation_id,
    )
    if rattachement.administrateur:
        tell_administrateurs(author, rattachement, f"{whom} administre {nom}")
