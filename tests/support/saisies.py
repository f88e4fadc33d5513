"""What is typed in a complete dossier of each dispositif, a mark in every text of it."""

from collections.abc import Mapping

from monespace.forms.questionnaire import Raw

Typed = Mapping[str, Raw]


def pdc(mark: str = "Atelier") -> dict[str, Typed]:
    """Every step of an action de formation, by name of step."""
    return {
        "entreprise": _entreprise(mark),
        "formation": {
            "type_action": ("formation",),
            "intitule": (f"Conduite d’équipe {mark}",),
            "objectif": (f"Encadrer {mark}.\nSavoir déléguer.",),
            "nature": ("autre",),
            "certifiante": ("oui",),
            "code_formation": ("RNCP38565",),
            "modalite": ("mixte",),
            "heures_distance": ("3,5",),
            "organisation": ("intra",),
            "lieu_adresse": (f"2 rue {mark}",),
            "lieu_code_postal": ("01000",),
            "lieu_commune": (f"Bourg {mark}",),
            "date_debut": ("7", "12", "2099"),
            "date_fin": ("11", "12", "2099"),
            "duree_heures": ("14",),
            "duree_jours": ("2",),
            "temps_travail": ("pendant",),
        },
        "organisme": {
            "of_siret": ("005 720 784 00031",),
            "of_nom": (f"Organisme {mark}",),
            "of_adresse": (f"3 rue {mark}",),
            "of_code_postal": ("01000",),
            "of_commune": (f"Ville {mark}",),
            "of_contact_nom": (f"Contact {mark}",),
            "of_contact_courriel": (f"{mark.lower()}@organisme.example",),
            "of_nda_en_cours": ("non",),
            "of_nda": ("01234567890",),
            "of_qualiopi": ("oui",),
            "of_qualiopi_numero": (f"QUA {mark}",),
            "of_qualiopi_fin": ("1", "1", "2100"),
            "of_qualiopi_categories": ("formation", "vae"),
            "of_tva": ("assujetti",),
            "of_taux_tva": ("20",),
        },
        "budget": {
            "peda_base": ("heure",),
            "peda_prix": ("123,45",),
            "remu_demandee": ("oui",),
            "transport_montant": ("42,10",),
            "cofinancement": ("oui",),
            "cofinanceur": (f"Région {mark}",),
            "cofinancement_montant": ("100",),
            "subrogation": ("oui",),
        },
    }


def vae(mark: str = "Atelier") -> dict[str, Typed]:
    """Every step of the dispositif of `tests/support/dispositifs`."""
    return {
        "entreprise": _entreprise(mark),
        "projet": {
            "diplome_vise": (f"Boulanger {mark}",),
            "debut": ("7", "12", "2099"),
            "voie": ("accompagne",),
            "certificateur": (f"Certificateur {mark}",),
            "certificateur_siret": ("005 720 784 00031",),
            "financement": ("1 800",),
            "subrogation": ("non",),
        },
    }


def salarie(mark: str = "Atelier") -> Typed:
    """One person, for either dispositif."""
    return {
        "civilite": ("mme",),
        "nom_naissance": (f"L’Hénaff {mark}",),
        "nom_usage": (f"Martin {mark}",),
        "prenom": (f"Zoé {mark}",),
        "naissance": ("27", "3", "1994"),
        "sexe": ("f",),
        "courriel": (f"zoe.{mark.lower()}@entreprise.example",),
        "csp": ("employe",),
        "contrat": ("cdi",),
        "emploi": (f"Vendeuse {mark}",),
        "diplome": ("4",),
        "salaire_horaire": ("13,50",),
        "tuteur": (f"Tutrice {mark}",),
    }


def _entreprise(mark: str) -> Typed:
    return {
        "contact_nom": (f"Camille {mark}",),
        "contact_courriel": (f"camille.{mark.lower()}@entreprise.example",),
        "contact_telephone": ("01 88 13 10 00",),
        "reference_interne": (f"RH {mark}",),
    }
