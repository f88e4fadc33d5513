"""What is under way about the accesses of the small world."""

import secrets

from sqlalchemy import select

from monespace import horloge
from monespace.acces.actions import invite, pre_appoint
from monespace.acces.actions.invitations import Promesse
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Acteur, Objet, Verbe
from monespace.activation import actions as activation
from monespace.activation.models import Courrier, Tirage
from monespace.db import session
from monespace.organisations.models import TOUS, Rattachement
from monespace.organisations.octrois import Octroi as Accorde
from tests.support.entreprise import Societe
from tests.support.monde.distribution import CONSEIL, Invite


def rattachement_of(acteur: Acteur) -> Rattachement:
    """Where they belong."""
    rows = select(Rattachement).where(Rattachement.utilisateur_id == acteur.utilisateur_id)
    return session().scalars(rows).one()


def invited(acteur: Acteur, whom: Invite) -> str:
    """Somebody was invited to read the dossiers, or to administer; they have not answered."""
    look = Accorde(Objet.DOSSIERS, TOUS, TOUS, frozenset({Verbe.CONSULTER}))
    rights = frozenset() if whom.administrateur else frozenset({look})
    promesse = Promesse(whom.courriel, rights, whom.administrateur)
    return invite(acteur, promesse, secrets.token_hex(16)).cle


def asked(acteur: Acteur) -> str:
    """Somebody asks to read the dossiers; nobody has answered."""
    rattachement = rattachement_of(acteur)
    demande = DemandeAcces(
        jeton=secrets.token_hex(16),
        organisation=rattachement.organisation,
        utilisateur_id=rattachement.utilisateur_id,
        rattachement=rattachement,
        genre=GenreDemande.HABILITATION,
        message="Pour suivre les formations.",
        droits=[["dossiers", TOUS, TOUS, ["consulter"]]],
        cree_le=horloge.now(),
    )
    session().add(demande)
    session().flush()
    return demande.cle


def posted_code(one: Societe, rang: int) -> str:
    """The letter of a company was posted; its code was never typed."""
    issued = activation.issue(CONSEIL, one.organisation.id, f"empreinte {rang}", 5)
    tirage = Tirage(cree_le=horloge.now(), remis_le=horloge.now())
    session().add_all([tirage, issued])
    session().flush()
    courrier = Courrier(
        organisation_id=one.organisation.id,
        demande_le=horloge.now(),
        destinataire=["1 RUE DU PORT", f"Kourrier{rang:02}x"],
    )
    courrier.tirage, courrier.code = tirage, issued
    session().add(courrier)
    return issued.cle


def agreed(acteur: Acteur, one: Societe) -> str:
    """Somebody will administer the company from their first sign-in."""
    promesse = Promesse("future@nouvelle.example", frozenset(), administrateur=True)
    return pre_appoint(acteur, one.organisation, promesse, secrets.token_hex(16)).cle
