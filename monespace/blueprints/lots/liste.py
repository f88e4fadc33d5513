"""The lots, one lot and its parts."""

from collections.abc import Sequence

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.lots import bp
from monespace.blueprints.lots.etape import common_steps
from monespace.blueprints.pourquoi import lacking, who_can_grant
from monespace.dossiers import lots
from monespace.dossiers.models import Dossier, Lot
from monespace.guard import listing, needs
from monespace.page import page
from monespace.pages import several
from monespace.policy import Can, Raison


@bp.get("")
@listing(Lot)
def liste() -> ResponseReturnValue:
    found = lots.page_of(
        identite.acteur(), request.args.get("apres", ""), request.args.get("avant", "")
    )
    return page(
        "lots/liste.html",
        titre="Lots",
        found=found,
        count=several(found.count, "lot", "lots"),
        previous=url_for("lots.liste", avant=found.previous) if found.previous else None,
        following=url_for("lots.liste", apres=found.following) if found.following else None,
    )


@bp.get("/<cle>")
@needs(Lot, Can.VIEW)
def lot(lot: Lot) -> ResponseReturnValue:
    acteur = identite.acteur()
    bilan, editable = lots.bilan(acteur, lot), lots.allowed(acteur, lot, Can.EDIT)
    sendable = [one for one in lots.allowed(acteur, lot, Can.SUBMIT) if not lots.sent(one)]
    pourquoi = _lacking(bilan.parties)
    return page(
        "lots/lot.html",
        titre=f"Lot {lot.reference}",
        bilan=bilan,
        lacks={one.cle: len(lots.blocking(one)) for one in bilan.parties if not lots.sent(one)},
        common_steps=common_steps(editable[0]) if editable else [],
        sendable=sendable,
        pourquoi=pourquoi,
        administrateurs=who_can_grant(pourquoi),
        ready=sum(not lots.blocking(one) for one in sendable),
    )


def _lacking(parties: Sequence[Dossier]) -> dict[str, Raison]:
    """What a right keeps closed on some part that is not sent, told for the first of them."""
    found: dict[str, Raison] = {}
    for one in parties:
        if not lots.sent(one):
            found = {**lacking(one, (Can.EDIT, Can.SUBMIT)), **found}
    return found
