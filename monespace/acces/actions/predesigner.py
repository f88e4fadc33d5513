"""What the OPCO agrees with a company before it opens: who will administer, who will do what.

It is in force when the person first signs in, and the company may cancel it until then.
"""

from sqlalchemy import select

from monespace import horloge, journal, policy
from monespace.acces.actions.annonces import tell_administrateurs
from monespace.acces.actions.invitations import Promesse, check_new, made_with, promise, promise_of
from monespace.acces.actions.octroyer import write_rights
from monespace.acces.actions.ouverture import close_request, open_access, was_refused
from monespace.acces.actions.verrou import found_or_made, hold_organisation, hold_rattachement
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acteur import Acteur, Origine, Role
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from monespace.policy import Can
from monespace.refus import Refuse

NOTHING_AGREED = (
    "Choisissez au moins un droit, ou désignez cette personne administrateur\u00a0: sinon elle ne "
    "verrait rien à sa première connexion."
)


def pre_appoint(
    acteur: Acteur, organisation: Organisation, promesse: Promesse, jeton: str
) -> Invitation:
    """Agree what an address will be able to do, once per `jeton`.

    Raise Interdit once somebody administers the company, DejaMembre, DejaInvite, Refuse.
    """
    hold_organisation(organisation.id)
    policy.load(acteur, Organisation, organisation.cle, Can.PRE_APPOINT)
    known = made_with(acteur, organisation.id, promesse.courriel, jeton)
    if known is not None:
        return known
    if not (promesse.administrateur or promesse.droits):
        raise Refuse(NOTHING_AGREED)
    check_new(organisation.id, promesse.courriel)
    return promise(acteur, "prédésigner", organisation.id, promesse, jeton, Origine.PREDESIGNATION)


def cancel_pre_appointment(acteur: Acteur, agreed: Invitation) -> None:
    """It will not come in force. Raise Interdit when it has already."""
    hold_organisation(agreed.organisation_id)
    policy.load(acteur, Invitation, agreed.cle, Can.WITHDRAW, lock=True)
    agreed.etat = EtatInvitation.ANNULEE
    journal.record(acteur, "annuler", agreed)


def welcome(person: Utilisateur) -> None:
    """Put in force everything that was agreed for the proved address of this person."""
    if person.confirme_le is None or person.role is not Role.MEMBRE:
        return
    for cle in session().scalars(
        select(Invitation.cle).where(
            Invitation.courriel == person.courriel,
            Invitation.origine == Origine.PREDESIGNATION,
            Invitation.etat == EtatInvitation.EN_ATTENTE,
        )
    ):
        _open(person, cle)


def _open(person: Utilisateur, cle: str) -> None:
    agreed = session().scalars(select(Invitation).where(Invitation.cle == cle)).one()
    former = hold_rattachement(person.id, agreed.organisation_id)
    hold_organisation(agreed.organisation_id)
    session().refresh(agreed, with_for_update=True)
    if agreed.etat is not EtatInvitation.EN_ATTENTE:
        return
    acteur = Acteur(
        person.id, person.nom_complet, person.role, organisation_id=agreed.organisation_id
    )
    # Whom the company has let in, refused, removed or suspended meanwhile is its own decision.
    if former and (former.etat is not EtatRattachement.DEMANDE or was_refused(former)):
        agreed.etat = EtatInvitation.ANNULEE
        journal.record(acteur, "écarter", agreed)
        return
    agreed.etat, agreed.utilisateur_id = EtatInvitation.ACCEPTEE, person.id
    agreed.acceptee_le = horloge.now()
    rattachement = found_or_made(person.id, agreed.organisation_id)
    _put_in_force(acteur, rattachement, agreed)
    _announce(person, rattachement, agreed)


def _put_in_force(acteur: Acteur, rattachement: Rattachement, agreed: Invitation) -> None:
    promesse = promise_of(agreed)
    open_access(rattachement, Origine.PREDESIGNATION, agreed.auteur)
    rattachement.administrateur = promesse.administrateur
    session().flush()
    write_rights(_author(agreed), rattachement, promesse.droits, Origine.PREDESIGNATION)
    close_request(acteur, rattachement, "clore à l’ouverture")
    journal.record(acteur, "activer", agreed)


def _author(agreed: Invitation) -> Acteur:
    return Acteur(
        agreed.auteur_id, agreed.auteur, Role.CONSEILLER, organisation_id=agreed.organisation_id
    )


def _announce(person: Utilisateur, rattachement: Rattachement, agreed: Invitation) -> None:
    nom = agreed.organisation.nom
    role = "Vous administrez" if agreed.administrateur else "Vous avez accès à"
    notify(
        [person],
        f"{role} {nom}",
        f"C’est ce que {agreed.auteur}, de l’OPCO, a convenu avec votre entreprise.",
        "/mes-droits",
        organisation_id=agreed.organisation_id,
        urgent=True,
    )
    # The company may have opened meanwhile.
    administers = "administre maintenant" if agreed.administrateur else "a maintenant accès à"
    tell_administrateurs(_author(agreed), rattachement, f"{person.nom_complet} {administers} {nom}")
