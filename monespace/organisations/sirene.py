"""Reading the stock files of SIRENE, by their own columns: what INSEE publishes, nothing more.

The real files have millions of lines: they are streamed, and a line of a company that nobody
wants is left before anything of it is understood. A line that cannot be read is an `Ecart`, told
and left; a file that cannot be read is refused whole.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Generic, TypeVar

from monespace.forms import validators
from monespace.forms.phrases import Illisible
from monespace.organisations.voies import TRANCHES, voie
from monespace.refus import Refuse

# What INSEE writes in place of what a company does not let it publish.
NOT_PUBLISHED = "[ND]"
LONGEST_NAME, LONGEST_TOWN = 200, 100

UNITES = (
    "siren",
    "etatAdministratifUniteLegale",
    "nicSiegeUniteLegale",
    "denominationUniteLegale",
    "denominationUsuelle1UniteLegale",
    "nomUniteLegale",
    "nomUsageUniteLegale",
    "prenom1UniteLegale",
    "trancheEffectifsUniteLegale",
)
ETABLISSEMENTS = (
    "siren",
    "nic",
    "siret",
    "etatAdministratifEtablissement",
    "enseigne1Etablissement",
    "denominationUsuelleEtablissement",
    "complementAdresseEtablissement",
    "numeroVoieEtablissement",
    "indiceRepetitionEtablissement",
    "typeVoieEtablissement",
    "libelleVoieEtablissement",
    "codePostalEtablissement",
    "libelleCommuneEtablissement",
    "activitePrincipaleEtablissement",
)

Read = TypeVar("Read")
Wanted = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Ecart:
    """A line that was left out: where, of whom as far as it can be told, and why."""

    ligne: int
    identifiant: str
    raison: str


@dataclass(frozen=True, slots=True)
class Unite:
    """A company. `nom` is empty when it is not published, `effectifs` when unknown."""

    siren: str
    nom: str
    active: bool
    nic_siege: str
    effectifs: range

    @property
    def siret_siege(self) -> str:
        return self.siren + self.nic_siege


@dataclass(frozen=True, slots=True)
class Lieu:
    """An établissement. Its address is empty when it is not published, or abroad."""

    siret: str
    actif: bool
    enseigne: str
    complement: str
    adresse: str
    code_postal: str
    commune: str
    ape: str

    @property
    def siren(self) -> str:
        return self.siret[:9]


Line = Mapping[str, str]


@dataclass(frozen=True)
class Fichier(Generic[Read]):
    """A stock file: the columns it must have, and how a line of it is read."""

    chemin: Path
    colonnes: tuple[str, ...]
    lire: Callable[[Line], Read]

    def check(self) -> None:
        """Raise Refuse when it is not such a file."""
        with _rows(self.chemin) as rows:
            self._places(rows)

    def lines(self, wanted: Wanted) -> Iterator[Read | Ecart]:
        """What the lines of the wanted SIRENs say. Raise Refuse where the file cannot be read."""
        with _rows(self.chemin) as rows:
            places = self._places(rows)
            siren, longest = places["siren"], max(places.values())
            for line, cells in rows:
                if len(cells) <= longest:
                    if cells:
                        yield Ecart(line, cells[0], "La ligne est incomplète.")
                    continue
                if not wanted(cells[siren]):
                    continue
                told = {name: _clean(cells[place]) for name, place in places.items()}
                try:
                    yield self.lire(told)
                except Illisible as error:
                    yield Ecart(line, told.get("siret") or told["siren"], str(error))

    def _places(self, rows: Iterator[tuple[int, list[str]]]) -> Mapping[str, int]:
        _, header = next(rows, (0, []))
        found = {name: place for place, name in enumerate(header)}
        missing = [name for name in self.colonnes if name not in found]
        if missing:
            raise Refuse(
                f"Le fichier {self.chemin.name} n’a pas la forme attendue\u00a0: il lui manque "
                f"{', '.join(missing)}. Donnez le fichier tel que l’INSEE le publie, en CSV, "
                "séparé par des virgules, avec sa ligne de titres."
            )
        return {name: found[name] for name in self.colonnes}


def unites(chemin: Path) -> Fichier[Unite]:
    """The file StockUniteLegale."""
    return Fichier(chemin, UNITES, _unite)


def etablissements(chemin: Path) -> Fichier[Lieu]:
    """The file StockEtablissement."""
    return Fichier(chemin, ETABLISSEMENTS, _lieu)


def _unite(line: Line) -> Unite:
    nic = line["nicSiegeUniteLegale"]
    siren = validators.siren(line["siren"])
    validators.siret(siren + nic)
    return Unite(
        siren,
        _short(_name(line), LONGEST_NAME, "Le nom"),
        _state(line["etatAdministratifUniteLegale"], active="A", ceased="C"),
        nic,
        TRANCHES.get(line["trancheEffectifsUniteLegale"], range(0)),
    )


def _name(line: Line) -> str:
    """A company goes by its denomination, a person by their name and that of their trade."""
    usual = line["denominationUsuelle1UniteLegale"]
    if line["denominationUniteLegale"]:
        return line["denominationUniteLegale"]
    person = " ".join(
        part
        for part in (
            line["prenom1UniteLegale"],
            line["nomUsageUniteLegale"] or line["nomUniteLegale"],
        )
        if part
    )
    return f"{person} ({usual})" if person and usual else person or usual


def _lieu(line: Line) -> Lieu:
    siret = validators.siret(line["siret"])
    if siret != line["siren"] + line["nic"]:
        raise Illisible("Le SIRET n’est pas fait du SIREN et du NIC de la ligne.")
    code_postal = line["codePostalEtablissement"]
    if code_postal:
        validators.code_postal(code_postal)
    commune = _short(line["libelleCommuneEtablissement"], LONGEST_TOWN, "La commune")
    # Without its street, a part of an address would send a letter astray.
    published = bool(code_postal and commune and line["libelleVoieEtablissement"])
    street = voie(
        line["numeroVoieEtablissement"],
        line["indiceRepetitionEtablissement"],
        line["typeVoieEtablissement"],
        line["libelleVoieEtablissement"],
    )
    return Lieu(
        siret,
        _state(line["etatAdministratifEtablissement"], active="A", ceased="F"),
        _short(
            line["enseigne1Etablissement"] or line["denominationUsuelleEtablissement"],
            LONGEST_NAME,
            "L’enseigne",
        ),
        _short(line["complementAdresseEtablissement"], LONGEST_NAME, "Le complément d’adresse")
        if published
        else "",
        _short(street, LONGEST_NAME, "L’adresse") if published else "",
        code_postal if published else "",
        commune,
        line["activitePrincipaleEtablissement"].replace(".", "")[:5],
    )


def _state(letter: str, active: str, ceased: str) -> bool:
    if letter not in (active, ceased):
        raise Illisible(f"L’état administratif doit être {active} ou {ceased}.")
    return letter == active


def _short(text: str, most: int, what: str) -> str:
    return validators.line(text, most, f"{what} dépasse {most} caractères.")


def _clean(cell: str) -> str:
    bare = cell.strip()
    return "" if bare == NOT_PUBLISHED else bare


@contextmanager
def _rows(chemin: Path) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The lines of the file with their numbers. Raise Refuse where it stops being readable."""
    try:
        with _opened(chemin) as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            yield _numbered(chemin, text)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refuse(
            f"Le fichier {chemin} ne peut pas être ouvert. Vérifiez son nom et son contenu."
        ) from error


def _numbered(chemin: Path, text: IO[str]) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(text, strict=True)
    try:
        for cells in rows:
            yield rows.line_num, cells
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, EOFError) as error:
        raise Refuse(
            f"Le fichier {chemin.name} ne peut plus être lu après la ligne {rows.line_num}\u00a0: "
            "il n’est pas en UTF-8, ou son téléchargement est incomplet. Ce qui est enregistré "
            "reste juste\u00a0; recommencez avec un fichier sain, rien ne sera fait deux fois."
        ) from error


@contextmanager
def _opened(chemin: Path) -> Iterator[IO[bytes]]:
    """The CSV itself, or the one in the archive INSEE gives it in."""
    if not zipfile.is_zipfile(chemin):
        with chemin.open("rb") as raw:
            yield raw
        return
    with zipfile.ZipFile(chemin) as archive:
        inside = [name for name in archive.namelist() if name.endswith(".csv")]
        if len(inside) != 1:
            raise Refuse(f"L’archive {chemin.name} doit contenir un fichier CSV, et un seul.")
        with archive.open(inside[0]) as raw:
            yield raw
