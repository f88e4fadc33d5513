"""The people the two companies employ, and what is typed about one of them in a dossier."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from monespace.demo.entreprises import DELORME, Lieu, Societe
from monespace.demo.noms import NOMS, PRENOMS_F, PRENOMS_M
from monespace.demo.saisie import Typed, jour, montant
from monespace.forms.questionnaire import Raw

# One in so many women goes by another name than her birth name, works part time, and so on.
USAGE_NAME, PART_TIME, FIXED_TERM, REACHABLE = 0.25, 0.2, 0.12, 0.4


@dataclass(frozen=True, slots=True)
class Emploi:
    """A job: its name for a woman and a man, the trade it belongs to, its usual qualification."""

    feminin: str
    masculin: str
    metier: str
    csp: str
    diplomes: tuple[str, ...]
    salaire_cents: int


@dataclass(frozen=True, slots=True)
class Salarie:
    """Someone employed at `lieu`. Wages are in cents per hour, charges included."""

    lieu: Lieu
    emploi: Emploi
    femme: bool
    prenom: str
    nom: str
    nom_usage: str
    naissance: date
    embauche: date
    contrat: str
    diplome: str
    temps_partiel: bool
    telephone: str
    salaire_cents: int


BUREAU = (
    Emploi(
        "Gestionnaire de paie", "Gestionnaire de paie", "bureau", "technicien", ("5", "6"), 2280
    ),
    Emploi("Assistante RH", "Assistant RH", "bureau", "employe", ("4", "5"), 1940),
    Emploi("Comptable", "Comptable", "bureau", "technicien", ("5", "6"), 2310),
    Emploi("Acheteuse", "Acheteur", "bureau", "cadre", ("6", "7"), 3120),
    Emploi("Chargée de communication", "Chargé de communication", "bureau", "cadre", ("6",), 2760),
    Emploi("Responsable qualité", "Responsable qualité", "encadrement", "cadre", ("7",), 3380),
)
FOURNIL = (
    Emploi("Boulangère", "Boulanger", "production", "ouvrier_q", ("3", "4"), 1890),
    Emploi("Pâtissière", "Pâtissier", "production", "ouvrier_q", ("3", "4"), 1930),
    Emploi("Tourière", "Tourier", "production", "ouvrier_q", ("3",), 1880),
    Emploi(
        "Opératrice de conditionnement",
        "Opérateur de conditionnement",
        "production",
        "ouvrier_nq",
        ("0", "3"),
        1660,
    ),
    Emploi(
        "Cheffe d’équipe fournil",
        "Chef d’équipe fournil",
        "encadrement",
        "technicien",
        ("4", "5"),
        2340,
    ),
)
BOUTIQUE = (
    Emploi("Vendeuse", "Vendeur", "vente", "employe", ("3", "4"), 1680),
    Emploi("Préparatrice snacking", "Préparateur snacking", "vente", "employe", ("0", "3"), 1670),
    Emploi("Barista", "Barista", "vente", "employe", ("3", "4"), 1720),
    Emploi("Boulangère", "Boulanger", "production", "ouvrier_q", ("3", "4"), 1890),
    Emploi(
        "Responsable de boutique",
        "Responsable de boutique",
        "encadrement",
        "technicien",
        ("4", "5"),
        2290,
    ),
)
PROPRETE = (
    Emploi("Agente de propreté", "Agent de propreté", "chantier", "ouvrier_nq", ("0", "3"), 1650),
    Emploi("Agente machiniste", "Agent machiniste", "chantier", "ouvrier_q", ("0", "3"), 1720),
    Emploi("Laveuse de vitres", "Laveur de vitres", "chantier", "ouvrier_q", ("3",), 1780),
    Emploi("Cheffe d’équipe", "Chef d’équipe", "encadrement", "technicien", ("3", "4"), 2020),
    Emploi(
        "Responsable de secteur", "Responsable de secteur", "encadrement", "cadre", ("5", "6"), 2810
    ),
    Emploi("Assistante d’agence", "Assistant d’agence", "bureau", "employe", ("4", "5"), 1890),
)


def workforce(random: Random, societe: Societe, day: date) -> tuple[Salarie, ...]:
    """Everyone the company employs on `day`; nobody twice."""
    names: set[tuple[str, str]] = set()
    people = []
    for lieu in societe.lieux:
        for rank in range(lieu.effectif):
            emplois = _emplois(societe, lieu)
            # Each job is held somewhere; the first ones are the most common.
            emploi = emplois[rank] if rank < len(emplois) else random.choice(emplois[:-1])
            people.append(_salarie(random, lieu, emploi, day, names))
    return tuple(people)


def typed(salarie: Salarie, wages: bool) -> Typed:
    """What is typed about that person, their wages only if they are asked for."""
    emploi = salarie.emploi
    about: dict[str, Raw] = {
        "civilite": ("mme" if salarie.femme else "m",),
        "nom_naissance": (salarie.nom,),
        "nom_usage": (salarie.nom_usage,),
        "prenom": (salarie.prenom,),
        "naissance": jour(salarie.naissance),
        "sexe": ("f" if salarie.femme else "m",),
        "csp": (emploi.csp,),
        "contrat": (salarie.contrat,),
        "embauche": jour(salarie.embauche),
        "emploi": (emploi.feminin if salarie.femme else emploi.masculin,),
        "diplome": (salarie.diplome,),
    }
    if salarie.temps_partiel:
        about |= {"temps": ("partiel",), "temps_taux": ("80",)}
    if salarie.telephone:
        about["telephone"] = (salarie.telephone,)
    if wages:
        about["salaire_horaire"] = (montant(salarie.salaire_cents),)
    return about


def _emplois(societe: Societe, lieu: Lieu) -> tuple[Emploi, ...]:
    if societe is not DELORME:
        return PROPRETE
    if lieu is DELORME.siege:
        return BUREAU
    return FOURNIL if lieu.ape == "1071A" else BOUTIQUE


def _salarie(
    random: Random, lieu: Lieu, emploi: Emploi, day: date, names: set[tuple[str, str]]
) -> Salarie:
    femme = random.random() < 0.55
    prenom, nom = _name(random, femme, names)
    naissance = day - timedelta(days=random.randint(20 * 366, 61 * 365))
    grown_up = (day - naissance).days - 18 * 366
    return Salarie(
        lieu=lieu,
        emploi=emploi,
        femme=femme,
        prenom=prenom,
        nom=nom,
        nom_usage=random.choice(NOMS) if femme and random.random() < USAGE_NAME else "",
        naissance=naissance,
        embauche=day - timedelta(days=random.randint(440, min(7000, grown_up))),
        contrat="cdd" if random.random() < FIXED_TERM else "cdi",
        diplome=random.choice(emploi.diplomes),
        temps_partiel=random.random() < PART_TIME,
        telephone=_telephone(random) if random.random() < REACHABLE else "",
        salaire_cents=emploi.salaire_cents + random.randrange(0, 240, 5),
    )


def _name(random: Random, femme: bool, names: set[tuple[str, str]]) -> tuple[str, str]:
    while True:
        name = random.choice(PRENOMS_F if femme else PRENOMS_M), random.choice(NOMS)
        if name not in names:
            names.add(name)
            return name


def _telephone(random: Random) -> str:
    # 01 99 00 is kept by the regulator for fiction.
    return f"01 99 00 {random.randrange(100):02d} {random.randrange(100):02d}"
