"""The accounts of the demo, and what each may do."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select

from monespace import horloge
from monespace.acteur import Objet, Verbe
from monespace.coffre import Coffre
from monespace.comptes import totp
from monespace.comptes.actions import equip
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.comptes.queries import must_have_two_factors
from monespace.db import session
from monespace.demo.entreprises import CLAIRE_PROPRETE, CROIX_ROUSSE, DELORME
from monespace.dossiers.dispositifs.pdc import DISPOSITIF as PDC
from monespace.organisations.models import (
    TOUS,
    EtatRattachement,
    Habilitation,
    Organisation,
    Rattachement,
)


@dataclass(frozen=True, slots=True)
class Octroi:
    """Verbs granted on an object, for one SIRET or all, and one dispositif or all."""

    verbes: frozenset[Verbe]
    siret: str = TOUS
    dispositif: str = TOUS
    objet: Objet = Objet.DOSSIERS


@dataclass(frozen=True, slots=True)
class Compte:
    """Someone who can sign in. `description` tells in one line what they may do."""

    courriel: str
    mot_de_passe: str
    prenom: str
    nom: str
    description: str
    siren: str
    telephone: str
    administrateur: bool = False
    octrois: tuple[Octroi, ...] = ()


CAMILLE = Compte(
    "camille.martin@delorme.example",
    "Demo-Delorme-2026",
    "Camille",
    "Martin",
    "administre Maison Delorme\u00a0: tous les droits sur ses huit établissements",
    DELORME.siren,
    "04 65 71 20 10",
    administrateur=True,
)
SOPHIE = Compte(
    "sophie.lefevre@delorme.example",
    "Demo-Delorme-2026",
    "Sophie",
    "Lefèvre",
    "saisit et transmet les actions de formation (PDC) de tous les établissements, et tient "
    "l’annuaire des salariés",
    DELORME.siren,
    "04 65 71 20 14",
    octrois=(
        Octroi(
            frozenset({Verbe.CONSULTER, Verbe.SAISIR, Verbe.TRANSMETTRE}),
            dispositif=PDC.code,
        ),
        Octroi(frozenset({Verbe.CONSULTER, Verbe.SAISIR}), objet=Objet.SALARIES),
    ),
)
KARIM = Compte(
    "karim.benali@delorme.example",
    "Demo-Delorme-2026",
    "Karim",
    "Benali",
    "saisit les dossiers et les salariés d’un seul établissement, Delorme Croix-Rousse, sans "
    "transmettre",
    DELORME.siren,
    "04 65 71 20 31",
    octrois=(
        Octroi(frozenset({Verbe.CONSULTER, Verbe.SAISIR}), siret=CROIX_ROUSSE),
        Octroi(
            frozenset({Verbe.CONSULTER, Verbe.SAISIR}), siret=CROIX_ROUSSE, objet=Objet.SALARIES
        ),
    ),
)
PAUL = Compte(
    "paul.garnier@delorme.example",
    "Demo-Delorme-2026",
    "Paul",
    "Garnier",
    "consulte tous les dossiers de Maison Delorme, sans rien modifier ni voir l’annuaire",
    DELORME.siren,
    "04 65 71 20 18",
    octrois=(Octroi(frozenset({Verbe.CONSULTER})),),
)
LEA = Compte(
    "lea.dubois@delorme.example",
    "Demo-Delorme-2026",
    "Léa",
    "Dubois",
    "est rattachée à Maison Delorme, mais n’a encore aucun droit",
    DELORME.siren,
    "04 65 71 20 22",
)
INES = Compte(
    "ines.moreau@claire-proprete.example",
    "Demo-Proprete-2026",
    "Inès",
    "Moreau",
    "administre Claire Propreté Services et ne voit rien de Maison Delorme",
    CLAIRE_PROPRETE.siren,
    "02 61 91 44 05",
    administrateur=True,
)

COMPTES = (CAMILLE, SOPHIE, KARIM, PAUL, LEA, INES)


def hashes() -> dict[str, str]:
    """The hash to keep of each password, by e-mail address: slow, so outside any transaction."""
    return {compte.courriel: hash_password(compte.mot_de_passe) for compte in COMPTES}


def create(
    compte: Compte, mot_de_passe: str, organisation: Organisation, coffre: Coffre
) -> Utilisateur:
    """Add the person, attached to the organisation. `mot_de_passe` is the hash.

    Who must have a second factor has one, whose code the demo shows on the page that asks for it.
    """
    utilisateur = Utilisateur(
        courriel=compte.courriel,
        mot_de_passe=mot_de_passe,
        prenom=compte.prenom,
        nom=compte.nom,
        telephone=compte.telephone,
        cree_le=horloge.now(),
        confirme_le=horloge.now(),
    )
    session().add(utilisateur)
    session().flush()
    session().add(
        Rattachement(
            utilisateur_id=utilisateur.id,
            organisation=organisation,
            etat=EtatRattachement.ACTIF,
            administrateur=compte.administrateur,
            cree_le=horloge.now(),
            habilitations=[_habilitation(octroi) for octroi in compte.octrois],
        )
    )
    session().flush()
    if must_have_two_factors(utilisateur):
        equip(utilisateur, totp.secret_from(secrets.token_bytes(20)), coffre)
    return utilisateur


def organisation_of(utilisateur: Utilisateur) -> int:
    """The id of the one organisation the person is attached to."""
    return (
        session()
        .scalars(
            select(Rattachement.organisation_id).where(
                Rattachement.utilisateur_id == utilisateur.id
            )
        )
        .one()
    )


def _habilitation(octroi: Octroi) -> Habilitation:
    granted = {verbe.value: verbe in octroi.verbes for verbe in Verbe}
    return Habilitation(
        objet=octroi.objet, siret=octroi.siret, dispositif=octroi.dispositif, **granted
    )
