"""What a person types in the six steps of an action de formation: every field that is shown."""

from monespace.horloge import today
from tests.browser.visitor import Answers, Day, Pick

# Far enough ahead to be filed in time, whenever the tests run.
YEAR = str(today().year + 1)
TITLE = "Conduite d’équipe 🎓"

ENTREPRISE: Answers = {
    "Établissement": Pick("Delorme Annecy, Annecy"),
    "Nom du contact": "Aïcha N’Diaye",
    "Adresse e-mail du contact": "aicha@delorme.example",
    "Téléphone du contact": "04 65 71 20 99",
    "Votre référence": "RH-0042",
}
FORMATION: Answers = {
    "Type d’action": Pick("Action de formation"),
    "Intitulé": TITLE,
    "Objectif professionnel": "Animer une équipe.\nConduire un entretien.",
    "Nature": Pick("Autre formation"),
    "Formation certifiante": Pick("Oui"),
    "Code de la certification": "RNCP38565",
    "Code ROME du métier visé": "M1502",
    "Modalité pédagogique": Pick("Mixte"),
    "Heures à distance": "3,5",
    "Organisation": Pick("Inter-entreprises"),
    "Adresse du lieu de formation": "12 rue de l’Écluse",
    "Code postal du lieu": "69003",
    "Commune du lieu": "Lyon",
    "Date de début": Day("1", "3", YEAR),
    "Date de fin": Day("2", "3", YEAR),
    "Durée totale en heures": "14",
    "Nombre de jours": "2",
    "Temps de travail": Pick("Pendant le temps de travail"),
}
ORGANISME: Answers = {
    "SIRET de l’organisme": "999 416 506 00015",
    "Dénomination": "Atelier d’Avril",
    "Adresse": "4 quai des Brumes",
    "Code postal": "38000",
    "Commune": "Grenoble",
    "Nom du contact": "Jean-Noël Œuvrard",
    "Adresse e-mail du contact": "contact@avril.example",
    "Téléphone du contact": "04 65 71 20 98",
    "Déclaration d’activité en cours d’enregistrement": Pick("Non"),
    "Numéro de déclaration d’activité": "84 38 01234 38",
    "Organisme certifié Qualiopi": Pick("Oui"),
    "Numéro du certificat Qualiopi": "QUA-2026-0042",
    "Fin de validité du certificat": Day("31", "12", YEAR),
    "Catégories certifiées": Pick("Actions de formation"),
    "TVA": Pick("Assujetti à la TVA"),
    "Taux de TVA en %": "20",
    "Sous-traitance": Pick("Non"),
}
BUDGET: Answers = {
    "Prix de la formation fixé": Pick("Au total"),
    "Coûts pédagogiques hors taxes": "1 234,56 €",
    "Prise en charge de la rémunération demandée": Pick("Oui"),
    "Transport": "42,10",
    "Hébergement : nombre de nuits": "3",
    "Hébergement : prix d’une nuit": "79,99",
    "Restauration : nombre de repas": "4",
    "Restauration : prix d’un repas": "16.50",
    "Garde d’enfants ou de parents à charge": "0",
    "Diagnostic ou accompagnement": "10",
    "Frais de certification ou de jury": "1200",
    "Tutorat : nombre de mois": "2",
    "Tutorat : montant par mois": "115",
    "Cofinancement": Pick("Oui"),
    "Organisme cofinanceur": "Région",
    "Montant du cofinancement": "100",
    "Versement volontaire mobilisé": "50",
    "Subrogation de paiement": Pick("Oui"),
}


def salarie(nom: str, prenom: str) -> Answers:
    """One person, with every field."""
    return {
        "Civilité": Pick("Mme"),
        "Nom de naissance": nom,
        "Nom d’usage": f"{nom}-Girard",
        "Prénom": prenom,
        "Date de naissance": Day("27", "3", "1994"),
        "Sexe": Pick("Féminin"),
        "Adresse e-mail": "zoe@delorme.example",
        "Téléphone": "06 65 71 20 97",
        "Catégorie socioprofessionnelle": Pick("Employé"),
        "Type de contrat": Pick("CDI"),
        "Date d’embauche": Day("1", "9", "2020"),
        "Emploi occupé": "Vendeuse",
        "Niveau de diplôme": Pick("Niveau 4 (baccalauréat)"),
        "Temps de travail": Pick("Temps partiel"),
        "Part du temps plein en %": "80",
        "Salaire horaire chargé": "19,35",
        "Bénéficiaire de l’obligation d’emploi (handicap)": Pick("Non"),
        "Heures prévues": "14",
        "Établissement d’affectation": Pick("Delorme Annecy, Annecy"),
    }
