"""Everything that happened to the accesses of an organisation."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, false, or_, select

from monespace import pages, policy
from monespace.acces.actes import called, details
from monespace.acces.models import DemandeAcces, Invitation
from monespace.acteur import Acteur, Role
from monespace.activation.models import CodeActivation, Courrier
from monespace.comptes.models import Utilisateur
from monespace.db import Base, session
from monespace.journal import Evenement
from monespace.organisations.models import Entreprise, Etablissement, Organisation, Rattachement
from monespace.pages import Page, Sort
from monespace.policy import Can

SORT = Sort("Date", Evenement.id, True)

# Kinds of rows, as the filter calls them.
GENRES: Mapping[str, str] = {
    Rattachement.__tablename__: "Personnes et droits",
    DemandeAcces.__tablename__: "Demandes d’accès",
    Invitation.__tablename__: "Invitations",
    CodeActivation.__tablename__: "Codes d’activation",
    Courrier.__tablename__: "Courriers",
    Organisation.__tablename__: "Réglages",
    Entreprise.__tablename__: "Entreprise, selon SIRENE",
    Etablissement.__tablename__: "Établissements, selon SIRENE",
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """One act: when, who did it, what, on whom, and what changed, a sentence each."""

    instant: datetime
    auteur: str
    acte: str
    sujet: str
    details: tuple[str, ...]
    opco: bool


def page_of(
    acteur: Acteur,
    personne: Rattachement | None = None,
    genre: str = "",
    after: str = "",
    before: str = "",
) -> tuple[Page[Evenement], list[Ligne]]:
    """One page of the journal the acteur may see, the latest first, about a person or a kind."""
    page = pages.page_of(_chosen(acteur, personne, genre), SORT, after, before)
    return page, _lines(page.rows)


def _chosen(acteur: Acteur, personne: Rattachement | None, genre: str) -> Select[Evenement]:
    kinds = [genre] if genre in GENRES else list(GENRES)
    chosen = policy.visible(acteur, Evenement).where(Evenement.objet.in_(kinds))
    if personne is None:
        return chosen
    about = [
        and_(Evenement.objet == model.__tablename__, Evenement.objet_id.in_(ids))
        for model, ids in _rows_about(personne)
    ]
    return chosen.where(or_(false(), *about))


def _rows_about(personne: Rattachement) -> Iterable[tuple[type[Base], Select[int]]]:
    courriel = select(Utilisateur.courriel).where(Utilisateur.id == personne.utilisateur_id)
    yield Rattachement, select(Rattachement.id).where(Rattachement.id == personne.id)
    yield (
        DemandeAcces,
        select(DemandeAcces.id).where(DemandeAcces.rattachement_id == personne.id),
    )
    yield (
        Invitation,
        select(Invitation.id).where(
            Invitation.organisation_id == personne.organisation_id,
            Invitation.courriel == courriel.scalar_subquery(),
        ),
    )


def person_in(acteur: Acteur, cle: str) -> Rattachement | None:
    """The rattachement that a filter names. Raise Introuvable for one that may not be seen."""
    return policy.load(acteur, Rattachement, cle, Can.VIEW) if cle else None


def _lines(rows: Sequence[Evenement]) -> list[Ligne]:
    names = _names(rows)
    members = _members(rows)
    return [
        Ligne(
            one.instant,
            one.auteur,
            called(one),
            names.get((one.objet, one.objet_id or 0), ""),
            tuple(details(one)),
            one.utilisateur_id not in members,
        )
        for one in rows
    ]


def _members(rows: Sequence[Evenement]) -> set[int | None]:
    """Those of the authors who are of a company: the others are the OPCO or the portal."""
    authors = {one.utilisateur_id for one in rows if one.utilisateur_id}
    found = session().scalars(
        select(Utilisateur.id).where(Utilisateur.id.in_(authors), Utilisateur.role == Role.MEMBRE)
    )
    return set(found)


def _names(rows: Sequence[Evenement]) -> dict[tuple[str, int], str]:
    """What each row of these acts is called."""
    ids: dict[str, set[int]] = {}
    for one in rows:
        if one.objet_id is not None:
            ids.setdefault(one.objet, set()).add(one.objet_id)
    found: dict[tuple[str, int], str] = {}
    for model in (Rattachement, DemandeAcces):
        people = session().execute(
            select(model.id, Utilisateur)
            .join(Utilisateur, Utilisateur.id == model.utilisateur_id)
            .where(model.id.in_(ids.get(model.__tablename__, set())))
        )
        found |= {(model.__tablename__, key): person.nom_complet for key, person in people}
    addresses = session().execute(
        select(Invitation.id, Invitation.courriel).where(
            Invitation.id.in_(ids.get(Invitation.__tablename__, set()))
        )
    )
    return found | {(Invitation.__tablename__, key): courriel for key, courriel in addresses}
