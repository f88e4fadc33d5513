"""The invitations of an organisation, and how each stands."""

from collections.abc import Sequence

from monespace import pages, policy
from monespace.acces.actions.invitations import is_expired
from monespace.acces.difference import summary
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acteur import Acteur, Origine
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.pages import Page, Sort
from monespace.typographie import date_long

SORT = Sort("Date", Invitation.id, True)
MOST_AGREED = 100


def invitations(acteur: Acteur, after: str = "", before: str = "") -> Page[Invitation]:
    """Those the acteur may see, the latest first."""
    here = Invitation.organisation_id == acteur.organisation_id
    return pages.page_of(policy.visible(acteur, Invitation).where(here), SORT, after, before)


def agreed(acteur: Acteur, organisation_id: int) -> Sequence[Invitation]:
    """What the OPCO agreed for that organisation before it opened, the latest first."""
    return (
        session()
        .scalars(
            policy.visible(acteur, Invitation)
            .where(Invitation.organisation_id == organisation_id)
            .order_by(Invitation.id.desc())
            .limit(MOST_AGREED)
        )
        .all()
    )


def state(invitation: Invitation) -> tuple[str, str, str]:
    """Label, tone and shape of its tag."""
    if invitation.etat is EtatInvitation.ACCEPTEE:
        return f"Acceptée le {date_long(invitation.acceptee_le)}", "ok", "dot"
    if invitation.etat is EtatInvitation.ANNULEE:
        return "Annulée", "neutral", "bar"
    if is_expired(invitation):
        return f"Expirée le {date_long(invitation.expire_le)}", "warn", "diamond"
    if invitation.origine is Origine.PREDESIGNATION:
        return "À la première connexion", "info", "ring"
    return f"En attente jusqu’au {date_long(invitation.expire_le)}", "info", "ring"


def promised(invitation: Invitation) -> tuple[str, ...]:
    """What it gives, as sentences."""
    if invitation.administrateur:
        return ("Administrer l’entreprise",)
    return summary(ecrits.from_json(invitation.droits))
