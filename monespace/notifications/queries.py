"""What a person was told."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from monespace import pages, policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.notifications.models import Notification
from monespace.organisations.models import Organisation
from monespace.pages import Page, Sort
from monespace.policy import Can

LATEST_FIRST = Sort("Reçue", Notification.cree_le, True)
MOST_COUNTED = 100


def unread(acteur: Acteur) -> int:
    """How many notifications this person has not read, a hundred at most."""
    return session().scalar(counting_unread(acteur)) or 0


def counting_unread(acteur: Acteur) -> Select[int]:
    """SELECT that number."""
    mine = policy.allows(acteur, Notification, Can.VIEW)
    few = select(Notification.id).where(mine, Notification.lue_le.is_(None)).limit(MOST_COUNTED)
    return select(func.count()).select_from(few.subquery())


def page_of(acteur: Acteur, after: str = "", before: str = "") -> Page[Notification]:
    """One page of them, the latest first, with the organisation that each is about."""
    organisation = joinedload(Notification.organisation).joinedload(Organisation.entreprise)
    found = policy.visible(acteur, Notification)
    return pages.page_of(found, LATEST_FIRST, after, before, organisation)


def latest(acteur: Acteur) -> int:
    """The number of the last thing they were told, 0 for nothing."""
    mine = policy.allows(acteur, Notification, Can.VIEW)
    return session().scalar(select(func.max(Notification.id)).where(mine)) or 0
