"""Write a mail; the worker sends it once the transaction is committed."""

from datetime import timedelta

from sqlalchemy import delete, update

from monespace import horloge, queue
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.queue import Job

KEPT_FOR = timedelta(days=30)
# Longer than a mail server may take over one mail.
CLAIMED_FOR = timedelta(minutes=3)
FIRST_PATIENCE = timedelta(minutes=1)
LONGEST_PATIENCE = timedelta(hours=4)
GIVEN_UP_AFTER = timedelta(days=2)


def send(destinataire: str, sujet: str, texte: str) -> Courriel:
    """Have this text sent to that address; its links are written by `rendu.link`."""
    instant = horloge.now()
    courriel = Courriel(
        destinataire=destinataire,
        # One line, whatever name stands in it.
        sujet=" ".join(sujet.split())[:200],
        texte=texte,
        cree_le=instant,
        pas_avant=instant,
    )
    session().add(courriel)
    session().flush()
    queue.ask(Job.ENVOYER, courriel.id)
    return courriel


def claim(courriel_id: int) -> Courriel | None:
    """The mail, for this run alone for three minutes; None when there is nothing to send now."""
    instant = horloge.now()
    return session().scalar(
        update(Courriel)
        .where(
            Courriel.id == courriel_id,
            Courriel.envoye_le.is_(None),
            Courriel.abandonne_le.is_(None),
            Courriel.pas_avant <= instant,
        )
        .values(essais=Courriel.essais + 1, pas_avant=instant + CLAIMED_FOR)
        .returning(Courriel)
        .execution_options(populate_existing=True)
    )


def mark_sent(courriel_id: int) -> None:
    """The mail server took it, whichever run gave it."""
    session().execute(
        update(Courriel)
        .where(Courriel.id == courriel_id, Courriel.envoye_le.is_(None))
        .values(envoye_le=horloge.now(), abandonne_le=None)
    )


def put_off(claimed: Courriel) -> bool:
    """The mail server did not take it: try again later, less and less often, for two days.

    True once it is given up.
    """
    instant = horloge.now()
    over = instant - claimed.cree_le >= GIVEN_UP_AFTER
    later = instant + min(FIRST_PATIENCE * 2 ** min(claimed.essais - 1, 10), LONGEST_PATIENCE)
    session().execute(
        update(Courriel)
        .where(
            Courriel.id == claimed.id,
            # Another run has it when this one took too long.
            Courriel.essais == claimed.essais,
            Courriel.envoye_le.is_(None),
        )
        .values(abandonne_le=instant if over else None, pas_avant=later)
    )
    if not over:
        queue.put_off(Job.ENVOYER, claimed.id, later)
    return over


def forget_old() -> None:
    """Delete the mails of more than a month."""
    session().execute(delete(Courriel).where(Courriel.cree_le < horloge.now() - KEPT_FOR))
