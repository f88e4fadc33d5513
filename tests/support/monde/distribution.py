"""Who and what is in the small world: people and their rights, dossiers and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass

from monespace.acteur import Acteur, Role
from monespace.dossiers.models import Statut
from monespace.organisations.models import TOUS, EtatRattachement

MOT_DE_PASSE = "Monde-de-poche-2026"
CONSEIL = Acteur(None, "Conseil", Role.CONSEILLER)
# Verbs granted, SIRET («siège» or all), dispositif.
Octroi = tuple[str, str, str]


@dataclass(frozen=True)
class Invite:
    """Somebody who was invited and has not answered."""

    par: str
    courriel: str
    administrateur: bool = False


@dataclass(frozen=True)
class Personnage:
    """What makes a person: their company («halles», «fonderie» or none) and their rights there."""

    societe: str
    administrateur: bool = False
    octrois: tuple[Octroi, ...] = ()
    # The same on the directory, that no dispositif divides.
    annuaire: tuple[tuple[str, str], ...] = ()
    # And on the accesses of the whole company.
    acces: str = ""
    etat: EtatRattachement = EtatRattachement.ACTIF
    echu: bool = False
    # Staff of the OPCO, and the companies they look after.
    opco: Role | None = None
    portefeuille: tuple[str, ...] = ()


PERSONNES: Mapping[str, Personnage] = {
    "administrateur": Personnage("halles", administrateur=True),
    "un SIRET": Personnage("halles", octrois=(("CS", "siège", TOUS),), annuaire=(("CS", "siège"),)),
    "tout sur un SIRET": Personnage("halles", octrois=(("CSTX", "siège", TOUS),)),
    "un dispositif": Personnage("halles", octrois=(("CST", TOUS, "PDC"),)),
    "consultation": Personnage("halles", octrois=(("C", TOUS, TOUS),), annuaire=(("C", TOUS),)),
    "accès confiés": Personnage(
        "halles", octrois=(("C", TOUS, TOUS),), annuaire=(("C", TOUS),), acces="CSX"
    ),
    "sans droit": Personnage("halles"),
    "rattachement retiré": Personnage("halles", administrateur=True, etat=EtatRattachement.RETIRE),
    "rattachement échu": Personnage("halles", administrateur=True, echu=True),
    "autre entreprise": Personnage("fonderie", administrateur=True),
    "conseiller": Personnage("", opco=Role.CONSEILLER, portefeuille=("halles", "nouvelle")),
    "AEF": Personnage("", opco=Role.AEF, portefeuille=("halles", "nouvelle")),
    "conseiller sans portefeuille": Personnage("", opco=Role.CONSEILLER),
}


@dataclass(frozen=True)
class Place:
    """Where a dossier stands: what rights look at."""

    societe: str
    etablissement: str
    dispositif: str
    statut: Statut


# Nobody administers the last one yet.
HALLES, FONDERIE, NOUVELLE = "halles", "fonderie", "nouvelle"
DOSSIERS: Mapping[str, Place] = {
    "brouillon": Place(HALLES, "siège", "PDC", Statut.BROUILLON),
    "transmis": Place(HALLES, "siège", "PDC", Statut.TRANSMIS),
    "à compléter": Place(HALLES, "siège", "PDC", Statut.A_COMPLETER),
    "accordé": Place(HALLES, "siège", "PDC", Statut.ENGAGE),
    "brouillon de l’annexe": Place(HALLES, "annexe", "PDC", Statut.BROUILLON),
    "à compléter de l’annexe": Place(HALLES, "annexe", "PDC", Statut.A_COMPLETER),
    "brouillon VAE": Place(HALLES, "siège", "VAE", Statut.BROUILLON),
    "à compléter VAE": Place(HALLES, "siège", "VAE", Statut.A_COMPLETER),
    "brouillon étranger": Place(FONDERIE, "siège", "PDC", Statut.BROUILLON),
    "transmis étranger": Place(FONDERIE, "siège", "PDC", Statut.TRANSMIS),
    "à compléter étranger": Place(FONDERIE, "siège", "VAE", Statut.A_COMPLETER),
}
# Dossiers that are parts of one lot, in places and states that not everybody sees.
LOTS: Mapping[str, tuple[str, ...]] = {
    HALLES: ("brouillon", "brouillon de l’annexe", "à compléter de l’annexe"),
    FONDERIE: ("brouillon étranger", "transmis étranger"),
}
# Where somebody of the directory works.
SALARIES: Mapping[str, tuple[str, str]] = {
    "du siège": (HALLES, "siège"),
    "de l’annexe": (HALLES, "annexe"),
    "d’une autre entreprise": (FONDERIE, "siège"),
}
INVITES: Mapping[str, Invite] = {
    "à lire": Invite("administrateur", "kanari-halles@monde.example"),
    "à administrer": Invite("administrateur", "kanari-chef@monde.example", administrateur=True),
    "d’une autre entreprise": Invite("autre entreprise", "kanari-fonderie@monde.example"),
}
# Who is looked at on the pages of accesses.
ATTACHED = frozenset(
    {"administrateur", "consultation", "accès confiés"}
    | {"rattachement retiré", "rattachement échu", "autre entreprise"}
)
