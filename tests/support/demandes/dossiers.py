"""Dossiers, and what belongs to them or is made of them, and the directory."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import select

from monespace.dossiers.models import Dossier, Statut
from tests.support.attendus.dossiers import (
    ANNUAIRE,
    COMMENCER,
    SUR_UN_DOSSIER,
    SUR_UN_EXPORT,
    SUR_UN_IMPORT,
    SUR_UN_LOT,
    SUR_UN_SALARIE,
    ZONES,
    commencer,
)
from tests.support.attendus.par_personne import EXPORTER, PAR_LISTING
from tests.support.client import Joint
from tests.support.demandes.corps import CORPS
from tests.support.demandes.demande import FIN, NULLE_PART, Demande, Qui
from tests.support.fichiers import jpg
from tests.support.monde import LOTS, DossierConnu, Place

PIECE = Joint("nouvelle.jpg", jpg())
OF_A_STAGIAIRE = (
    "dossiers.retirer",
    "dossiers.salarie",
    "dossiers.comparer_a_l_annuaire",
    "dossiers.mettre_a_jour_l_annuaire",
)


def on_dossiers(qui: Qui) -> Iterator[Demande]:
    """Each dossier, and one that is nowhere."""
    for route in SUR_UN_DOSSIER:
        for nom, dossier in qui.terrain.monde.dossiers.items():
            yield _on(qui, route, nom, dossier, _expected(qui, route, dossier.place))
        stranger = next(iter(qui.terrain.monde.dossiers.values()))
        missing = qui.refused(route, 404)
        yield _on(qui, route, "nulle part", _nowhere(stranger), missing)


def _on(qui: Qui, route: str, nom: str, dossier: DossierConnu, attendu: int) -> Demande:
    endpoint = route.split(" ")[1]
    # Reading a file takes a tenth of a second: only who may see the dossier sends one.
    joins = endpoint == "dossiers.joindre" and attendu in (303, 403)
    parts: dict[str, Any] = {"cle": dossier.cle}
    if endpoint == "dossiers.telecharger":
        parts = {"cle": dossier.piece}
    elif endpoint in ("dossiers.etape", "dossiers.enregistrer"):
        parts["etape"] = "entreprise"
    elif endpoint in ("dossiers.confirmer_retour", "dossiers.revenir"):
        # The moment at which it stands: there is nothing to change.
        parts["revision"] = _revision(qui, dossier.cle)
    elif endpoint == "dossiers.joindre":
        parts["type_piece"] = dossier.type_piece
    elif "retrait" in endpoint or endpoint in OF_A_STAGIAIRE:
        parts["salarie"] = dossier.salarie
    return Demande(
        route,
        url_for(endpoint, **parts),
        attendu,
        nom,
        CORPS.get(endpoint, FIN),
        {"fichier": PIECE} if joins else None,
        dossier.cle,
    )


def _revision(qui: Qui, cle: str) -> int:
    with qui.terrain.database.reading() as session:
        return session.scalar(select(Dossier.revision).where(Dossier.cle == cle)) or 1


def _expected(qui: Qui, route: str, place: Place) -> int:
    """404 what may not be seen, 403 what is seen and not allowed."""
    regle, letters = SUR_UN_DOSSIER[route], qui.droits(place)
    if "C" not in letters:
        return qui.refused(route, 404)
    if regle.droit not in letters or place.statut not in regle.etats:
        return 403
    return regle.succes


def on_lots(qui: Qui) -> Iterator[Demande]:
    """Each lot, seen by its parts."""
    for route, (droit, success) in SUR_UN_LOT.items():
        for nom, cle in {**qui.terrain.monde.lots, "": NULLE_PART}.items():
            places = [qui.terrain.monde.dossiers[part].place for part in LOTS.get(nom, ())]
            step: dict[str, Any] = {"etape": "entreprise"} if droit else {}
            path = url_for(route.split(" ")[1], cle=cle, **step)
            attendu = _on_parts(qui, route, places, droit, success)
            sent = CORPS.get(route.split(" ")[1], FIN)
            yield Demande(route, path, attendu, f"lot {nom or 'nowhere'}", sent)


def _on_parts(qui: Qui, route: str, places: Sequence[Place], droit: str, success: int) -> int:
    if not any("C" in qui.droits(place) for place in places):
        return qui.refused(route, 404)
    allowed = any(
        droit in qui.droits(place) and place.statut is Statut.BROUILLON for place in places
    )
    return 403 if droit and not allowed else success


def on_salaries(qui: Qui) -> Iterator[Demande]:
    """Each person of the directory."""
    letters = ANNUAIRE.get(qui.personne, ("", "", ""))
    for route, (droit, success) in SUR_UN_SALARIE.items():
        endpoint = route.split(" ")[1]
        for mine, (nom, one) in zip(letters, qui.terrain.monde.salaries.items(), strict=True):
            attendu = success if droit in mine else 403 if mine else qui.refused(route, 404)
            path, sent = url_for(endpoint, cle=one.cle), CORPS.get(endpoint, FIN)
            yield Demande(route, path, attendu, nom, sent)
        missing = qui.refused(route, 404)
        yield Demande(route, url_for(endpoint, cle=NULLE_PART), missing, "nulle part")


def on_exports(qui: Qui) -> Iterator[Demande]:
    """Each export, and asking for one of each listing."""
    for listing, by_person in PAR_LISTING.items():
        attendu = by_person.get(qui.personne, by_person[""])
        sent = {"listing": listing, **FIN}
        yield Demande(EXPORTER, url_for("exports.demander"), attendu, listing, sent)
    for route, success in SUR_UN_EXPORT.items():
        for owner, cle in {**qui.terrain.monde.exports, "": NULLE_PART}.items():
            path = url_for(route.split(" ")[1], cle=cle)
            attendu = success if owner == qui.personne else qui.refused(route, 404)
            yield Demande(route, path, attendu, f"of {owner or 'nobody'}")


def on_imports(qui: Qui) -> Iterator[Demande]:
    """Each import."""
    for route, success in SUR_UN_IMPORT.items():
        for owner, cle in {**qui.terrain.monde.imports, "": NULLE_PART}.items():
            path = url_for(route.split(" ")[1], cle=cle)
            attendu = success if owner == qui.personne else qui.refused(route, 404)
            yield Demande(route, path, attendu, f"import of {owner or 'nobody'}", FIN)


def starting(qui: Qui) -> Iterator[Demande]:
    """A brouillon in each place."""
    for societe, lieu, code in ZONES:
        siret = qui.terrain.monde.sirets[societe, lieu]
        attendu = commencer(qui.personne, (societe, lieu, code))
        sent = {"etablissement": siret, "dispositif": code, **FIN}
        path = url_for("dossiers.commencer")
        yield Demande(COMMENCER, path, attendu, f"{societe} {lieu} {code}", sent)


def _nowhere(like: DossierConnu) -> DossierConnu:
    place = Place("", "", "", Statut.BROUILLON)
    return DossierConnu(place, 0, NULLE_PART, "", "", NULLE_PART, NULLE_PART, like.type_piece)
