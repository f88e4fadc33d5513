"""What pages read of requests, always through `policy`."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import joinedload

from monespace import horloge, pages, policy
from monespace.acces.filtres import SORT, FiltreDemandes
from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.db import KEY_ALPHABET, session
from monespace.notifications.queries import counting_unread
from monespace.organisations.models import Organisation, Rattachement
from monespace.pages import Page
from monespace.policy import Can
from monespace.recherche import normalise, terms

BADGE_CEILING = 99
SEARCHED_MOST = 5000
PEOPLE = (joinedload(DemandeAcces.utilisateur), joinedload(DemandeAcces.rattachement))


def page_of(
    acteur: Acteur, filtre: FiltreDemandes, after: str = "", before: str = ""
) -> Page[DemandeAcces]:
    """The page of requests that starts after, or ends before, a cursor of a former page."""
    return pages.page_of(_matching(acteur, filtre), SORT, after, before, *PEOPLE)


def counts(acteur: Acteur) -> dict[EtatDemande, int]:
    """How many requests are in each state."""
    rows = session().execute(
        _of_the_inbox(acteur)
        .with_only_columns(DemandeAcces.etat, func.count())
        .group_by(DemandeAcces.etat)
    )
    return {etat: number for etat, number in rows}  # noqa: C416 - rows are not pairs to mypy


def several(acteur: Acteur, cles: Sequence[str]) -> Sequence[DemandeAcces]:
    """Those of these keys that are in the inbox, the oldest first."""
    known = [cle for cle in cles if set(KEY_ALPHABET).issuperset(cle)]
    chosen = _of_the_inbox(acteur).where(DemandeAcces.cle.in_(known))
    ordered = chosen.order_by(DemandeAcces.cree_le, DemandeAcces.id).options(*PEOPLE)
    return session().scalars(ordered).all()


def oldest_waiting(acteur: Acteur, most: int) -> Sequence[DemandeAcces]:
    """The requests that this person may decide, the oldest first."""
    chosen = _to_decide(acteur)
    if chosen is None:
        return ()
    ordered = chosen.order_by(DemandeAcces.cree_le, DemandeAcces.id).limit(most)
    return session().scalars(ordered.options(*PEOPLE)).all()


def waiting(acteur: Acteur) -> int:
    """How many requests this person may decide; 100 for all that is over 99."""
    return session().scalar(_counting_waiting(acteur)) or 0


def at_the_top(acteur: Acteur) -> tuple[int, int]:
    """What every page tells, in one statement: notifications unread, requests to decide."""
    unread, waiting = session().execute(_at_the_top(acteur, horloge.today())).one()
    return unread, waiting


# Building it takes longer than running it; some rules look at the day.
@lru_cache(maxsize=256)
def _at_the_top(acteur: Acteur, today: date) -> Select[int, int]:
    return select(
        counting_unread(acteur).scalar_subquery(), _counting_waiting(acteur).scalar_subquery()
    )


def _counting_waiting(acteur: Acteur) -> Select[int]:
    chosen = _to_decide(acteur)
    if chosen is None:
        return select(literal(0))
    few = chosen.with_only_columns(DemandeAcces.id).limit(BADGE_CEILING + 1)
    return select(func.count()).select_from(few.subquery())


def decidable(acteur: Acteur, demandes: Iterable[DemandeAcces]) -> frozenset[int]:
    """The ids of those that this person may decide now."""
    ids = sorted(one.id for one in demandes)
    chosen = _to_decide(acteur)
    if chosen is None or not ids:
        return frozenset()
    rows = chosen.with_only_columns(DemandeAcces.id).where(DemandeAcces.id.in_(ids))
    return frozenset(session().scalars(rows))


def oversees(acteur: Acteur) -> bool:
    """May this person see who may do what in their organisation?"""
    return policy.somewhere(acteur, Organisation, Can.OVERSEE)


def _to_decide(acteur: Acteur) -> Select[DemandeAcces] | None:
    """None for who may decide nothing, whatever is asked."""
    if not policy.somewhere(acteur, DemandeAcces, Can.DECIDE):
        return None
    return select(DemandeAcces).where(policy.allows(acteur, DemandeAcces, Can.DECIDE))


def _of_the_inbox(acteur: Acteur) -> Select[DemandeAcces]:
    # One's own requests to other organisations are visible too; they are not of this inbox.
    return policy.visible(acteur, DemandeAcces).where(
        DemandeAcces.organisation_id == acteur.organisation_id
    )


def _matching(acteur: Acteur, filtre: FiltreDemandes) -> Select[DemandeAcces]:
    chosen = _of_the_inbox(acteur).where(DemandeAcces.etat == filtre.etat)
    if filtre.genre:
        chosen = chosen.where(DemandeAcces.genre == filtre.genre)
    if words := terms(filtre.q):
        chosen = chosen.where(DemandeAcces.id.in_(_found(chosen, words)))
    return chosen


def _found(chosen: Select[DemandeAcces], words: tuple[str, ...]) -> list[int]:
    """Accents and case do not count, which no database says the same way."""
    rows = session().execute(
        chosen.join(DemandeAcces.utilisateur)
        .join(DemandeAcces.rattachement)
        .with_only_columns(
            DemandeAcces.id,
            Utilisateur.prenom,
            Utilisateur.nom,
            Utilisateur.courriel,
            Rattachement.siren_mandataire,
        )
        .order_by(DemandeAcces.id.desc())
        .limit(SEARCHED_MOST)
    )
    return [
        row_id
        for row_id, *texts in rows
        if all(word in normalise(" ".join(texts)) for word in words)
    ]
