"""What a link sent by mail opens, and for how long."""

from datetime import timedelta

from sqlalchemy import or_, select

from monespace import horloge
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.db import session
from monespace.refus import Refus

LASTS = {
    But.CONFIRMER: timedelta(hours=24),
    But.MOT_DE_PASSE: timedelta(hours=1),
    But.ADRESSE: timedelta(hours=24),
}


class Perime(Refus):
    """It opens nothing: which of the reasons is nobody's business."""

    statut = 410

    def __init__(self) -> None:
        super().__init__(
            "Ce lien ne peut plus servir\u00a0: il a expiré, il a déjà servi, ou vous en avez reçu "
            "un plus récent."
        )


def lien_in_force(cle: str, but: But) -> tuple[Lien, Utilisateur]:
    """The link of that key and whose it is. Raise Perime when it opens nothing."""
    found = (
        session()
        .execute(
            select(Lien, Utilisateur)
            .join(Utilisateur, Utilisateur.id == Lien.utilisateur_id)
            .where(
                Lien.cle == cle,
                Lien.but == but,
                Lien.utilise_le.is_(None),
                Lien.expire_le > horloge.now(),
                # Sent to an address that is no longer theirs, it is somebody else's.
                or_(Lien.but == But.ADRESSE, Lien.courriel == Utilisateur.courriel),
            )
        )
        .one_or_none()
    )
    if found is None:
        raise Perime()
    return found[0], found[1]
