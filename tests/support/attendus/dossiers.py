"""Dossiers, and what belongs to them or is made of them, and the directory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monespace.dossiers.models import Statut
from tests.support.attendus.groupes import ANONYME
from tests.support.monde import Place

# Where a dossier stands, seen from the company that files it: columns of the table below.
ZONES: Mapping[tuple[str, str, str], int] = {
    ("halles", "siège", "PDC"): 0,
    ("halles", "annexe", "PDC"): 1,
    ("halles", "siège", "VAE"): 2,
    ("halles", "annexe", "VAE"): 3,
    ("fonderie", "siège", "PDC"): 4,
    ("fonderie", "siège", "VAE"): 4,
}
# fmt: off
DROITS: Mapping[str, tuple[str, str, str, str, str]] = {
    #                       siège   annexe  VAE     VAE à   autre
    #                                               l’annexe entreprise
    "administrateur":      ("CSTX", "CSTX", "CSTX", "CSTX", ""),
    "un SIRET":            ("CS",   "",     "CS",   "",     ""),
    "tout sur un SIRET":   ("CSTX", "",     "CSTX", "",     ""),
    "un dispositif":       ("CST",  "CST",  "",     "",     ""),
    "consultation":        ("C",    "C",    "C",    "C",    ""),
    "accès confiés":       ("C",    "C",    "C",    "C",    ""),
    "sans droit":          ("",     "",     "",     "",     ""),
    "rattachement retiré": ("",     "",     "",     "",     ""),
    "rattachement échu":   ("",     "",     "",     "",     ""),
    "autre entreprise":    ("",     "",     "",     "",     "CSTX"),
    "conseiller":          ("c",    "c",    "c",    "c",    ""),
    "AEF":                 ("c",    "c",    "c",    "c",    ""),
    "conseiller sans portefeuille": ("", "", "", "", ""),
    ANONYME:               ("",     "",     "",     "",     ""),
}
# fmt: on


def droits(personne: str, place: Place) -> str:
    """The letters of that person on a dossier that stands there."""
    letters = DROITS[personne][ZONES[place.societe, place.etablissement, place.dispositif]]
    return letters.replace("c", "" if place.statut is Statut.BROUILLON else "C")


# Whom of the directory each may see (C) and write (S): at the siège, at the annexe of «halles»,
# and at the siège of «fonderie».
ANNUAIRE: Mapping[str, tuple[str, str, str]] = {
    "administrateur": ("CS", "CS", ""),
    "un SIRET": ("CS", "", ""),
    "consultation": ("C", "C", ""),
    "accès confiés": ("C", "C", ""),
    "autre entreprise": ("", "", "CS"),
}


@dataclass(frozen=True)
class Regle:
    """What an act on a dossier takes: a right, a state; and the status of its success."""

    droit: str
    etats: frozenset[Statut]
    succes: int


TOUS = frozenset(Statut)
BROUILLON = frozenset({Statut.BROUILLON})
OUVERT = frozenset({Statut.BROUILLON, Statut.A_COMPLETER})
# A second click on «Transmettre» finds the confirmation of the first.
ENVOYABLE = frozenset({Statut.BROUILLON, Statut.TRANSMIS})
# Routes that name a dossier, or something that belongs to one.
SUR_UN_DOSSIER: Mapping[str, Regle] = {
    "GET dossiers.detail": Regle("C", TOUS, 200),
    "GET dossiers.transmis": Regle("C", TOUS, 200),
    "GET dossiers.historique": Regle("C", TOUS, 200),
    "GET dossiers.confirmer_retour": Regle("S", BROUILLON, 200),
    "POST dossiers.revenir": Regle("S", BROUILLON, 303),
    "GET dossiers.telecharger": Regle("C", TOUS, 200),
    "POST dossiers.repondre": Regle("T", frozenset({Statut.A_COMPLETER}), 303),
    "GET dossiers.confirmer_suppression": Regle("X", BROUILLON, 200),
    "POST dossiers.supprimer": Regle("X", BROUILLON, 303),
    "GET dossiers.envoi": Regle("C", TOUS, 200),
    "POST dossiers.transmettre": Regle("T", ENVOYABLE, 303),
    "GET dossiers.etape": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer": Regle("S", BROUILLON, 303),
    "GET dossiers.salaries": Regle("S", BROUILLON, 200),
    "GET dossiers.salarie": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer_salarie": Regle("S", BROUILLON, 303),
    "GET dossiers.confirmer_retrait": Regle("S", BROUILLON, 200),
    "POST dossiers.retirer": Regle("S", BROUILLON, 303),
    "GET dossiers.choisir": Regle("S", BROUILLON, 200),
    # Nobody is ticked; nothing was compared.
    "POST dossiers.ajouter_de_l_annuaire": Regle("S", BROUILLON, 422),
    "GET dossiers.comparer_a_l_annuaire": Regle("S", BROUILLON, 200),
    "POST dossiers.mettre_a_jour_l_annuaire": Regle("S", BROUILLON, 409),
    "GET dossiers.repartir": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer_repartition": Regle("S", BROUILLON, 303),
    # Nobody waits in these dossiers: they are told so on the page of the split.
    "GET dossiers.confirmer_abandon": Regle("S", BROUILLON, 303),
    "POST dossiers.abandonner": Regle("S", BROUILLON, 303),
    "GET dossiers.confirmer_copie": Regle("S", TOUS, 200),
    "POST dossiers.dupliquer": Regle("S", TOUS, 303),
    "GET dossiers.pieces": Regle("S", OUVERT, 200),
    "POST dossiers.joindre": Regle("S", OUVERT, 303),
}
# Only the person who asked for an export may follow it and fetch it.
SUR_UN_EXPORT: Mapping[str, int] = {"GET exports.suivi": 200, "GET exports.fichier": 200}
# Routes that name a lot, seen by whoever sees one of its parts. The first letters are the right
# that is needed on a part that is not sent, none where seeing is enough; the status of success.
SUR_UN_LOT: Mapping[str, tuple[str, int]] = {
    "GET lots.lot": ("", 200),
    "GET lots.modifier": ("S", 200),
    # A form in which nothing was changed, a confirmation of nothing, a sending of nothing.
    "POST lots.previsualiser": ("S", 422),
    "POST lots.appliquer": ("S", 303),
    "GET lots.verifier_envoi": ("", 200),
    "POST lots.transmettre": ("", 422),
}
# Routes that name somebody of the directory: the right that is needed, the status of success.
SUR_UN_SALARIE: Mapping[str, tuple[str, int]] = {
    "GET salaries.fiche": ("C", 200),
    "GET salaries.modifier": ("S", 200),
    "POST salaries.enregistrer": ("S", 303),
    "GET salaries.depart": ("S", 200),
    "POST salaries.noter_depart": ("S", 303),
    "POST salaries.annuler_depart": ("S", 303),
    "GET salaries.nir": ("S", 200),
    "POST salaries.enregistrer_nir": ("S", 303),
}
# Only the person who sent a list may follow it; nothing of it was taken yet.
SUR_UN_IMPORT: Mapping[str, int] = {
    "GET imports.suivi": 200,
    "GET imports.colonnes": 200,
    "POST imports.relier": 422,
    "POST imports.confirmer": 409,
    "GET imports.corrige": 404,
}
# Starting a brouillon names a place; 422 where the list of the form does not offer it, 403 where
# it does for another dispositif.
COMMENCER = "POST dossiers.commencer"


def commencer(personne: str, place: tuple[str, str, str]) -> int:
    """The status of «Commencer» for that SIRET and that dispositif."""
    if personne == ANONYME:
        return 401
    if "S" in DROITS[personne][ZONES[place]]:
        return 303
    societe, etablissement, _ = place
    elsewhere = (ZONES[societe, etablissement, code] for code in ("PDC", "VAE"))
    return 403 if any("S" in DROITS[personne][zone] for zone in elsewhere) else 422


# Every table of routes above.
TABLES: tuple[Collection[str], ...] = (
    SUR_UN_DOSSIER,
    SUR_UN_EXPORT,
    SUR_UN_LOT,
    SUR_UN_SALARIE,
    SUR_UN_IMPORT,
    (COMMENCER,),
)
