"""Training organisations of the demo: invented, with communes and postal codes that are real."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisme:
    """A training organisation; `assujetti` when it bills VAT."""

    siret: str
    nom: str
    adresse: str
    code_postal: str
    commune: str
    contact: str
    courriel: str
    telephone: str
    nda: str
    certificat: str
    assujetti: bool = False


CAP_SAVOIRS = Organisme(
    "99933072300019",
    "Cap Savoirs Formation",
    "126 avenue Jean-Jaurès",
    "69007",
    "Lyon",
    "Hélène Vasseur",
    "contact@cap-savoirs.example",
    "04 65 71 62 00",
    "84691872369",
    "QUA-2024-01187",
)
ALPES_PREVENTION = Organisme(
    "99941037600019",
    "Alpes Prévention Conseil",
    "22 rue Nicolas-Chorier",
    "38000",
    "Grenoble",
    "Marc Reynaud",
    "inscriptions@alpes-prevention.example",
    "04 65 71 63 11",
    "84380641238",
    "QUA-2023-00412",
    assujetti=True,
)
METIERS_DE_BOUCHE = Organisme(
    "99941650600015",
    "Atelier des métiers de bouche",
    "54 rue du 4-Août-1789",
    "69100",
    "Villeurbanne",
    "Laurence Millet",
    "formation@metiers-de-bouche.example",
    "04 65 71 64 20",
    "84690775169",
    "QUA-2024-02230",
)
BUREAUTIQUE = Organisme(
    "99942263700010",
    "Bureautique et compagnie",
    "17 rue Vendôme",
    "69006",
    "Lyon",
    "Romain Pons",
    "planning@bureautique-compagnie.example",
    "04 65 71 65 30",
    "84691433469",
    "QUA-2023-01904",
    assujetti=True,
)
HYGIENE = Organisme(
    "99942876600011",
    "Institut Hygiène et Goût",
    "3 avenue de Genève",
    "74000",
    "Annecy",
    "Sylvie Perret",
    "stages@hygiene-et-gout.example",
    "04 65 71 66 41",
    "84740286574",
    "QUA-2022-03015",
)
LOIRE_SECOURS = Organisme(
    "99943489700016",
    "Loire Secours Formation",
    "12 rue Bergson",
    "42000",
    "Saint-Étienne",
    "Didier Roche",
    "contact@loire-secours.example",
    "04 65 71 67 52",
    "84420359142",
    "QUA-2024-00655",
)
ATLANTIQUE_PROPRETE = Organisme(
    "99944102500015",
    "Atlantique Propreté Compétences",
    "6 rue Jacques-Daguerre",
    "44800",
    "Saint-Herblain",
    "Gaëlle Morvan",
    "formation@atlantique-proprete.example",
    "02 61 91 50 10",
    "52440967144",
    "QUA-2023-02741",
)
ARMOR = Organisme(
    "99944715400017",
    "Armor Compétences",
    "28 rue de Nantes",
    "35000",
    "Rennes",
    "Yann Le Gall",
    "contact@armor-competences.example",
    "02 61 91 51 22",
    "53351024835",
    "QUA-2024-01560",
    assujetti=True,
)
NUMERIS = Organisme(
    "99945328500010",
    "Numéris, formation à distance",
    "88 boulevard Voltaire",
    "75011",
    "Paris",
    "Salomé Klein",
    "bonjour@numeris.example",
    "01 99 00 70 70",
    "11756438275",
    "QUA-2024-04102",
    assujetti=True,
)

TOUS = (
    CAP_SAVOIRS,
    ALPES_PREVENTION,
    METIERS_DE_BOUCHE,
    BUREAUTIQUE,
    HYGIENE,
    LOIRE_SECOURS,
    ATLANTIQUE_PROPRETE,
    ARMOR,
    NUMERIS,
)
