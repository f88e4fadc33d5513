"""Somebody with an account on a running portal, who belongs to no company yet."""

from uuid import uuid4

from monespace import horloge
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.db import session
from monespace.demo.comptes import Compte
from tests.support.live import LivePortal


def newcomer(portal: LivePortal, prenom: str = "Nadia") -> Compte:
    """Their account, its address confirmed."""
    secret = uuid4().hex
    one = Compte(f"{secret}@nouveau.example", secret, prenom, f"Essai{secret[:5]}", "", "", "")
    hashed = hash_password(secret)
    with portal.database.transaction():
        session().add(
            Utilisateur(
                courriel=one.courriel,
                prenom=one.prenom,
                nom=one.nom,
                mot_de_passe=hashed,
                cree_le=horloge.now(),
                confirme_le=horloge.now(),
            )
        )
    return one
