"""Who administers a company: it never has none."""

from monespace import journal
from monespace.acces.actions.annonces import tell_administrateurs, tell_person
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.ouverture import come_from
from monespace.acces.actions.verrou import held, keep_one
from monespace.acces.personnes import person_of
from monespace.acteur import Acteur, Origine
from monespace.organisations.models import Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can


def appoint(acteur: Acteur, rattachement: Rattachement) -> None:
    """Make that person an administrateur. Done twice, it is done once.

    The rights given one by one stay written: they count again if the role is taken away.
    """
    now = held(acteur, rattachement, Can.APPOINT)
    if rattachement.administrateur:
        return
    rattachement.administrateur = True
    come_from(rattachement, Origine.ADMINISTRATEUR, now.nom)
    journal.record(now, "nommer administrateur", rattachement)
    nom = rattachement.organisation.nom
    tell_person(
        rattachement,
        f"Vous êtes administrateur de {nom}",
        f"{now.nom} vous a nommé. Vous décidez désormais qui peut voir et faire quoi pour cette "
        "entreprise.",
        "/acces/personnes",
    )
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"{whom} devient administrateur de {nom}")


def dismiss(acteur: Acteur, rattachement: Rattachement, wanted: Octrois) -> None:
    """Take the role away; `wanted` is all that the person may do from now on.

    Raise Refuse for the last administrateur.
    """
    now = held(acteur, rattachement, Can.APPOINT)
    if not rattachement.administrateur:
        return
    keep_one(rattachement)
    rattachement.administrateur = False
    journal.record(now, "retirer le rôle d’administrateur", rattachement)
    replace_rights(now, rattachement, wanted, Origine.ADMINISTRATEUR)
    nom = rattachement.organisation.nom
    tell_person(
        rattachement,
        f"Vous n’êtes plus administrateur de {nom}",
        f"{now.nom} vous a retiré ce rôle. Pour en parler, adressez-vous à cette personne.",
    )
    whom = person_of(rattachement).nom_complet
    tell_administrateurs(now, rattachement, f"{whom} n’est plus administrateur de {nom}")
