"""Sets of rights that many people have: a place to start from, before anything is decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monespace.acces.colonnes import VERBES
from monespace.acces.lignes import ids_of
from monespace.acteur import Acteur, Objet, Verbe
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octroi, Octrois
from monespace.policy.octroyer import pouvoir
from monespace.refus import Refuse

C = frozenset({Verbe.CONSULTER})


@dataclass(frozen=True, slots=True)
class Modele:
    """Its name on the button, what it gives on a SIRET or `*`; `local` asks for a SIRET."""

    nom: str
    donne: Callable[[str], Octrois]
    local: bool = False


def _every(objet: Objet, siret: str = TOUS) -> Octroi:
    return Octroi(objet, siret, TOUS, frozenset(VERBES[objet]))


def _look(siret: str) -> Octrois:
    # What touches money and rights is never given by a button meant for reading.
    seen = (Objet.DOSSIERS, Objet.SALARIES, Objet.FACTURES)
    return frozenset(Octroi(objet, siret, TOUS, C) for objet in seen)


def _write(siret: str) -> Octrois:
    return frozenset({_every(Objet.DOSSIERS, siret), _every(Objet.SALARIES, siret)})


def _manage(siret: str) -> Octrois:
    return frozenset(_every(one, siret) for one in Objet if one is not Objet.RATTACHEMENTS)


def _count(siret: str) -> Octrois:
    seen = frozenset({Octroi(Objet.DOSSIERS, siret, TOUS, C)})
    return seen | {_every(Objet.FACTURES, siret), _every(Objet.COORDONNEES_BANCAIRES, siret)}


MODELES: Mapping[str, Modele] = {
    "consulter": Modele("Consulter tout", _look),
    "saisir": Modele("Saisir pour cet établissement", _write, local=True),
    "gestion": Modele("Gestion complète sans rattachements", _manage),
    "comptable": Modele("Comptable", _count),
    "aucun": Modele("Aucun droit", lambda siret: frozenset()),
}
UNKNOWN = "Ce modèle de droits n’existe pas. Choisissez-en un dans la liste."
WHICH_ONE = "Indiquez le SIRET de l’établissement, tel qu’il figure dans la grille."


def modele(acteur: Acteur, organisation_id: int, name: str, siret: str = "") -> Octrois:
    """What that preset gives, as far as the acteur may. Raise Refuse when it cannot be told."""
    found = MODELES.get(name)
    if found is None:
        raise Refuse(UNKNOWN)
    place = "".join(siret.split()) if found.local else TOUS
    ids = ids_of(organisation_id, {place} - {TOUS})
    if place != TOUS and place not in ids:
        raise Refuse(WHICH_ONE)
    may = pouvoir(acteur)
    return frozenset(one for one in found.donne(place) if may(one, ids.get(one.siret)))
