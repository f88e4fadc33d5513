"""The dossiers of the demo that pages are looked at on."""

from sqlalchemy import select

from monespace.db import session
from monespace.dossiers.completude import lacunes
from monespace.dossiers.models import Dossier, Statut
from tests.support.pages.visite import Found


def dossiers_of_the_demo(most: int) -> Found:
    """One dossier of the demo for each look that a page can have."""
    rows = session().scalars(
        select(Dossier)
        .where(Dossier.etablissement.has(entreprise_id=1))
        .order_by(Dossier.id.desc())
        .limit(400)
    )
    found: dict[str, Dossier] = {}
    for row in rows:
        found.setdefault(row.statut, row)
        if row.lot:
            found.setdefault("part", row)
        if row.statut is Statut.BROUILLON:
            _sort_out(found, row, most)
    return found


def _sort_out(found: dict[str, Dossier], row: Dossier, most: int) -> None:
    if row.en_attente:
        found.setdefault("waiting", row)
        return
    people = len(row.stagiaires)
    if 3 <= people < most:
        found.setdefault("people", row)
    if not any(lacune.manque.blocks for lacune in lacunes(row)):
        found.setdefault("complete", row)
    elif row.saisies.get("date_fin"):
        found.setdefault("unreadable", row)
