"""People of the demo who make its requests, invitations and portfolios alive.

The page of signing in does not list them; their password is that of the others of Maison Delorme.
"""

from monespace.acteur import Objet, Verbe
from monespace.demo.comptes import CAMILLE, Compte, Octroi
from monespace.demo.entreprises import CAP_SAVOIRS, DELORME
from monespace.dossiers.dispositifs.pdc import DISPOSITIF as PDC
from monespace.organisations import octrois as ecrits
from monespace.organisations.octrois import Octrois

SIEGE, FOURNIL, CROIX_ROUSSE, CONFLUENCE, GRATTE_CIEL = (one.siret for one in DELORME.lieux[:5])
READ = frozenset({Verbe.CONSULTER})
WRITE = READ | {Verbe.SAISIR, Verbe.TRANSMETTRE}

# An accounting firm: it has no space of its own.
ARDENT_SIREN = "999600018"


def _figurant(
    courriel: str,
    prenom: str,
    nom: str,
    siren: str = "",
    administrateur: bool = False,
    octrois: tuple[Octroi, ...] = (),
) -> Compte:
    return Compte(
        courriel,
        CAMILLE.mot_de_passe,
        prenom,
        nom,
        "",
        siren,
        "",
        administrateur=administrateur,
        octrois=octrois,
    )


BERNARD = _figurant(
    "bernard.delorme@delorme.example", "Bernard", "Delorme", DELORME.siren, administrateur=True
)
HELENE = _figurant(
    "helene.vasseur@cap-savoirs.example",
    "Hélène",
    "Vasseur",
    CAP_SAVOIRS.siren,
    administrateur=True,
)
NORA = _figurant(
    "nora.benali@delorme.example",
    "Nora",
    "Benali",
    DELORME.siren,
    octrois=(Octroi(READ, SIEGE), Octroi(READ, CONFLUENCE)),
)
ARDENT = _figurant("contact@ardent-expertise.example", "Cabinet", "Ardent")
HUGO = _figurant("hugo.lenoir@delorme.example", "Hugo", "Lenoir")
YANIS = _figurant("yanis.petit@delorme.example", "Yanis", "Petit")
ELODIE = _figurant("elodie.marchand@traiteur-marchand.example", "Élodie", "Marchand")

THERE_FROM_THE_START = (BERNARD, HELENE, NORA)


def droits(verbes: frozenset[Verbe], *sirets: str, objet: Objet = Objet.DOSSIERS) -> Octrois:
    """The same verbs on each of these établissements, for the training plan."""
    dispositif = PDC.code if objet is Objet.DOSSIERS else "*"
    return frozenset(ecrits.Octroi(objet, siret, dispositif, verbes) for siret in sirets)
