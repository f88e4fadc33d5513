"""Who is told when somebody's place in a company changes: they, and those who administer it."""

from monespace.acteur import Acteur
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import Organisation, Rattachement


def person_of(rattachement: Rattachement) -> Utilisateur:
    return session().get_one(Utilisateur, rattachement.utilisateur_id)


def organisation_of(rattachement: Rattachement) -> Organisation:
    return session().get_one(Organisation, rattachement.organisation_id)


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
