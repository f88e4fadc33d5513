"""Make an account, and put it in service once its address is proved."""

from sqlalchemy import ColumnElement, and_, delete, exists, select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.comptes import textes
from monespace.comptes.actions.liens import KEPT_FOR, issue, use
from monespace.comptes.actions.sessions import close_sessions
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.courriels import actions as courriels
from monespace.db import session
from monespace.journal import Evenement
from monespace.organisations.models import Rattachement

MADE = "créer son compte"
NOT_PROVED = "Adresse non confirmée"


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
    journal.record(of(utilisateur), MADE, utilisateur)
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


def forget_unproved() -> bool:
    """Delete one account whose address nobody proved, a month after its last link. Was there one?

    One at a time: the database looks everywhere for what would name it.
    """
    found = session().scalar(select(Utilisateur.id).where(_unproved()).limit(1))
    # Whoever asks for another link at this very moment has it locked, and keeps it.
    forgotten = found and session().scalar(
        select(Utilisateur.id)
        .where(Utilisateur.id == found, _unproved())
        .with_for_update(skip_locked=True)
    )
    if not forgotten:
        return False
    session().execute(delete(Utilisateur).where(Utilisateur.id == forgotten))
    return True


def _unproved() -> ColumnElement[bool]:
    """Made by its sign-up, and nothing since: nobody signed in with it, nothing waits for it."""
    journal_of = and_(
        Evenement.objet == Utilisateur.__tablename__, Evenement.objet_id == Utilisateur.id
    )
    return and_(
        Utilisateur.confirme_le.is_(None),
        Utilisateur.connecte_le.is_(None),
        Utilisateur.role == Role.MEMBRE,
        Utilisateur.cree_le < horloge.now() - KEPT_FOR,
        ~exists().where(Lien.utilisateur_id == Utilisateur.id),
        ~exists().where(Rattachement.utilisateur_id == Utilisateur.id),
        exists().where(journal_of, Evenement.acte == MADE),
    )


def of(utilisateur: Utilisateur) -> Acteur:
    """The person, in no company: what they do to their own account.

    Before the address is proved nobody knows who it is: the journal, that forgets nothing, keeps
    no name that anybody may have typed.
    """
    if utilisateur.confirme_le is None:
        return Acteur(None, NOT_PROVED, Role.MEMBRE)
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
