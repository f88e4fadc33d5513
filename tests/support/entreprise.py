"""A small company, its people and its dossiers, written as the portal writes them."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from monespace import horloge, policy
from monespace.acteur import Acteur, Objet, Role
from monespace.comptes.models import Utilisateur
from monespace.db import Json, session
from monespace.dossiers import actions
from monespace.dossiers.actions.revision import touch
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.models import Dossier, Stagiaire, Statut
from monespace.organisations.models import (
    TOUS,
    Entreprise,
    Etablissement,
    EtatRattachement,
    Habilitation,
    Organisation,
    Profil,
    Rattachement,
)

OPCO = Acteur(None, "Conseil", Role.CONSEILLER)

REPONSES: dict[str, Json] = {
    "intitule": "Conduite d’équipe",
    "modalite": "mixte",
    "heures_distance": "3.50",
    "organisation": "intra",
    "certifiante": True,
    "code_formation": "RNCP38565",
    "date_debut": "2026-12-07",
    "date_fin": "2026-12-11",
    "duree_heures": "14.00",
    "of_siret": "00572078400031",
    "of_nom": "Atelier d’Avril",
    "of_nda_en_cours": False,
    "of_nda": "01234567890",
    "of_tva": "assujetti",
    "of_taux_tva": "20.00",
    "peda_base": "heure",
    "peda_prix": 12345,
    "remu_demandee": True,
    "transport_montant": 4210,
    "heb_nuits": 3,
    "heb_prix": 7999,
    "subrogation": True,
    "reference_interne": "RH-0042",
}
PERSONNE: dict[str, Json] = {
    "civilite": "mme",
    "nom_naissance": "L’Hénaff",
    "prenom": "Zoé 🎓",
    "naissance": "1994-03-27",
    "csp": "employe",
    "contrat": "cdi",
    "emploi": "Vendeuse",
    "diplome": "4",
    "salaire_horaire": 1350,
    "boeth": True,
    "courriel": "zoe@entreprise.example",
}


@dataclass(frozen=True)
class Societe:
    """A company with its head office and a branch."""

    organisation: Organisation
    siege: Etablissement
    annexe: Etablissement

    def person(self, nom: str, siret: str = TOUS, administrateur: bool = False) -> Acteur:
        """Somebody who may see and write dossiers of that SIRET, all of them by default."""
        person = Utilisateur(
            courriel=f"{uuid4().hex}@entreprise.example",
            prenom="Camille",
            nom=nom,
            mot_de_passe="",
            cree_le=horloge.now(),
            confirme_le=horloge.now(),
        )
        rattachement = Rattachement(
            organisation_id=self.organisation.id,
            etat=EtatRattachement.ACTIF,
            administrateur=administrateur,
            cree_le=horloge.now(),
            habilitations=[
                Habilitation(objet=Objet.DOSSIERS, siret=siret, consulter=True, saisir=True)
            ],
        )
        session().add(person)
        session().flush()
        rattachement.utilisateur_id = person.id
        session().add(rattachement)
        session().flush()
        return policy.acteur_of(person, self.organisation.id)

    def dossier(
        self, acteur: Acteur, people: int = 1, at: Etablissement | None = None, **reponses: Json
    ) -> Dossier:
        """A brouillon of the company with everything the listing shows."""
        pdc = dispositif("PDC")
        dossier = actions.start(acteur, pdc, at or self.siege, uuid4().hex, {})
        dossier.reponses = {**dossier.reponses, **REPONSES, **reponses}
        for rang in range(1, people + 1):
            dossier.stagiaires.append(
                Stagiaire(jeton=uuid4().hex, rang=rang, reponses=dict(PERSONNE), saisies={})
            )
        session().flush()
        touch(dossier)
        return dossier

    def granted(self, acteur: Acteur, **accorde: Decimal) -> Dossier:
        """A dossier the OPCO has decided on: what is named is granted, the rest is not."""
        dossier = self.dossier(acteur)
        dossier.statut = Statut.EN_INSTRUCTION
        asked = {ligne.poste: Decimal(0) for ligne in dossier.lignes}
        actions.grant(OPCO, dossier, {**asked, **accorde})
        return dossier


def societe(siren: str = "005720784", nom: str = "Les Halles d’Ajaccio") -> Societe:
    """A new company, in the running transaction."""
    entreprise = Entreprise(
        siren=siren, raison_sociale=nom, effectif=48, idcc="0573", branche="Commerce de gros"
    )
    siege, annexe = (
        Etablissement(
            siret=siren + nic,
            enseigne=enseigne,
            siege=nic == "00015",
            adresse="1 rue du Port",
            code_postal="01000",
            commune="Bourg-en-Bresse",
            ape="4639B",
        )
        for nic, enseigne in (("00015", "Le siège"), ("00023", "L’annexe"))
    )
    entreprise.etablissements = [siege, annexe]
    organisation = Organisation(entreprise=entreprise, profil=Profil.ADHERENT)
    session().add(organisation)
    session().flush()
    return Societe(organisation, siege, annexe)
