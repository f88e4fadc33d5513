"""What pages show of lots, always through `policy`: parts one may not see do not exist."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from monespace import pages, policy
from monespace.acteur import Acteur
from monespace.db import session
from monespace.dossiers.completude import Lacune, lacunes
from monespace.dossiers.models import Dossier, Lot, Statut
from monespace.pages import Page, Sort
from monespace.policy import Can

LATEST_FIRST = Sort("Créé", Lot.cree_le, True)


@dataclass(frozen=True, slots=True)
class Bilan:
    """A lot and what its visible parts add up to; `accorde` is None before any decision."""

    lot: Lot
    parties: Sequence[Dossier]

    @property
    def intitule(self) -> str:
        return self.parties[0].intitule

    @property
    def people(self) -> int:
        return sum(part.nb_stagiaires for part in self.parties)

    @property
    def demande(self) -> int:
        return sum(part.demande_cents for part in self.parties)

    @property
    def accorde(self) -> int | None:
        decided = [part.accorde_cents for part in self.parties if part.decide_le]
        return sum(decided) if decided else None

    @property
    def states(self) -> list[tuple[Statut, int]]:
        """How many parts are in each state, in the order of a dossier's life."""
        counted = Counter(part.statut for part in self.parties)
        return [(statut, counted[statut]) for statut in Statut if counted[statut]]


def page_of(acteur: Acteur, after: str = "", before: str = "") -> Page[Bilan]:
    """The page that starts after, or ends before, a cursor of a former page."""
    found = pages.page_of(policy.visible(acteur, Lot), LATEST_FIRST, after, before)
    return Page(_bilans(acteur, found.rows), found.count, found.previous, found.following)


def bilan(acteur: Acteur, lot: Lot) -> Bilan:
    """The lot with the parts the acteur may see."""
    return Bilan(lot, session().scalars(_parts(acteur, [lot])).all())


def allowed(acteur: Acteur, lot: Lot, can: Can, lock: bool = False) -> Sequence[Dossier]:
    """The parts on which the acteur may do `can`, locked in the order of their ids if asked."""
    statement = (
        select(Dossier)
        .where(Dossier.lot_id == lot.id, policy.allows(acteur, Dossier, can))
        .order_by(Dossier.id)
        .execution_options(populate_existing=True)
    )
    if lock:
        statement = statement.with_for_update(of=Dossier)
    return sorted(session().scalars(statement), key=lambda dossier: dossier.part or 0)


def sent(dossier: Dossier) -> bool:
    """Was this part sent, so that nothing is written in it any more?"""
    return dossier.statut is not Statut.BROUILLON


def blocking(dossier: Dossier) -> list[Lacune]:
    """What keeps a part from being sent."""
    return [one for one in lacunes(dossier) if one.manque.blocks]


def _bilans(acteur: Acteur, lots: Sequence[Lot]) -> list[Bilan]:
    parts: dict[int, list[Dossier]] = {lot.id: [] for lot in lots}
    statement = _parts(acteur, lots).options(defer(Dossier.reponses), defer(Dossier.saisies))
    for dossier in session().scalars(statement):
        assert dossier.lot_id is not None
        parts[dossier.lot_id].append(dossier)
    return [Bilan(lot, parts[lot.id]) for lot in lots]


def _parts(acteur: Acteur, lots: Iterable[Lot]) -> Select[Dossier]:
    return (
        policy.visible(acteur, Dossier)
        .where(Dossier.lot_id.in_([lot.id for lot in lots]))
        .options(joinedload(Dossier.etablissement))
        .order_by(Dossier.lot_id, Dossier.part)
    )
