"""Change a password: by its owner, or by a link when it is forgotten."""

from sqlalchemy import select, update

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.comptes import textes
from monespace.comptes.actions.inscription import of
from monespace.comptes.actions.liens import issue, use, withdraw
from monespace.comptes.actions.sessions import close_sessions
from monespace.comptes.models import But, Utilisateur
from monespace.courriels import actions as courriels
from monespace.db import session


def send_reset(courriel: str) -> None:
    """Write to that address how to choose a new password, if it has an account."""
    utilisateur = session().scalar(
        select(Utilisateur).where(Utilisateur.courriel == courriel).with_for_update()
    )
    if utilisateur is None:
        return
    lien = issue(utilisateur, But.MOT_DE_PASSE, utilisateur.courriel)
    courriels.send(utilisateur.courriel, *textes.reset(lien.cle))
    journal.record(of(utilisateur), "demander un mot de passe", utilisateur)


def reset_password(cle: str, mot_de_passe: str) -> Utilisateur:
    """The password of whose link it is, every session of theirs closed. Raise Perime.

    `mot_de_passe` is the hash. Their second factor stays what it was. The link came by mail: the
    address is proved too.
    """
    _, utilisateur = use(cle, But.MOT_DE_PASSE)
    utilisateur.confirme_le = utilisateur.confirme_le or horloge.now()
    _replace(of(utilisateur), utilisateur, mot_de_passe, kept="")
    return utilisateur


def change_password(acteur: Acteur, mot_de_passe: str, token: str) -> None:
    """A new password for whoever signed in with that token, which alone stays signed in.

    `mot_de_passe` is the hash.
    """
    utilisateur = session().get_one(Utilisateur, acteur.utilisateur_id, with_for_update=True)
    _replace(acteur, utilisateur, mot_de_passe, kept=token)


def rehash(utilisateur_id: int, former: str, mot_de_passe: str) -> None:
    """The same password under a hash of today, unless `former` was replaced meanwhile.

    Nothing happens for the person: no session ends, and no journal tells it.
    """
    session().execute(
        update(Utilisateur)
        .where(Utilisateur.id == utilisateur_id, Utilisateur.mot_de_passe == former)
        .values(mot_de_passe=mot_de_passe)
    )


def _replace(acteur: Acteur, utilisateur: Utilisateur, mot_de_passe: str, kept: str) -> None:
    utilisateur.mot_de_passe = mot_de_passe
    close_sessions(utilisateur.id, but=kept)
    withdraw(utilisateur, But.MOT_DE_PASSE, But.CONFIRMER, But.ADRESSE)
    told = textes.password_changed(utilisateur.prenom, horloge.now())
    courriels.send(utilisateur.courriel, *told)
    journal.record(acteur, "changer son mot de passe", utilisateur)
