"""The second factor: an application that shows codes, and ten codes for the day it is lost."""

from sqlalchemy import delete, update

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.coffre import Coffre
from monespace.comptes import totp
from monespace.comptes.models import CodeSecours, Utilisateur
from monespace.db import KEY_ALPHABET, new_key, session

TABLE = "utilisateurs"
HOW_MANY_CODES = 10


def enrol(acteur: Acteur, utilisateur: Utilisateur, secret: str, pas: int, coffre: Coffre) -> None:
    """From now on this secret makes the codes; the one of time-step `pas` was just given."""
    again = utilisateur.totp_le is not None
    equip(utilisateur, secret, coffre)
    utilisateur.totp_pas = pas
    journal.record(acteur, "changer le second facteur" if again else "second facteur", utilisateur)


def equip(utilisateur: Utilisateur, secret: str, coffre: Coffre) -> None:
    """Seal that secret for this account: elsewhere it opens nothing."""
    utilisateur.totp_scelle = coffre.seal(secret, TABLE, utilisateur.cle)
    utilisateur.totp_le = horloge.now()
    utilisateur.totp_pas = 0


def secret_of(utilisateur: Utilisateur, coffre: Coffre) -> str:
    """The secret that makes the person's codes. Raise coffre.Altere."""
    return coffre.open(utilisateur.totp_scelle, TABLE, utilisateur.cle)


def accept_code(utilisateur: Utilisateur, typed: str, coffre: Coffre) -> bool:
    """Is it a code of the moment that was not used yet? It is from now on.

    Of two requests with the same code, one moves the last step forward, the other finds it moved.
    """
    secret = secret_of(utilisateur, coffre)
    step = totp.accepted_step(secret, typed, horloge.now(), utilisateur.totp_pas)
    if step is None:
        return False
    moved = session().execute(
        update(Utilisateur)
        .where(Utilisateur.id == utilisateur.id, Utilisateur.totp_pas < step)
        .values(totp_pas=step)
        .returning(Utilisateur.id)
    )
    return moved.one_or_none() is not None


def accept_recovery(utilisateur: Utilisateur, typed: str, coffre: Coffre) -> bool:
    """Is it one of the person's recovery codes, not used yet? It is from now on."""
    code = totp.compact(typed).lower()
    if not code or not set(KEY_ALPHABET).issuperset(code):
        return False
    used = session().execute(
        update(CodeSecours)
        .where(
            CodeSecours.empreinte == coffre.fingerprint(code, utilisateur.cle),
            CodeSecours.utilisateur_id == utilisateur.id,
            CodeSecours.utilise_le.is_(None),
        )
        .values(utilise_le=horloge.now())
        .returning(CodeSecours.empreinte)
    )
    if used.one_or_none() is None:
        return False
    acteur = Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)
    journal.record(acteur, "code de secours", utilisateur)
    return True


def new_recovery_codes(acteur: Acteur, utilisateur: Utilisateur, coffre: Coffre) -> tuple[str, ...]:
    """Ten codes to be written down; those of before are worth nothing any more."""
    codes = tuple(new_key() for _ in range(HOW_MANY_CODES))
    _forget_codes(utilisateur)
    session().add_all(
        CodeSecours(
            empreinte=coffre.fingerprint(code, utilisateur.cle), utilisateur_id=utilisateur.id
        )
        for code in codes
    )
    journal.record(acteur, "codes de secours", utilisateur)
    return codes


def remove_second_factor(acteur: Acteur, utilisateur: Utilisateur) -> None:
    """The password alone signs in again; the caller checked that it may."""
    utilisateur.totp_scelle, utilisateur.totp_le = "", None
    _forget_codes(utilisateur)
    journal.record(acteur, "retirer le second facteur", utilisateur)


def _forget_codes(utilisateur: Utilisateur) -> None:
    session().execute(delete(CodeSecours).where(CodeSecours.utilisateur_id == utilisateur.id))
