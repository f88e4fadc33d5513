"""What the past of the demo leaves behind: mails sent then, things read since, last visits."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from monespace.comptes.models import Utilisateur
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.demo.comptes import CAMILLE, INES, JULIE, KARIM, SOPHIE
from monespace.demo.figurants import BERNARD, HELENE, NORA, YANIS
from monespace.notifications.models import Notification

READ_AFTER = timedelta(days=7)
# Days since the last visit; the others never came, or long ago.
SEEN = {
    CAMILLE: 1,
    SOPHIE: 1,
    KARIM: 3,
    NORA: 6,
    YANIS: 12,
    BERNARD: 94,
    HELENE: 20,
    INES: 2,
    JULIE: 1,
}


def settle(now: datetime) -> None:
    """Leave things as they would be now."""
    session().flush()
    session().execute(update(Courriel).values(envoye_le=Courriel.cree_le))
    session().execute(
        update(Notification)
        .where(Notification.cree_le < now - READ_AFTER)
        .values(lue_le=Notification.cree_le)
    )
    seen = {compte.courriel: days for compte, days in SEEN.items()}
    for person in session().scalars(select(Utilisateur).where(Utilisateur.courriel.in_(seen))):
        person.connecte_le = now - timedelta(days=seen[person.courriel], hours=2)
