"""Make the reference files again, for instance once a year for the communes.

    npm pack @etalab/decoupage-administratif@6.0.0
    tar xzf etalab-decoupage-administratif-6.0.0.tgz
    python -m monespace.referentiels.fabriquer package

Likewise with `@socialgouv/codes-naf@1.1.1` for the codes APE. Several folders may be given. What
a folder holds is told by its `package.json`; the millésime of the communes is written below, to be
changed with the version.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

from monespace.referentiels import fichiers

MILLESIMES = {"6.0.0": "2026"}
_SOUS_CLASSE = re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]")


class _Commune(TypedDict, total=False):
    code: str
    nom: str
    type: str
    departement: str
    codesPostaux: list[str]


class _Departement(TypedDict):
    code: str
    nom: str


class _Naf(TypedDict):
    id: str
    label: str


def decoupage(paquet: Path, version: str, cible: Path) -> None:
    """`communes.csv.gz` and `departements.csv.gz`, from @etalab/decoupage-administratif."""
    source = (
        f"# Source : INSEE et La Poste par @etalab/decoupage-administratif {version}, "
        f"millésime {MILLESIMES[version]}, Licence Ouverte"
    )
    communes: list[_Commune] = json.loads((paquet / "data" / "communes.json").read_bytes())
    fichiers.write(
        cible / fichiers.COMMUNES,
        source,
        ("code_postal", "code_insee", "nom", "departement"),
        _rows(communes),
    )
    departements: list[_Departement] = json.loads(
        (paquet / "data" / "departements.json").read_bytes()
    )
    fichiers.write(
        cible / fichiers.DEPARTEMENTS,
        source,
        ("code", "nom"),
        sorted((one["code"], one["nom"]) for one in departements),
    )


def naf(paquet: Path, version: str, cible: Path) -> None:
    """`naf.csv.gz`, from @socialgouv/codes-naf: the sub-classes alone."""
    niveaux: list[_Naf] = json.loads((paquet / "index.json").read_bytes())
    fichiers.write(
        cible / fichiers.NAF,
        f"# Source : INSEE, NAF rév. 2 (2008) par @socialgouv/codes-naf {version}, Apache-2.0",
        ("code", "libelle"),
        sorted(
            (one["id"].replace(".", ""), one["label"])
            for one in niveaux
            if _SOUS_CLASSE.fullmatch(one["id"])
        ),
    )


PAQUETS: dict[str, Callable[[Path, str, Path], None]] = {
    "@etalab/decoupage-administratif": decoupage,
    "@socialgouv/codes-naf": naf,
}


def main(paquets: list[str], cible: Path = fichiers.DOSSIER) -> None:
    """Make in `cible` the files that come from each of these unpacked npm packages."""
    if not paquets:
        sys.exit("Indiquez le dossier d’un paquet npm décompressé.")
    for paquet in map(Path, paquets):
        identite: dict[str, str] = json.loads((paquet / "package.json").read_bytes())
        PAQUETS[identite["name"]](paquet, identite["version"], cible)


def _rows(communes: list[_Commune]) -> list[tuple[str, str, str, str]]:
    # Arrondissements and former communes would give the same place two names.
    rows = [
        (code_postal, one["code"], one["nom"], one["departement"])
        for one in communes
        if one["type"] == "commune-actuelle"
        for code_postal in one.get("codesPostaux", ())
    ]
    return sorted(rows, key=lambda row: (row[0], _alphabetical(row[2]), row[1]))


def _alphabetical(nom: str) -> str:
    """Éloise stands with the E."""
    return unicodedata.normalize("NFD", nom).encode("ascii", "ignore").decode().casefold()


if __name__ == "__main__":
    main(sys.argv[1:])
