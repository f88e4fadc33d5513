"""What pages and workers read of exports."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from sqlalchemy import select

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.dossiers.filtres import Filtre
from monespace.exports import perimetre
from monespace.exports.declaration import Listing
from monespace.exports.listings import LISTINGS
from monespace.exports.models import EtatExport, Export
from monespace.refus import Conflit, Interdit, Introuvable
from monespace.stockage import Stockage

MOST_SHOWN = 50
AT_REST = frozenset({EtatExport.PRET, EtatExport.ECHEC, EtatExport.EXPIRE})

STAGES = {
    EtatExport.EN_FILE: "Export en attente.",
    EtatExport.EN_COURS: "Export en préparation.",
    EtatExport.PRET: "Votre fichier est prêt.",
    EtatExport.ECHEC: "L’export a échoué.",
    EtatExport.EXPIRE: "Ce fichier a expiré.",
}
AGAIN = "Demandez un nouvel export depuis la page «\u00a0{page}\u00a0»."


def mine(acteur: Acteur) -> Sequence[Export]:
    """One's own exports for this organisation, the latest first."""
    return (
        session()
        .scalars(policy.visible(acteur, Export).order_by(Export.id.desc()).limit(MOST_SHOWN))
        .all()
    )


def listing_named(nom: str) -> Listing[Any]:
    """Raise Introuvable when there is none of that name."""
    if nom not in LISTINGS:
        raise Introuvable()
    return LISTINGS[nom]


def listing_of(export: Export) -> Listing[Any]:
    """What the export lists."""
    return LISTINGS[export.listing]


def again(export: Export) -> str:
    """What somebody does whose file is no longer to be had."""
    return AGAIN.format(page=listing_of(export).page[0])


def filtre_of(export: Export) -> Filtre:
    """The filter of the list the export was asked from."""
    reponses = export.filtres.get("reponses")
    return Filtre(reponses if isinstance(reponses, Mapping) else {}, str(export.filtres.get("tri")))


def stage(export: Export) -> str:
    """How far it is, in words that change seldom enough to be read aloud."""
    if export.etat == EtatExport.EN_COURS and export.lignes_total:
        quarters = 4 * export.lignes_faites // export.lignes_total
        return f"Export préparé à {25 * quarters}\u00a0%."
    return STAGES[export.etat]


def at_rest(export_id: int) -> bool:
    """Is there nothing left to do for that export? True as well when it is gone."""
    etat = session().scalar(select(Export.etat).where(Export.id == export_id))
    return etat is None or etat in AT_REST


def open_file(acteur: Acteur, export: Export, stockage: Stockage) -> BinaryIO:
    """The workbook, whole. `export` was loaded by `policy`.

    Raise Conflit when it is not ready or not whole, Interdit when rights were removed since,
    Introuvable when the store lost it.
    """
    if export.etat != EtatExport.PRET:
        raise Conflit(f"Ce fichier n’est pas disponible. {export.message or again(export)}")
    if not perimetre.still_covers(acteur, listing_of(export).objet, export.perimetre):
        raise Interdit(
            "Vos droits ont changé depuis cet export\u00a0: son fichier n’est plus disponible. "
            + again(export)
        )
    contenu = stockage.open(export.fichier)
    if os.fstat(contenu.fileno()).st_size != export.taille:
        contenu.close()
        raise Conflit(
            f"Ce fichier est incomplet\u00a0: il ne peut pas être téléchargé. {again(export)}"
        )
    return contenu
