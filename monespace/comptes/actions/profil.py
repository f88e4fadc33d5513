"""What people change of their own account."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.comptes import textes
from monespace.comptes.actions.inscription import of
from monespace.comptes.actions.liens import issue, use, withdraw
from monespace.comptes.liens import Perime
from monespace.comptes.models import But, Courriels, Utilisateur
from monespace.courriels import actions as courriels
from monespace.db import session


def change_identity(acteur: Acteur, prenom: str, nom: str, telephone: str) -> bool:
    """Their name and telephone. Return whether something changed."""
    utilisateur = _own(acteur)
    before = {name: getattr(utilisateur, name) for name in ("prenom", "nom", "telephone")}
    after = {"prenom": prenom, "nom": nom, "telephone": telephone}
    changed = [name for name in before if before[name] != after[name]]
    for name in changed:
        setattr(utilisateur, name, after[name])
    if changed:
        journal.record(acteur, "modifier son compte", utilisateur, champs=[*changed])
    return bool(changed)


def choose_mails(acteur: Acteur, courriels_voulus: Courriels) -> None:
    """When they want the mails that are not about safety."""
    utilisateur = _own(acteur)
    utilisateur.courriels = courriels_voulus
    journal.record(acteur, "choisir ses courriels", utilisateur, choix=courriels_voulus.value)


def ask_new_address(acteur: Acteur, courriel: str) -> None:
    """Write to that address; nothing changes before its link is opened. The present one is told.

    Nobody learns here whether another account has that address: its owner is told by mail.
    """
    utilisateur = _own(acteur)
    taken = session().scalar(select(Utilisateur.id).where(Utilisateur.courriel == courriel))
    lien = issue(utilisateur, But.ADRESSE, courriel)
    if taken is None:
        courriels.send(courriel, *textes.new_address(lien.cle))
    else:
        courriels.send(courriel, *textes.address_taken())
    told = textes.address_asked(utilisateur.prenom, horloge.now())
    courriels.send(utilisateur.courriel, *told)
    journal.record(acteur, "demander une autre adresse", utilisateur)


def take_new_address(cle: str) -> Utilisateur:
    """The new address is proved: it replaces the former, which is told. Raise Perime."""
    lien, utilisateur = use(cle, But.ADRESSE)
    former = utilisateur.courriel
    try:
        with session().begin_nested():
            utilisateur.courriel = lien.courriel
            session().flush()
    except IntegrityError:
        # Somebody made an account with it meanwhile.
        raise Perime() from None
    utilisateur.confirme_le = horloge.now()
    withdraw(utilisateur, But.MOT_DE_PASSE, But.CONFIRMER)
    courriels.send(former, *textes.address_changed(utilisateur.prenom, horloge.now()))
    journal.record(of(utilisateur), "changer d’adresse", utilisateur)
    return utilisateur


def _own(acteur: Acteur) -> Utilisateur:
    return session().get_one(Utilisateur, acteur.utilisateur_id, with_for_update=True)
