"""Make an account, and put it in service once its address is proved."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.comptes import textes
from monespace.comptes.actions.liens import issue, use
from monespace.comptes.actions.sessions import close_sessions
from monespace.comptes.models import But, Utilisateur
from monespace.courriels import actions as courriels
from monespace.db import session


def sign_up(prenom: str, nom: str, courriel: str, mot_de_passe: str) -> None:
    """Make the account of that address and write to it; `mot_de_passe` is the hash.

    Whether it was there already is told to its owner alone, by mail. An account whose address was
    never proved is made again, with the password of whoever asks last.
    """
    utilisateur = _locked(courriel)
    if utilisateur is None:
        utilisateur = _made(prenom, nom, courriel, mot_de_passe)
    if utilisateur.confirme_le is not None:
        courriels.send(utilisateur.courriel, *textes.already_there())
        return
    utilisateur.prenom, utilisateur.nom = prenom, nom
    utilisateur.mot_de_passe = mot_de_passe
    close_sessions(utilisateur.id)
    journal.record(of(utilisateur), "créer son compte", utilisateur)
    _write_to(utilisateur)


def send_again(courriel: str) -> None:
    """Write once more to that address, if it has an account."""
    utilisateur = _locked(courriel)
    if utilisateur is None:
        return
    if utilisateur.confirme_le is not None:
        courriels.send(utilisateur.courriel, *textes.already_there())
        return
    journal.record(of(utilisateur), "redemander un lien", utilisateur)
    _write_to(utilisateur)


def confirm(cle: str) -> Utilisateur:
    """The address is proved: the account is in service. Raise Perime."""
    _, utilisateur = use(cle, But.CONFIRMER)
    utilisateur.confirme_le = utilisateur.confirme_le or horloge.now()
    journal.record(of(utilisateur), "confirmer son adresse", utilisateur)
    return utilisateur


def of(utilisateur: Utilisateur) -> Acteur:
    """The person, in no company: what they do to their own account."""
    return Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)


def _write_to(utilisateur: Utilisateur) -> None:
    lien = issue(utilisateur, But.CONFIRMER, utilisateur.courriel)
    courriels.send(utilisateur.courriel, *textes.confirm(lien.cle))


def _made(prenom: str, nom: str, courriel: str, mot_de_passe: str) -> Utilisateur:
    utilisateur = Utilisateur(
        courriel=courriel,
        prenom=prenom,
        nom=nom,
        mot_de_passe=mot_de_passe,
        role=Role.MEMBRE,
        cree_le=horloge.now(),
    )
    try:
        with session().begin_nested():
            session().add(utilisateur)
    except IntegrityError:
        # Two at the same time: the second finds the account of the first.
        already = _locked(courriel)
        assert already is not None
        return already
    return utilisateur


def _locked(courriel: str) -> Utilisateur | None:
    return session().scalar(
        select(Utilisateur)
        .where(Utilisateur.courriel == courriel)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
