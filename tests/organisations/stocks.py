"""Stock files as INSEE writes them: every column, whichever the portal reads."""

import csv
from collections.abc import Sequence
from pathlib import Path

from stdnum import luhn

UNITES = (
    "siren statutDiffusionUniteLegale unitePurgeeUniteLegale dateCreationUniteLegale "
    "sigleUniteLegale sexeUniteLegale prenom1UniteLegale prenom2UniteLegale prenom3UniteLegale "
    "prenom4UniteLegale prenomUsuelUniteLegale pseudonymeUniteLegale "
    "identifiantAssociationUniteLegale "
    "trancheEffectifsUniteLegale anneeEffectifsUniteLegale dateDernierTraitementUniteLegale "
    "nombrePeriodesUniteLegale categorieEntreprise anneeCategorieEntreprise dateDebut "
    "etatAdministratifUniteLegale nomUniteLegale nomUsageUniteLegale denominationUniteLegale "
    "denominationUsuelle1UniteLegale denominationUsuelle2UniteLegale "
    "denominationUsuelle3UniteLegale categorieJuridiqueUniteLegale activitePrincipaleUniteLegale "
    "nomenclatureActivitePrincipaleUniteLegale nicSiegeUniteLegale "
    "economieSocialeSolidaireUniteLegale societeMissionUniteLegale "
    "caractereEmployeurUniteLegale"
).split()
ETABLISSEMENTS = (
    "siren nic siret statutDiffusionEtablissement dateCreationEtablissement "
    "trancheEffectifsEtablissement anneeEffectifsEtablissement "
    "activitePrincipaleRegistreMetiersEtablissement dateDernierTraitementEtablissement "
    "etablissementSiege nombrePeriodesEtablissement complementAdresseEtablissement "
    "numeroVoieEtablissement indiceRepetitionEtablissement "
    "dernierNumeroVoieEtablissement indiceRepetitionDernierNumeroVoieEtablissement "
    "typeVoieEtablissement libelleVoieEtablissement codePostalEtablissement "
    "libelleCommuneEtablissement libelleCommuneEtrangerEtablissement "
    "distributionSpecialeEtablissement codeCommuneEtablissement codeCedexEtablissement "
    "libelleCedexEtablissement codePaysEtrangerEtablissement libellePaysEtrangerEtablissement "
    "dateDebut etatAdministratifEtablissement enseigne1Etablissement enseigne2Etablissement "
    "enseigne3Etablissement denominationUsuelleEtablissement activitePrincipaleEtablissement "
    "nomenclatureActivitePrincipaleEtablissement caractereEmployeurEtablissement"
).split()

Row = dict[str, str]


def unite(siren: str, siege: str, name: str = "ATELIER DU PORT", /, **others: str) -> Row:
    """A company in activity; `others` by the beginning of their column."""
    said: dict[str, str] = {
        "siren": siren,
        "statutDiffusionUniteLegale": "O",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": name,
        "nicSiegeUniteLegale": siege,
        "trancheEffectifsUniteLegale": "12",
    }
    return said | {f"{name}UniteLegale": value for name, value in others.items()}


def lieu(siren: str, nic: str, /, **others: str) -> Row:
    """An open établissement, 12 bis avenue Jean Jaurès in Nantes."""
    said: dict[str, str] = {
        "siren": siren,
        "nic": nic,
        "siret": siren + nic,
        "etatAdministratifEtablissement": "A",
        "numeroVoieEtablissement": "12",
        "indiceRepetitionEtablissement": "B",
        "typeVoieEtablissement": "AV",
        "libelleVoieEtablissement": "JEAN JAURES",
        "codePostalEtablissement": "44000",
        "libelleCommuneEtablissement": "NANTES",
        "activitePrincipaleEtablissement": "81.21Z",
    }
    return said | {f"{name}Etablissement": value for name, value in others.items()}


def write(chemin: Path, columns: Sequence[str], rows: Sequence[Row], start: str = "") -> Path:
    """`start` is what comes before the first heading: a byte order mark."""
    with chemin.open("w", encoding="utf-8", newline="") as opened:
        opened.write(start)
        writer = csv.DictWriter(opened, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return chemin


def nic(siren: str, rang: int) -> str:
    """The NIC of the établissement of that rank, with its check digit."""
    beginning = f"{rang:04}"
    return beginning + luhn.calc_check_digit(siren + beginning)
