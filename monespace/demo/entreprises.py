"""The companies whose people and dossiers the demo tells, and their établissements.

Companies and their SIREN are invented; communes, postal codes, branches and APE codes are real.
"""

from dataclasses import dataclass

from sqlalchemy import select

from monespace.db import session
from monespace.organisations.models import Entreprise, Organisation, Profil


@dataclass(frozen=True, slots=True)
class Lieu:
    """An établissement and how many people work there."""

    siret: str
    enseigne: str
    adresse: str
    code_postal: str
    commune: str
    ape: str
    effectif: int


@dataclass(frozen=True, slots=True)
class Societe:
    """A company; the first of its `lieux` is the siège."""

    siren: str
    raison_sociale: str
    profil: Profil
    idcc: str
    branche: str
    lieux: tuple[Lieu, ...]

    @property
    def siege(self) -> Lieu:
        return self.lieux[0]

    @property
    def effectif(self) -> int:
        return sum(lieu.effectif for lieu in self.lieux)


CROIX_ROUSSE = "99914250800038"

DELORME = Societe(
    "999142508",
    "Maison Delorme SAS",
    Profil.ADHERENT,
    "1501",
    "Restauration rapide",
    (
        Lieu(
            "99914250800012",
            "Maison Delorme, siège",
            "41 rue de la Part-Dieu",
            "69003",
            "Lyon",
            "7010Z",
            22,
        ),
        Lieu(
            "99914250800020",
            "Fournil Delorme",
            "8 avenue de la République",
            "69200",
            "Vénissieux",
            "1071A",
            46,
        ),
        Lieu(
            CROIX_ROUSSE,
            "Delorme Croix-Rousse",
            "63 grande rue de la Croix-Rousse",
            "69004",
            "Lyon",
            "5610C",
            19,
        ),
        Lieu(
            "99914250800046",
            "Delorme Confluence",
            "70 cours Charlemagne",
            "69002",
            "Lyon",
            "5610C",
            23,
        ),
        Lieu(
            "99914250800053",
            "Delorme Gratte-Ciel",
            "112 cours Émile-Zola",
            "69100",
            "Villeurbanne",
            "5610C",
            27,
        ),
        Lieu(
            "99914250800061",
            "Delorme Grenoble",
            "15 avenue Alsace-Lorraine",
            "38000",
            "Grenoble",
            "5610C",
            24,
        ),
        Lieu(
            "99914250800079",
            "Delorme Saint-Étienne",
            "22 rue du Général-Foy",
            "42000",
            "Saint-Étienne",
            "5610C",
            18,
        ),
        Lieu(
            "99914250800087", "Delorme Annecy", "9 rue Sommeiller", "74000", "Annecy", "5610C", 21
        ),
    ),
)

CLAIRE_PROPRETE = Societe(
    "999273618",
    "Claire Propreté Services",
    Profil.ADHERENT,
    "3043",
    "Propreté et services associés",
    (
        Lieu(
            "99927361800010",
            "Claire Propreté Nantes",
            "34 boulevard de la Prairie-au-Duc",
            "44200",
            "Nantes",
            "8121Z",
            64,
        ),
        Lieu(
            "99927361800028",
            "Claire Propreté Rennes",
            "17 rue de Saint-Malo",
            "35000",
            "Rennes",
            "8121Z",
            43,
        ),
        Lieu(
            "99927361800036",
            "Claire Propreté Angers",
            "5 boulevard Gaston-Birgé",
            "49100",
            "Angers",
            "8122Z",
            35,
        ),
    ),
)

CAP_SAVOIRS = Societe(
    "999330723",
    "Cap Savoirs Formation",
    Profil.PRESTATAIRE,
    "1516",
    "Organismes de formation",
    (
        Lieu(
            "99933072300019",
            "Cap Savoirs Formation",
            "126 avenue Jean-Jaurès",
            "69007",
            "Lyon",
            "8559A",
            14,
        ),
    ),
)

# Nobody has an account there: its letter waits for whoever tries the portal.
ATELIER_VERDIER = Societe(
    "999451206",
    "Atelier Verdier",
    Profil.ADHERENT,
    "0573",
    "Commerces de gros",
    (
        Lieu(
            "99945120600018",
            "Atelier Verdier",
            "27 rue des Bains",
            "42000",
            "Saint-Étienne",
            "4673A",
            9,
        ),
    ),
)

SOCIETES = (DELORME, CLAIRE_PROPRETE, CAP_SAVOIRS, ATELIER_VERDIER)


def complete(societe: Societe) -> Organisation:
    """The space of the company, once SIRENE has told of it: with what SIRENE does not know."""
    organisation = of(societe.siren, societe.profil)
    entreprise = organisation.entreprise
    entreprise.effectif = societe.effectif
    entreprise.idcc, entreprise.branche = societe.idcc, societe.branche
    return organisation


def of(siren: str, profil: Profil) -> Organisation:
    """The space of that SIREN under that profile."""
    return (
        session()
        .scalars(
            select(Organisation)
            .join(Organisation.entreprise)
            .where(Entreprise.siren == siren, Organisation.profil == profil)
        )
        .one()
    )
