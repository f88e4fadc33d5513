"""What pages show of dossiers, always through `policy`."""

from collections.abc import Sequence

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import defer, joinedload, selectinload

from monespace import pages, policy
from monespace.acteur import Acteur
from monespace.db import KEY_ALPHABET, session
from monespace.dossiers.filtres import Filtre
from monespace.dossiers.models import Dossier, Modification, Stagiaire, Statut
from monespace.pages import COUNT_CEILING, Page
from monespace.refus import Introuvable

# What a line of the list shows, and what it does not.
OPTIONS = (
    joinedload(Dossier.etablissement),
    joinedload(Dossier.lot),
    defer(Dossier.reponses),
    defer(Dossier.saisies),
)


def page_of(acteur: Acteur, filtre: Filtre, after: str = "", before: str = "") -> Page[Dossier]:
    """The page that starts after, or ends before, a cursor of a former page."""
    return pages.page_of(matching(acteur, filtre), filtre.sort, after, before, *OPTIONS)


def matching(acteur: Acteur, filtre: Filtre) -> Select[Dossier]:
    """The dossiers of the filter that the acteur may see, in no order."""
    return policy.visible(acteur, Dossier).where(*filtre.conditions())


def latest(acteur: Acteur, most: int = 5) -> Sequence[Dossier]:
    """The dossiers touched last."""
    return _first(policy.visible(acteur, Dossier), most)


def drafts(acteur: Acteur, most: int = 5, dispositif: str | None = None) -> Sequence[Dossier]:
    """The brouillons the acteur may go on with, the one touched last first."""
    chosen = select(Dossier).where(policy.allows(acteur, Dossier, policy.Can.EDIT))
    if dispositif:
        chosen = chosen.where(Dossier.dispositif == dispositif)
    return _first(chosen, most)


def to_complete(acteur: Acteur, most: int = 10) -> Sequence[Dossier]:
    """The dossiers the OPCO waits for this person to answer on."""
    return _first(select(Dossier).where(policy.allows(acteur, Dossier, policy.Can.ANSWER)), most)


def counts_by_state(acteur: Acteur) -> dict[Statut, int]:
    """How many visible dossiers there are in each state, counted no further than the ceiling."""
    seen = policy.visible(acteur, Dossier).with_only_columns(Dossier.id)
    # The same count for each: planned once, however many there are. VALUES would be compiled anew
    # each time.
    states = union_all(
        *(select(literal(one, Dossier.statut.type).label("statut")) for one in Statut)
    ).cte("states")
    there = seen.where(Dossier.statut == states.c.statut).correlate(states)
    count = select(func.count()).select_from(there.limit(COUNT_CEILING + 1).subquery())
    each = select(states.c.statut, count.correlate(states).label("nombre"))
    return {row.statut: row.nombre for row in session().execute(each)}


def of_salarie(acteur: Acteur, salarie_id: int, most: int = 50) -> Sequence[Dossier]:
    """The dossiers where that person of the directory is, the one touched last first."""
    there = Dossier.stagiaires.any(Stagiaire.salarie_id == salarie_id)
    return _first(policy.visible(acteur, Dossier).where(there), most)


def stagiaire_of(dossier: Dossier, cle: str) -> Stagiaire:
    """One person of a dossier that was loaded by `policy`. Raise Introuvable."""
    for stagiaire in dossier.stagiaires:
        if stagiaire.cle == cle:
            return stagiaire
    raise Introuvable()


def was_in(dossier: Dossier, cle: str) -> bool:
    """Was somebody of that key in the dossier once?"""
    if not set(KEY_ALPHABET).issuperset(cle):
        return False
    told = select(Modification.id).where(
        Modification.dossier_id == dossier.id, Modification.chemin == f"stagiaires/{cle}"
    )
    return session().scalar(told.limit(1)) is not None


def _first(chosen: Select[Dossier], most: int) -> Sequence[Dossier]:
    return (
        session()
        .scalars(
            chosen.options(
                joinedload(Dossier.etablissement),
                selectinload(Dossier.stagiaires),
                selectinload(Dossier.en_attente),
                selectinload(Dossier.pieces),
                selectinload(Dossier.demandes),
            )
            .order_by(Dossier.maj_le.desc(), Dossier.id.desc())
            .limit(most)
        )
        .all()
    )
