"""What pages and workers read of imports, always through `policy`."""

import io
from collections.abc import Sequence
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import defer

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.dossiers.models import Dossier
from monespace.imports.actions.depot import plan_kept
from monespace.imports.actions.vie import WAITING
from monespace.imports.models import Correspondance, EtatImport, Import
from monespace.policy import Can
from monespace.refus import Conflit, Introuvable
from monespace.stockage import Stockage
from monespace.tableur.corrige import give_back
from monespace.tableur.entetes import Plan
from monespace.tableur.feuilles import Feuilles

MOST_SHOWN = 25

STAGES = {
    EtatImport.EN_LECTURE: "Lecture du fichier.",
    EtatImport.EN_COURS: "Enregistrement des salariés.",
}
GONE = "Ce fichier n’est plus disponible\u00a0: envoyez-le à nouveau."


def mine(acteur: Acteur) -> Sequence[Import]:
    """One's own imports for this organisation, the latest first."""
    return (
        session()
        .scalars(
            policy.visible(acteur, Import)
            .options(defer(Import.plan))
            .order_by(Import.id.desc())
            .limit(MOST_SHOWN)
        )
        .all()
    )


def dossiers_seen(acteur: Acteur, imports: Sequence[Import]) -> dict[int, Dossier]:
    """The dossiers of these imports that may still be seen, by id."""
    ids = {one.dossier_id for one in imports} - {None}
    seen = policy.visible(acteur, Dossier).where(Dossier.id.in_(ids)) if ids else None
    return {} if seen is None else {one.id: one for one in session().scalars(seen)}


def dossier_named(acteur: Acteur, cle: str, lock: bool = False) -> Dossier | None:
    """The dossier that people are to be taken into; None without a key, for the directory.

    Raise Introuvable or Interdit as for any change of the dossier.
    """
    return policy.load(acteur, Dossier, cle, Can.EDIT, lock) if cle else None


def dossier_of(acteur: Acteur, import_: Import, lock: bool = False) -> Dossier | None:
    """The same, for an import that was begun."""
    return dossier_named(acteur, import_.dossier.cle if import_.dossier else "", lock)


def remembered(acteur: Acteur) -> dict[str, str]:
    """What headings mean in this company: normalised heading → question, "" when not read."""
    rows = session().execute(
        select(Correspondance.entete, Correspondance.question).where(
            Correspondance.organisation_id == acteur.organisation_id
        )
    )
    return {row.entete: row.question for row in rows}


def feuilles_of(import_: Import, stockage: Stockage) -> Feuilles:
    """What was read of the file. Raise Conflit once it is gone, or before it is read."""
    if not import_.lecture:
        raise Conflit(GONE)
    with stockage.open(import_.lecture) as contenu:
        return Feuilles.from_bytes(contenu.read())


def plan_of(import_: Import) -> Plan:
    """How its columns are read."""
    return Plan.from_json(plan_kept(import_))


def stage(import_: Import) -> str:
    """How far a run is, in words that change seldom enough to be read aloud."""
    if import_.etat is EtatImport.EN_COURS and import_.lignes_faites and import_.lignes_total:
        quarters = 4 * import_.lignes_faites // import_.lignes_total
        return f"Enregistrement à {25 * quarters}\u00a0%."
    return STAGES.get(import_.etat, "Terminé.")


def at_rest(import_id: int) -> bool:
    """Has the worker nothing left to do for that import? True as well when it is gone."""
    etat = session().scalar(select(Import.etat).where(Import.id == import_id))
    return etat not in WAITING


def open_corrected(import_: Import, stockage: Stockage) -> BinaryIO:
    """The person's own workbook, only the rows to mend. Raise Introuvable without any."""
    if import_.etat is not EtatImport.FAIT or not given_back(import_):
        raise Introuvable("Cet import n’a pas de ligne à corriger, ou son fichier a été effacé.")
    if import_.corrige:
        return stockage.open(import_.corrige)
    return io.BytesIO(corrected(import_, stockage))


def corrected(import_: Import, stockage: Stockage) -> bytes:
    """That workbook, made now."""
    with stockage.open(import_.fichier) as contenu:
        original = contenu.read()
    feuilles = feuilles_of(import_, stockage)
    return give_back(import_.nom, original, feuilles, plan_of(import_), refused(import_))


def given_back(import_: Import) -> bool:
    """Are there rows that were not taken, or lines too many to be read?"""
    return bool(import_.bilan.get("refus") or import_.bilan.get("reste"))


def refused(import_: Import) -> dict[int, str]:
    """What to mend, by line of the file."""
    kept = import_.bilan.get("refus")
    return {int(line): str(told) for line, told in kept.items()} if isinstance(kept, dict) else {}
