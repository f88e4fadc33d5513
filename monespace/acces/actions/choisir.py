"""Work for another of one's organisations."""

from sqlalchemy import update

from monespace import journal
from monespace.acteur import Acteur
from monespace.comptes.actions import fingerprint
from monespace.comptes.models import SessionOuverte
from monespace.db import session
from monespace.organisations.models import Rattachement


def work_for(acteur: Acteur, token: str, rattachement: Rattachement) -> None:
    """From now on this session is on that organisation, in every tab."""
    session().execute(
        update(SessionOuverte)
        .where(SessionOuverte.empreinte == fingerprint(token))
        .values(organisation_id=rattachement.organisation_id)
    )
    journal.record(acteur, "changer d’entreprise", rattachement)
