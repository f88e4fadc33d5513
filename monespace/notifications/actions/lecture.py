"""What was read is not told again, in the portal or by mail."""

from sqlalchemy import update

from monespace import horloge, policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.notifications.models import Notification
from monespace.policy import Can


def mark_read(notification: Notification) -> None:
    """The person has opened it; it leaves the mail that sums up their day."""
    if notification.lue_le is None:
        notification.lue_le = horloge.now()
    notification.a_resumer = False


def mark_all_read(acteur: Acteur, up_to: int) -> int:
    """The same for all that the page showed, up to the number `up_to`. Return how many."""
    read = session().scalars(
        update(Notification)
        .where(
            policy.allows(acteur, Notification, Can.VIEW),
            Notification.lue_le.is_(None),
            Notification.id <= up_to,
        )
        .values(lue_le=horloge.now(), a_resumer=False)
        .returning(Notification.id)
        .execution_options(synchronize_session=False)
    )
    return len(read.all())
