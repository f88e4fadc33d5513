"""What SIRENE says of the companies of the demo: 300 organisations, in INSEE's own format.

Companies, SIREN and streets are invented, drawn the same at each start; communes and postal codes
are real. The files are read by the import itself.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from stdnum import luhn

from monespace.acteur import Acteur, Role
from monespace.demo import organismes
from monespace.demo.entreprises import SOCIETES, Lieu, Societe
from monespace.demo.noms import NOMS
from monespace.demo.organismes import Organisme
from monespace.organisations import sirene
from monespace.organisations.actions import Fichiers, import_sirene
from monespace.organisations.models import Profil
from monespace.organisations.voies import TRANCHES
from monespace.referentiels import communes

IMPORT = Acteur(None, "Import SIRENE", Role.CONSEILLER)
SEED = 1973
ADHERENTS, PRESTATAIRES = 280, 20
GROUPE, ENTITES = "Alizés", 40
# Chosen so that no company of the demo written elsewhere has one.
FIRST_SIREN = 99_950_000

VILLES = (
    "01000 02100 03200 06000 10000 13100 14000 16000 17000 18000 19100 21000 22000 24000 25000 "
    "26000 27000 28000 29200 30000 31000 33000 34000 35000 36000 37000 38000 40000 41000 42000 "
    "44000 45000 47000 49000 50100 51100 53000 54000 56100 57000 58000 59000 60000 62000 63000 "
    "64000 65000 66000 67000 68100 69100 69200 71100 72000 73000 74000 75011 76000 77000 78000 "
    "79000 80000 81000 82000 83000 84000 85000 86000 87000 88000 89000 90000 91000 92100 93100 "
    "94000 95000 97100 97200 97400"
).split()
VOIES = (
    "rue des Tilleuls;avenue de la Gare;place du Marché;boulevard du Midi;rue du Four-à-Chaux;"
    "allée des Érables;chemin des Vignes;quai de la Douane;rue des Tanneurs;avenue des Acacias;"
    "impasse du Moulin;cours des Halles;rue de la Fontaine;route de la Vallée;rue du Lavoir;"
    "place de l’Ancienne-Poste;rue des Artisans;avenue du Stade;rue Basse;rue du Pré-Clos"
).split(";")
# What a company does, by its code APE, and the beginnings of its name.
METIERS: Mapping[str, tuple[str, ...]] = {
    "5610C": ("Restauration", "Le Comptoir", "Cuisine"),
    "8121Z": ("Propreté", "Nettoyage", "Éclat"),
    "8010Z": ("Sécurité", "Vigie", "Gardiennage"),
    "7820Z": ("Intérim", "Passerelle", "Emploi"),
    "5510Z": ("Hôtel", "Auberge", "Résidence"),
    "4639B": ("Négoce", "Grossiste", "Entrepôts"),
    "4332A": ("Menuiserie", "Agencement"),
    "8559A": ("Formation", "Campus", "Institut"),
}
FORMES = ("SAS", "SARL", "et fils", "et associés", "Services", "")
TEACHES = "8559A"


@dataclass(frozen=True, slots=True)
class Fiche:
    """What the two files say of one company; the first of its `lieux` is the siège."""

    siren: str
    nom: str
    tranche: str
    lieux: tuple[Lieu, ...]
    publie: bool = True


def importer() -> None:
    """Have the import read them, in the running transaction."""
    random = Random(SEED)  # noqa: S311 - nothing secret is drawn
    with TemporaryDirectory() as folder:
        for profil, fiches in (
            (Profil.ADHERENT, _adherents(random)),
            (Profil.PRESTATAIRE, _prestataires(random)),
        ):
            files = _written(Path(folder), fiches)
            bilan = import_sirene(IMPORT, files, lambda siren: True, (profil,), nullcontext)
            assert not bilan.ecarts.nombre, bilan.ecarts


def _adherents(random: Random) -> list[Fiche]:
    known = [_of_societe(one) for one in SOCIETES if one.profil is Profil.ADHERENT]
    group = [_entite(random, rang) for rang in range(ENTITES)]
    drawn = ADHERENTS - len(known) - len(group)
    others = [_invented(random, ENTITES + rang) for rang in range(drawn - 1)]
    return [*known, *group, *others, _hidden(random, ENTITES + drawn - 1)]


def _prestataires(random: Random) -> list[Fiche]:
    known = [_of_societe(one) for one in SOCIETES if one.profil is Profil.PRESTATAIRE]
    there = {one.siren for one in known}
    taught = [_of_organisme(one) for one in organismes.TOUS if one.siret[:9] not in there]
    rest = PRESTATAIRES - len(known) - len(taught)
    return [*known, *taught, *(_invented(random, ADHERENTS + n, TEACHES) for n in range(rest))]


def _of_societe(societe: Societe) -> Fiche:
    return Fiche(societe.siren, societe.raison_sociale, _tranche(societe.effectif), societe.lieux)


def _of_organisme(one: Organisme) -> Fiche:
    place = Lieu(one.siret, one.nom, one.adresse, one.code_postal, one.commune, TEACHES, 0)
    return Fiche(one.siret[:9], one.nom, "11", (place,))


def _entite(random: Random, rang: int) -> Fiche:
    """One of the companies of the group, in a town of its own."""
    siren, code_postal = _siren(rang), VILLES[rang * len(VILLES) // ENTITES]
    siege = _lieu(random, siren, 1, "", code_postal, "8121Z")
    return Fiche(siren, f"{GROUPE} {siege.commune}", "12", (siege,))


def _invented(random: Random, rang: int, ape: str = "") -> Fiche:
    siren = _siren(rang)
    ape = ape or random.choice([one for one in METIERS if one != TEACHES])
    nom = f"{random.choice(METIERS[ape])} {random.choice(NOMS)} {random.choice(FORMES)}".strip()
    several = random.choice((1, 1, 1, 2, 2, 3))
    lieux = (
        _lieu(random, siren, n, "" if n == 1 else nom, random.choice(VILLES), ape)
        for n in range(1, several + 1)
    )
    return Fiche(siren, nom, random.choice(("02", "03", "11", "11", "12", "21", "22")), (*lieux,))


def _hidden(random: Random, rang: int) -> Fiche:
    """Somebody who lets neither their name nor their address be published."""
    siren = _siren(rang)
    return Fiche(siren, "", "01", (_lieu(random, siren, 1, "", "69100", "5610C"),), publie=False)


def _lieu(random: Random, siren: str, rang: int, enseigne: str, code_postal: str, ape: str) -> Lieu:
    commune = communes.communes(code_postal)[0].nom
    street = f"{random.randint(1, 140)} {random.choice(VOIES)}"
    shown = f"{enseigne} {commune}" if enseigne else ""
    return Lieu(siren + _nic(siren, rang), shown, street, code_postal, commune, ape, 0)


def _siren(rang: int) -> str:
    beginning = str(FIRST_SIREN + 7 * rang)
    return beginning + luhn.calc_check_digit(beginning)


def _nic(siren: str, rang: int) -> str:
    beginning = f"{rang:04}"
    return beginning + luhn.calc_check_digit(siren + beginning)


def _tranche(effectif: int) -> str:
    return next(code for code, size in TRANCHES.items() if effectif in size)


def _written(folder: Path, fiches: Sequence[Fiche]) -> Fichiers:
    unites = folder / "StockUniteLegale_utf8.csv"
    _write(unites, sirene.UNITES, map(_unite, fiches))
    lieux = folder / "StockEtablissement_utf8.csv"
    rows = (_etablissement(fiche, place) for fiche in fiches for place in fiche.lieux)
    _write(lieux, sirene.ETABLISSEMENTS, rows)
    return Fichiers(sirene.unites(unites), sirene.etablissements(lieux))


def _write(path: Path, columns: Sequence[str], rows: Iterator[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)


def _unite(fiche: Fiche) -> Mapping[str, str]:
    hidden = {} if fiche.publie else {"prenom1UniteLegale": sirene.NOT_PUBLISHED}
    return {
        "siren": fiche.siren,
        "etatAdministratifUniteLegale": "A",
        "nicSiegeUniteLegale": fiche.lieux[0].siret[9:],
        "denominationUniteLegale": fiche.nom,
        "trancheEffectifsUniteLegale": fiche.tranche,
        **hidden,
    }


def _etablissement(fiche: Fiche, place: Lieu) -> Mapping[str, str]:
    numero, _, libelle = place.adresse.partition(" ")
    return {
        "siren": fiche.siren,
        "nic": place.siret[9:],
        "siret": place.siret,
        "etatAdministratifEtablissement": "A",
        "enseigne1Etablissement": place.enseigne,
        "numeroVoieEtablissement": numero if fiche.publie else sirene.NOT_PUBLISHED,
        "libelleVoieEtablissement": libelle if fiche.publie else sirene.NOT_PUBLISHED,
        "codePostalEtablissement": place.code_postal if fiche.publie else sirene.NOT_PUBLISHED,
        "libelleCommuneEtablissement": place.commune,
        "activitePrincipaleEtablissement": f"{place.ape[:2]}.{place.ape[2:]}",
    }
