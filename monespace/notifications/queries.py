"""What a person was told."""

from sqlalchemy import func, select

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.notifications.models import Notification
from monespace.policy import Can


def unread(acteur: Acteur) -> int:
    """How many notifications this person has not read."""
    return (
        session().scalar(
            select(func.count())
            .select_from(Notification)
            .where(policy.allows(acteur, Notification, Can.VIEW), Notification.lue_le.is_(None))
        )
        or 0
    )
