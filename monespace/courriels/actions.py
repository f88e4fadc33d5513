"""Write a mail; the worker sends it once the transaction is committed."""

from datetime import timedelta

from sqlalchemy import delete

from monespace import horloge, queue
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.queue import Job

KEPT_FOR = timedelta(days=30)


def send(destinataire: str, sujet: str, texte: str) -> Courriel:
    """Have this text sent to that address; its links are written by `rendu.link`."""
    courriel = Courriel(
        destinataire=destinataire,
        # One line, whatever name stands in it.
        sujet=" ".join(sujet.split())[:200],
        texte=texte,
        cree_le=horloge.now(),
    )
    session().add(courriel)
    session().flush()
    queue.ask(Job.ENVOYER, courriel.id)
    return courriel


def forget_old() -> None:
    """Delete the mails of more than a month."""
    session().execute(delete(Courriel).where(Courriel.cree_le < horloge.now() - KEPT_FOR))
