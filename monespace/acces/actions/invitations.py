"""Invite somebody by their address: rights that wait for them, two weeks, once."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from monespace import horloge, journal, policy
from monespace.acces.actions.octroyer import check_power
from monespace.acces.actions.verrou import as_of_now, hold_organisation
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acteur import Acteur, Origine
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.courriels import actions as courriels
from monespace.courriels.rendu import inert, signed_link
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can
from monespace.refus import Interdit, JetonServi, Refuse
from monespace.typographie import date_long, siren

VALID = timedelta(days=14)
# Nobody's mailbox is filled from here.
BETWEEN_MAILS = timedelta(minutes=10)
ADMINISTRATEURS_ONLY = (
    "Seul un administrateur peut inviter un administrateur. Rien n’a été envoyé. Décochez cette "
    "case et choisissez des droits, ou adressez-vous à un administrateur."
)
NOTHING_TO_GIVE = "Choisissez au moins un droit\u00a0: sans droit, cette personne ne verrait rien."
ALREADY_SENT = (
    "Cette invitation vient d’être envoyée. Attendez dix minutes avant de la renvoyer\u00a0: le "
    "courriel est peut-être en chemin, ou parmi les indésirables."
)


@dataclass(frozen=True, slots=True)
class Promesse:
    """What an invitation promises to who accepts it."""

    courriel: str
    droits: Octrois
    administrateur: bool = False
    message: str = ""


class DejaMembre(Refuse):
    """The address is that of somebody who belongs to the company already."""

    def __init__(self, rattachement: Rattachement) -> None:
        stopped = rattachement.etat is EtatRattachement.SUSPENDU
        super().__init__(
            "Cette personne est déjà rattachée à votre entreprise"
            + (", et son accès est suspendu. Rétablissez-le" if stopped else ". Changez ses droits")
            + " depuis sa fiche\u00a0: une invitation n’est pas nécessaire."
        )
        self.cle = rattachement.cle


class DejaInvite(Refuse):
    """An invitation of that address is open."""

    def __init__(self, invitation: Invitation) -> None:
        super().__init__(
            f"{invitation.auteur} a déjà invité cette adresse le {date_long(invitation.cree_le)}. "
            "Renvoyez cette invitation, ou annulez-la pour en faire une autre."
        )


def invite(acteur: Acteur, promesse: Promesse, jeton: str) -> Invitation:
    """Invite an address to the acteur's organisation, once per `jeton`.

    Raise Interdit for what the acteur may not give, DejaMembre, DejaInvite, Refuse.
    """
    hold_organisation(acteur.organisation_id)
    now = as_of_now(acteur)
    organisation = session().get_one(Organisation, acteur.organisation_id)
    policy.load(now, Organisation, organisation.cle, Can.INVITE)
    known = made_with(now, organisation.id, promesse.courriel, jeton)
    if known is not None:
        return known
    _check(now, organisation.id, promesse)
    check_new(organisation.id, promesse.courriel)
    invitation = promise(now, "inviter", organisation.id, promesse, jeton, Origine.INVITATION)
    _send(invitation)
    return invitation


def promise(
    acteur: Acteur,
    acte: str,
    organisation_id: int,
    promesse: Promesse,
    jeton: str,
    origine: Origine,
) -> Invitation:
    """Write what waits for that address, told in the journal. An invitation alone has an end."""
    assert acteur.utilisateur_id
    instant = horloge.now()
    invitation = Invitation(
        jeton=jeton,
        organisation_id=organisation_id,
        courriel=promesse.courriel,
        origine=origine,
        administrateur=promesse.administrateur,
        message=promesse.message,
        droits=ecrits.to_json(promesse.droits),
        auteur_id=acteur.utilisateur_id,
        auteur=acteur.nom,
        cree_le=instant,
        expire_le=instant + VALID if origine is Origine.INVITATION else None,
    )
    session().add(invitation)
    journal.record(
        acteur,
        acte,
        invitation,
        courriel=invitation.courriel,
        administrateur=invitation.administrateur,
        apres=invitation.droits,
    )
    return invitation


def made_with(acteur: Acteur, organisation_id: int, courriel: str, jeton: str) -> Invitation | None:
    """The invitation that the acteur made for that address with this token, if it still waits.

    Raise JetonServi for a token that served for anything else there.
    """
    known = session().scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id, Invitation.jeton == jeton
        )
    )
    if known is None:
        return None
    same = known.auteur_id == acteur.utilisateur_id and known.courriel == courriel
    if not same or known.etat is not EtatInvitation.EN_ATTENTE:
        raise JetonServi()
    return known


def resend(acteur: Acteur, invitation: Invitation) -> None:
    """Send it again, for two more weeks, in the name of who does. Raise Interdit, Refuse."""
    now = _holding(acteur, invitation)
    if invitation.origine is not Origine.INVITATION:
        raise Refuse(
            "Ces droits ont été convenus avec l’OPCO\u00a0: ils s’ouvrent à la première connexion "
            "de cette personne, sans courriel."
        )
    if invitation.expire_le and horloge.now() < invitation.expire_le - VALID + BETWEEN_MAILS:
        raise Refuse(ALREADY_SENT)
    _check(now, invitation.organisation_id, promise_of(invitation))
    assert now.utilisateur_id
    invitation.auteur_id, invitation.auteur = now.utilisateur_id, now.nom
    invitation.expire_le = horloge.now() + VALID
    journal.record(now, "renvoyer", invitation)
    _send(invitation)


def cancel(acteur: Acteur, invitation: Invitation) -> None:
    """Make it open nothing any more."""
    now = _holding(acteur, invitation)
    invitation.etat = EtatInvitation.ANNULEE
    journal.record(now, "annuler", invitation)


def promise_of(invitation: Invitation) -> Promesse:
    return Promesse(
        invitation.courriel,
        ecrits.from_json(invitation.droits),
        invitation.administrateur,
        invitation.message,
    )


def is_expired(invitation: Invitation) -> bool:
    return invitation.expire_le is not None and invitation.expire_le <= horloge.now()


def _holding(acteur: Acteur, invitation: Invitation) -> Acteur:
    hold_organisation(invitation.organisation_id)
    now = as_of_now(acteur)
    policy.load(now, Invitation, invitation.cle, Can.DELETE, lock=True)
    return now


def _check(acteur: Acteur, organisation_id: int, promesse: Promesse) -> None:
    if promesse.administrateur:
        if not acteur.administrateur:
            raise Interdit(ADMINISTRATEURS_ONLY)
        return
    if not promesse.droits:
        raise Refuse(NOTHING_TO_GIVE)
    check_power(acteur, organisation_id, promesse.droits, frozenset())


def check_new(organisation_id: int, courriel: str) -> None:
    """Nobody is invited twice, nor where they are; an invitation that expired gives way."""
    person = comptes.by_email(courriel)
    member = person and session().scalar(
        select(Rattachement).where(
            Rattachement.utilisateur_id == person.id,
            Rattachement.organisation_id == organisation_id,
            Rattachement.etat.in_((EtatRattachement.ACTIF, EtatRattachement.SUSPENDU)),
        )
    )
    if member:
        raise DejaMembre(member)
    waiting = session().scalar(
        select(Invitation).where(
            Invitation.organisation_id == organisation_id,
            Invitation.courriel == courriel,
            Invitation.etat == EtatInvitation.EN_ATTENTE,
        )
    )
    if waiting is None:
        return
    if not is_expired(waiting):
        raise DejaInvite(waiting)
    waiting.etat = EtatInvitation.ANNULEE
    session().flush()


def _send(invitation: Invitation) -> None:
    assert invitation.expire_le
    organisation = invitation.organisation
    author = session().get_one(Utilisateur, invitation.auteur_id)
    company = inert(organisation.nom)
    parts = [
        "Bonjour,",
        f"{inert(invitation.auteur)} ({inert(author.courriel)}) vous invite à rejoindre "
        f"{company} (SIREN {siren(organisation.siren)}) sur Mon Espace.",
        f"Son message\u00a0:\n{inert(invitation.message)}" if invitation.message else "",
        "Pour accepter, ouvrez ce lien et connectez-vous. Si vous n’avez pas encore de compte, "
        "vous pourrez en créer un, avec cette adresse e-mail.",
        signed_link(f"/invitation/{invitation.cle}"),
        f"Ce lien sert une fois, jusqu’au {date_long(invitation.expire_le)}, et pour votre adresse "
        "seulement. Si vous n’attendiez rien, ne faites rien\u00a0: aucun accès ne sera ouvert.",
    ]
    courriels.send(
        invitation.courriel,
        f"{invitation.auteur} vous invite à rejoindre {organisation.nom}",
        "\n\n".join(part for part in parts if part),
    )
