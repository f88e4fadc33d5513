"""Tell people something: in the portal always, by mail as they chose."""

from collections.abc import Iterable

from monespace import horloge
from monespace.comptes.models import Courriels, Utilisateur
from monespace.courriels import actions as courriels
from monespace.courriels.rendu import inert, link
from monespace.db import session
from monespace.notifications.models import Notification


def notify(
    people: Iterable[Utilisateur],
    titre: str,
    texte: str = "",
    lien: str = "",
    *,
    organisation_id: int | None = None,
    urgent: bool = False,
    mail: bool = True,
) -> None:
    """Tell each of them once. `lien` is the path where they can act.

    Without `mail`, in the portal alone.

    `urgent`, for what touches the safety of an account or of a company, is mailed at once,
    whatever the person chose.
    """
    # Names stand in it, as long as people have them.
    titre = titre[:200]
    for person in {one.id: one for one in people}.values():
        at_once = mail and (urgent or person.courriels is Courriels.IMMEDIAT)
        session().add(
            Notification(
                utilisateur_id=person.id,
                organisation_id=organisation_id,
                titre=titre,
                texte=texte,
                lien=lien,
                cree_le=horloge.now(),
                a_resumer=mail and not at_once and person.courriels is Courriels.QUOTIDIEN,
            )
        )
        if at_once:
            courriels.send(person.courriel, titre, _mail(person, titre, texte, lien))


def _mail(person: Utilisateur, titre: str, texte: str, lien: str) -> str:
    # Names and messages stand in them.
    told = map(inert, (f"Bonjour {person.prenom},", titre, texte))
    parts = [*told, link(lien) if lien else ""]
    return "\n\n".join(part for part in parts if part)
