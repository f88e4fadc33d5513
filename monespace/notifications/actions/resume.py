"""One mail a day, for those who chose it, with all that they were told and did not read."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select, update

from monespace import horloge
from monespace.comptes.models import Courriels, Utilisateur
from monespace.courriels import actions as courriels
from monespace.courriels.rendu import inert, link
from monespace.db import session
from monespace.notifications.models import Notification
from monespace.typographie import plural

AT = time(7)
# A transaction ends within a minute: nothing of before is still to come.
MARGIN = timedelta(minutes=1)
AT_ONCE = 100
MOST_TOLD = 50


def send_digests() -> int:
    """Sum up, for a hundred people at most, what they were told before seven in the morning.

    Each notification leaves by the statement that clears its mark: whoever else tries at the same
    time finds nothing to sum up. Return how many people it was about.
    """
    before = _latest_seven(horloge.now()) - MARGIN
    people = session().scalars(
        select(Notification.utilisateur_id)
        .where(Notification.a_resumer, Notification.cree_le < before)
        .distinct()
        .order_by(Notification.utilisateur_id)
        .limit(AT_ONCE)
    )
    ids = people.all()
    for utilisateur_id in ids:
        _sum_up(utilisateur_id, before)
    return len(ids)


def _latest_seven(instant: datetime) -> datetime:
    """The last time it was seven in Paris, at that instant or before."""
    here = horloge.paris(instant)
    day = here.date() if here.time() >= AT else here.date() - timedelta(days=1)
    return datetime.combine(day, AT, horloge.PARIS)


def _sum_up(utilisateur_id: int, before: datetime) -> None:
    taken = session().scalars(
        update(Notification)
        .where(
            Notification.utilisateur_id == utilisateur_id,
            Notification.a_resumer,
            Notification.cree_le < before,
        )
        .values(a_resumer=False)
        .returning(Notification)
    )
    told = sorted(taken.all(), key=lambda one: one.id)
    person = session().get_one(Utilisateur, utilisateur_id)
    # Those who have since asked for no mail get none.
    if told and person.courriels is not Courriels.AUCUN:
        sujet = f"Votre résumé du jour\u00a0: {plural(len(told), 'notification', 'notifications')}"
        courriels.send(person.courriel, sujet, _text(person, told))


def _text(person: Utilisateur, told: Sequence[Notification]) -> str:
    parts = [
        f"Bonjour {inert(person.prenom)},",
        "Voici ce que Mon Espace vous a signalé et que vous n’avez pas encore lu\u00a0:",
    ]
    for one in told[:MOST_TOLD]:
        lines = [f"• {inert(one.titre)}", inert(one.texte), link(one.lien) if one.lien else ""]
        parts.append("\n".join(line for line in lines if line))
    if len(told) > MOST_TOLD:
        parts.append(f"… et {len(told) - MOST_TOLD} de plus.")
    parts.append(f"Toutes vos notifications\u00a0: {link('/notifications')}")
    parts.append(f"Recevoir ces messages autrement\u00a0: {link('/compte/courriels')}")
    return "\n\n".join(parts)
