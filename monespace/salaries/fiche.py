"""What a company knows of somebody it employs, asked once: a dossier asks the same questions.

An answer travels between the directory and a dossier under the name of its question.
"""

from monespace.forms.kinds import Choice, Date, Email, Money, Percent, Phone, Siret, Text
from monespace.forms.questionnaire import Question, Step, when

CIVILITES = (("mme", "Mme"), ("m", "M."))
SEXES = (("f", "Féminin"), ("m", "Masculin"))
CSP = (
    ("ouvrier_nq", "Ouvrier non qualifié"),
    ("ouvrier_q", "Ouvrier qualifié"),
    ("employe", "Employé"),
    ("technicien", "Technicien ou agent de maîtrise"),
    ("cadre", "Ingénieur ou cadre"),
    ("dirigeant_s", "Dirigeant salarié"),
    ("dirigeant_ns", "Dirigeant non salarié"),
)
CONTRATS = (
    ("cdi", "CDI"),
    ("cdd", "CDD"),
    ("interim", "CDI intérimaire ou mission"),
    ("apprentissage", "Apprentissage"),
    ("professionnalisation", "Professionnalisation"),
    ("aide", "Contrat aidé"),
    ("saisonnier", "Saisonnier"),
    ("intermittent", "Intermittent"),
    ("autre", "Autre"),
)
NIVEAUX = (
    ("0", "Sans diplôme"),
    ("1", "Niveau 1"),
    ("2", "Niveau 2"),
    ("3", "Niveau 3 (CAP, BEP)"),
    ("4", "Niveau 4 (baccalauréat)"),
    ("5", "Niveau 5 (bac + 2)"),
    ("6", "Niveau 6 (licence)"),
    ("7", "Niveau 7 (master)"),
    ("8", "Niveau 8 (doctorat)"),
)

# What payrolls and people write for these answers, in the cells of a spreadsheet.
ALIAS_CIVILITES = {
    **dict.fromkeys(("Madame", "Mme.", "Mlle", "Mademoiselle", "F", "Femme"), "mme"),
    **dict.fromkeys(("Monsieur", "Mr", "M", "H", "Homme", "Msieur"), "m"),
}
ALIAS_SEXES = {
    **dict.fromkeys(("Femme", "Fille", "Mme", "Madame", "2"), "f"),
    **dict.fromkeys(("Homme", "H", "M", "Monsieur", "Garçon", "1"), "m"),
}
ALIAS_CSP = {
    **dict.fromkeys(
        ("Ouvrier spécialisé", "Manœuvre", "ONQ", "Ouvrière non qualifiée"), "ouvrier_nq"
    ),
    **dict.fromkeys(("OQ", "Ouvrière qualifiée"), "ouvrier_q"),
    **dict.fromkeys(("Employée", "Employés", "Employée qualifiée", "Employé qualifié"), "employe"),
    **dict.fromkeys(
        ("Technicien", "Technicienne", "Agent de maîtrise", "AM", "TAM", "ETAM", "Maîtrise"),
        "technicien",
    ),
    **dict.fromkeys(
        ("Cadre", "Cadres", "Ingénieur", "Ingénieure", "Ingénieur / cadre", "Cadre supérieur"),
        "cadre",
    ),
    **dict.fromkeys(("Dirigeant", "Dirigeante", "Dirigeante salariée"), "dirigeant_s"),
    **dict.fromkeys(("Dirigeante non salariée", "TNS", "Gérant non salarié"), "dirigeant_ns"),
}
ALIAS_CONTRATS = {
    **dict.fromkeys(("Contrat à durée indéterminée", "Durée indéterminée"), "cdi"),
    **dict.fromkeys(("Contrat à durée déterminée", "Durée déterminée"), "cdd"),
    **dict.fromkeys(("Intérim", "Intérimaire", "CTT", "CDI intérimaire", "Mission"), "interim"),
    **dict.fromkeys(("Apprenti", "Apprentie", "Contrat d’apprentissage"), "apprentissage"),
    **dict.fromkeys(
        ("Contrat pro", "Contrat de professionnalisation", "Alternance pro"),
        "professionnalisation",
    ),
    **dict.fromkeys(("CUI", "CAE", "PEC", "CUI-CAE", "Parcours emploi compétences"), "aide"),
    **dict.fromkeys(("CDD saisonnier", "Saisonnière"), "saisonnier"),
    **dict.fromkeys(("CDDU", "CDD d’usage", "Intermittente"), "intermittent"),
}
ALIAS_NIVEAUX = {
    **dict.fromkeys(("Aucun", "Aucun diplôme", "Néant", "Sans"), "0"),
    **dict.fromkeys(("CAP/BEP", "CAP - BEP", "V", "Niveau V"), "3"),
    **dict.fromkeys(("Bac", "Bac pro", "Bac général", "Bac techno", "BP", "IV", "Niveau IV"), "4"),
    **dict.fromkeys(("BTS", "DUT", "DEUG", "BTS/DUT", "III", "Niveau III"), "5"),
    **dict.fromkeys(("Bachelor", "BUT", "Bac + 3", "Bac + 4", "Maîtrise", "II", "Niveau II"), "6"),
    **dict.fromkeys(("Bac + 5", "Master 2", "Ingénieur", "DESS", "DEA", "I"), "7"),
    **dict.fromkeys(("Bac + 8", "Thèse", "PhD"), "8"),
}

# Without these nobody can be recognised: the directory takes no one.
IDENTITE = ("nom_naissance", "prenom", "naissance")

PERSONNE = (
    Question(
        "civilite",
        "Civilité",
        Choice(*CIVILITES, alias=ALIAS_CIVILITES),
        required=True,
        headings=("titre", "civ"),
    ),
    Question(
        "nom_naissance",
        "Nom de naissance",
        Text(100),
        required=True,
        headings=("nom", "nom de famille", "nom salarié", "nom du salarié", "nom patronymique"),
    ),
    Question(
        "nom_usage",
        "Nom d’usage",
        Text(100),
        headings=("nom marital", "nom d’épouse", "nom usuel", "nom d’époux"),
    ),
    Question(
        "prenom",
        "Prénom",
        Text(100),
        required=True,
        headings=("prénoms", "prénom usuel", "prénom salarié", "prénom du salarié"),
    ),
    Question(
        "naissance",
        "Date de naissance",
        Date(past=True),
        required=True,
        hint="Par exemple\u00a0: 27 3 1994",
        headings=("né le", "née le", "né(e) le", "date naissance", "date naiss", "ddn", "dn"),
    ),
    Question(
        "sexe",
        "Sexe",
        Choice(*SEXES, alias=ALIAS_SEXES),
        required=True,
        headings=("sexe h/f", "sexe f/m", "genre", "h/f", "f/h", "f/m"),
    ),
    Question(
        "courriel",
        "Adresse e-mail",
        Email(),
        headings=("e-mail", "mail", "courriel", "adresse mail", "email professionnel"),
    ),
    Question(
        "telephone",
        "Téléphone",
        Phone(),
        headings=("tél", "portable", "mobile", "téléphone portable", "n° de téléphone"),
    ),
    Question(
        "csp",
        "Catégorie socioprofessionnelle",
        Choice(*CSP, alias=ALIAS_CSP),
        required=True,
        headings=("csp", "catégorie", "catégorie socio-professionnelle", "statut", "pcs"),
    ),
    Question(
        "contrat",
        "Type de contrat",
        Choice(*CONTRATS, alias=ALIAS_CONTRATS),
        required=True,
        headings=("contrat", "nature du contrat", "contrat de travail"),
    ),
    Question(
        "embauche",
        "Date d’embauche",
        Date(),
        headings=("date d’entrée", "entré le", "date entrée", "ancienneté", "embauché le"),
    ),
    Question(
        "emploi",
        "Emploi occupé",
        Text(100),
        required=True,
        headings=("emploi", "poste", "fonction", "poste occupé", "métier", "intitulé du poste"),
    ),
    Question(
        "diplome",
        "Niveau de diplôme",
        Choice(*NIVEAUX, alias=ALIAS_NIVEAUX),
        required=True,
        headings=("niveau", "diplôme", "niveau de formation", "niveau d’études", "niv diplôme"),
    ),
    Question(
        "temps",
        "Temps de travail",
        Choice(
            ("plein", "Temps plein"),
            ("partiel", "Temps partiel"),
            alias={"Complet": "plein", "Temps complet": "plein"},
        ),
        headings=("durée du travail",),
    ),
    Question(
        "temps_taux",
        "Part du temps plein en %",
        Percent(),
        asked_if=when("temps", "partiel"),
        headings=("taux d’activité", "% temps", "taux temps partiel", "quotité"),
    ),
)

SALAIRE = Question(
    "salaire_horaire",
    "Salaire horaire chargé",
    Money(),
    headings=("taux horaire chargé", "salaire horaire", "coût horaire"),
)

FICHE = Step(
    "fiche",
    "Fiche du salarié",
    (
        Question(
            "etablissement",
            "Établissement",
            Siret(),
            required=True,
            among="etablissements",
            headings=("siret", "siret établissement", "établissement d’affectation", "site"),
        ),
        Question(
            "matricule",
            "Matricule",
            Text(30),
            hint="Le numéro que votre paie lui donne.",
            headings=("n° matricule", "mat", "n° salarié", "numéro salarié", "identifiant"),
        ),
        *PERSONNE,
        SALAIRE,
    ),
)
