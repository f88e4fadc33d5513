"""Somebody with an account of their own on a running portal: no other test changes it."""

from dataclasses import replace
from uuid import uuid4

from monespace import horloge
from monespace.coffre import Coffre
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.db import session
from monespace.demo import comptes
from monespace.demo.comptes import Compte
from monespace.demo.entreprises import of
from monespace.organisations.models import Profil
from tests.support.live import LivePortal


def newcomer(portal: LivePortal, prenom: str = "Nadia") -> Compte:
    """An account whose address is confirmed, of somebody who belongs to no company yet."""
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


def colleague(portal: LivePortal, model: Compte) -> Compte:
    """Somebody who has in the same company the rights that `model` has in the demo."""
    secret = uuid4().hex
    one = replace(
        model,
        courriel=f"{secret}@nouveau.example",
        mot_de_passe=secret,
        nom=f"{model.nom}-{secret[:5]}",
    )
    hashed = hash_password(secret)
    with portal.database.transaction():
        organisation = of(model.siren, Profil.ADHERENT)
        comptes.create(one, hashed, organisation, Coffre.of(portal.config))
    return one
