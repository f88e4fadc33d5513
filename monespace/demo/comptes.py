"""The accounts of the demo, and what each may do."""

import secrets
from dataclasses import dataclass

from monespace import horloge
from monespace.acteur import Objet, Origine, Role, Verbe
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
    # The company they belong to from the start, if any.
    siren: str
    telephone: str
    administrateur: bool = False
    octrois: tuple[Octroi, ...] = ()
    role: Role = Role.MEMBRE

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


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

JULIE = Compte(
    "julie.fabre@opco.example",
    "Demo-Opco-2026",
    "Julie",
    "Fabre",
    "conseillère de l’OPCO\u00a0: suit les quatre entreprises et le groupe Alizés, sans voir aucun "
    "code ni changer aucun droit",
    "",
    "01 99 00 10 21",
    role=Role.CONSEILLER,
)
ALINE = Compte(
    "aline.rousset@opco.example",
    "Demo-Opco-2026",
    "Aline",
    "Rousset",
    "assistante emploi formation (AEF)\u00a0: suit Claire Propreté Services et une partie du "
    "groupe Alizés",
    "",
    "01 99 00 10 34",
    role=Role.AEF,
)

COMPTES = (CAMILLE, SOPHIE, KARIM, PAUL, LEA, INES, JULIE, ALINE)


def hashes() -> dict[str, str]:
    """The hash to keep of each password, by e-mail address: slow, so outside any transaction."""
    return {compte.courriel: hash_password(compte.mot_de_passe) for compte in COMPTES}


def create(
    compte: Compte, mot_de_passe: str, organisation: Organisation | None, coffre: Coffre
) -> Utilisateur:
    """Add the person, attached to the organisation if any. `mot_de_passe` is the hash.

    Who must have a second factor has one, whose code the demo shows on the page that asks for it.
    """
    utilisateur = Utilisateur(
        courriel=compte.courriel,
        mot_de_passe=mot_de_passe,
        prenom=compte.prenom,
        nom=compte.nom,
        telephone=compte.telephone,
        role=compte.role,
        cree_le=horloge.now(),
        confirme_le=horloge.now(),
    )
    session().add(utilisateur)
    session().flush()
    if organisation is not None:
        session().add(attachment(compte, utilisateur, organisation))
        session().flush()
    if must_have_two_factors(utilisateur):
        equip(utilisateur, totp.secret_from(secrets.token_bytes(20)), coffre)
    return utilisateur


def attachment(
    compte: Compte, utilisateur: Utilisateur, organisation: Organisation
) -> Rattachement:
    """What the person has in that organisation: an administrateur by the code of the letter, the
    others by the hand of whoever administers."""
    by = "" if compte.administrateur else CAMILLE.nom_complet
    origine = Origine.CODE if compte.administrateur else Origine.ADMINISTRATEUR
    return Rattachement(
        utilisateur_id=utilisateur.id,
        organisation=organisation,
        etat=EtatRattachement.ACTIF,
        administrateur=compte.administrateur,
        cree_le=horloge.now(),
        origine=origine,
        accorde_par=by,
        accorde_le=horloge.now(),
        habilitations=[_habilitation(octroi, by) for octroi in compte.octrois],
    )


def _habilitation(octroi: Octroi, by: str) -> Habilitation:
    granted = {verbe.value: verbe in octroi.verbes for verbe in Verbe}
    return Habilitation(
        objet=octroi.objet,
        siret=octroi.siret,
        dispositif=octroi.dispositif,
        accorde_par=by,
        accorde_le=horloge.now(),
        **granted,
    )
