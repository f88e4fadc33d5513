"""What would be written, if it were let through."""

from collections.abc import Mapping

from monespace.acces.grille import digest
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import from_json
from tests.support.demandes.demande import FIN

CORPS: Mapping[str, Mapping[str, str]] = {
    "acces.decider": {
        "_lignes": TOUS,
        "_colonnes": "d",
        "_base": digest(frozenset(), from_json([["dossiers", TOUS, TOUS, ["consulter"]]])),
        f"{TOUS}.d": "c",
        "suite": "approuver",
        **FIN,
    },
    "acces.confirmer_refus": {"motif": "Pas cette année.", **FIN},
    "dossiers.enregistrer": {
        "_champs": "reference_interne",
        "reference_interne": "Changée",
        "_revision": "999",
        "suite": "continuer",
        **FIN,
    },
    "dossiers.enregistrer_salarie": {
        "_champs": "nom_naissance prenom",
        "nom_naissance": "Intrus",
        "prenom": "Un",
        "_revision": "999",
        "suite": "ajouter",
        **FIN,
    },
    "dossiers.enregistrer_repartition": {"mode": "equilibrer", "parties": "2", **FIN},
    "lots.transmettre": {"attestation": "oui", **FIN},
    "salaries.enregistrer": {"_champs": "emploi", "emploi": "Intrus", "_base": "", **FIN},
    "salaries.noter_depart": {
        "_champs": "le",
        "le-jour": "1",
        "le-mois": "1",
        "le-annee": "2099",
        **FIN,
    },
    "acces.enregistrer_dates": {"_champs": "debut fin", **FIN},
    "salaries.enregistrer_nir": {"nir": "290057505600112", **FIN},
    "dossiers.transmettre": {"attestation": "oui", **FIN},
    "dossiers.repondre": {"message": "Voici la pièce.", **FIN},
    "comptes.changer_identite": {
        "_champs": "prenom nom telephone",
        "prenom": "Intrus",
        "nom": "Un",
        "telephone": "",
        **FIN,
    },
    "comptes.choisir_courriels": {"_champs": "courriels", "courriels": "aucun", **FIN},
    "comptes.demander_adresse": {"_champs": "courriel", "courriel": "autre@monde.example", **FIN},
    "comptes.se_connecter": {"courriel": "personne@monde.example", "mot_de_passe": "rien"},
}
