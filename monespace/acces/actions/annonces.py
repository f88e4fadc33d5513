"""Who is told when somebody's place in a company changes: they, and those who administer it."""

from monespace.acces.personnes import person_of
from monespace.acteur import Acteur
from monespace.comptes import queries as comptes
from monespace.notifications.actions import notify
from monespace.organisations.models import Rattachement


def tell_person(rattachement: Rattachement, titre: str, texte: str, lien: str = "") -> None:
    """Tell the person at once, in the portal and by mail."""
    notify(
        [person_of(rattachement)],
        titre,
        texte,
        lien,
        organisation_id=rattachement.organisation_id,
        urgent=True,
    )


def tell_administrateurs(
    acteur: Acteur, rattachement: Rattachement, titre: str, par: str = ""
) -> None:
    """Tell at once those who administer the company, but for who acts and whom it is about.

    `par`: what did it, when it is not a person.
    """
    known = (acteur.utilisateur_id, rattachement.utilisateur_id)
    others = comptes.administrateurs(rattachement.organisation_id)
    notify(
        [one for one in others if one.id not in known],
        titre,
        f"Par {par or acteur.nom}. Si ce n’est pas ce que vous attendiez, ouvrez la fiche de cette "
        "personne\u00a0: vous pouvez la suspendre en un clic.",
        f"/acces/personnes/{rattachement.cle}",
        organisation_id=rattachement.organisation_id,
        urgent=True,
    )
