"""The codes of SIRENE that people do not read: kinds of streets, and sizes of companies."""

from collections.abc import Mapping

VOIES: Mapping[str, str] = {
    "ALL": "ALLEE",
    "AV": "AVENUE",
    "BD": "BOULEVARD",
    "CAR": "CARREFOUR",
    "CHE": "CHEMIN",
    "CHS": "CHAUSSEE",
    "CITE": "CITE",
    "COR": "CORNICHE",
    "CRS": "COURS",
    "DOM": "DOMAINE",
    "DSC": "DESCENTE",
    "ECA": "ECART",
    "ESP": "ESPLANADE",
    "FG": "FAUBOURG",
    "GR": "GRANDE RUE",
    "HAM": "HAMEAU",
    "HLE": "HALLE",
    "IMP": "IMPASSE",
    "LD": "LIEU-DIT",
    "LOT": "LOTISSEMENT",
    "MAR": "MARCHE",
    "MTE": "MONTEE",
    "PAS": "PASSAGE",
    "PL": "PLACE",
    "PLN": "PLAINE",
    "PLT": "PLATEAU",
    "PRO": "PROMENADE",
    "PRV": "PARVIS",
    "QUA": "QUARTIER",
    "QUAI": "QUAI",
    "RES": "RESIDENCE",
    "RLE": "RUELLE",
    "ROC": "ROCADE",
    "RPT": "ROND-POINT",
    "RTE": "ROUTE",
    "SEN": "SENTE",
    "SQ": "SQUARE",
    "TPL": "TERRE-PLEIN",
    "TRA": "TRAVERSE",
    "VLA": "VILLA",
    "VLGE": "VILLAGE",
    "ZA": "ZONE ARTISANALE",
    "ZAC": "ZAC",
    "ZI": "ZONE INDUSTRIELLE",
}
REPETITIONS: Mapping[str, str] = {"B": "BIS", "T": "TER", "Q": "QUATER", "C": "QUINQUIES"}

# trancheEffectifsUniteLegale; NN and what is not there are unknown.
TRANCHES: Mapping[str, range] = {
    "00": range(1),
    "01": range(1, 3),
    "02": range(3, 6),
    "03": range(6, 10),
    "11": range(10, 20),
    "12": range(20, 50),
    "21": range(50, 100),
    "22": range(100, 200),
    "31": range(200, 250),
    "32": range(250, 500),
    "41": range(500, 1_000),
    "42": range(1_000, 2_000),
    "51": range(2_000, 5_000),
    "52": range(5_000, 10_000),
    "53": range(10_000, 1_000_000),
}


def voie(numero: str, repetition: str, genre: str, libelle: str) -> str:
    """The line of the street: («12», «B», «AV», «JEAN JAURES») → «12 BIS AVENUE JEAN JAURES»."""
    written = (
        numero,
        REPETITIONS.get(repetition, repetition),
        VOIES.get(genre, genre),
        libelle,
    )
    return " ".join(part for part in written if part)
