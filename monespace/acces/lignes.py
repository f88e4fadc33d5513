"""The rows of the grid of rights: the whole company, then its établissements, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select

from monespace.db import session
from monespace.organisations.models import TOUS, Entreprise, Etablissement, Organisation
from monespace.recherche import normalise, terms
from monespace.typographie import siren, siret

ROWS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Lieu:
    """A row: the whole company (`*`, no établissement) or one SIRET."""

    siret: str
    etablissement_id: int | None
    titre: str
    detail: str

    @property
    def entreprise(self) -> bool:
        return self.siret == TOUS


@dataclass(frozen=True, slots=True)
class Lignes:
    """The rows shown, the company first, among `total` établissements that match."""

    lieux: tuple[Lieu, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS_A_PAGE))


def lignes(organisation_id: int, first: Sequence[str], q: str = "", page: int = 1) -> Lignes:
    """One page of rows: the SIRETs of `first` in their order, then the others by SIRET."""
    entreprise = _entreprise(organisation_id)
    ranked = _known(entreprise, first)
    if words := terms(q):
        found = _matching(entreprise, words)
        ranked = [one for one in ranked if one in found]
        others = [one for one in found if one not in set(ranked)]
        total = len(ranked) + len(others)
        page = _within(page, total)
        start = (page - 1) * ROWS_A_PAGE
        wanted = [*ranked, *others][start : start + ROWS_A_PAGE]
    else:
        rest = _others(entreprise, ranked)
        total = len(ranked) + (session().scalar(rest.with_only_columns(func.count())) or 0)
        page = _within(page, total)
        start = (page - 1) * ROWS_A_PAGE
        wanted = ranked[start : start + ROWS_A_PAGE]
        if missing := ROWS_A_PAGE - len(wanted):
            after = max(0, start - len(ranked))
            ordered = rest.order_by(Etablissement.siret).offset(after).limit(missing)
            wanted = [*wanted, *session().scalars(ordered)]
    return Lignes((_whole(entreprise), *_drawn(wanted)), total, page)


def ids_of(organisation_id: int, sirets: Collection[str]) -> dict[str, int]:
    """The établissements of the company among these SIRETs."""
    rows = session().execute(
        select(Etablissement.siret, Etablissement.id)
        .join(Organisation, Organisation.entreprise_id == Etablissement.entreprise_id)
        .where(Organisation.id == organisation_id, Etablissement.siret.in_(_written(sirets)))
    )
    return {one.siret: one.id for one in rows}


def titles_of(sirets: Collection[str]) -> dict[str, str]:
    """What the établissements of these SIRETs are called."""
    rows = session().scalars(select(Etablissement).where(Etablissement.siret.in_(_written(sirets))))
    return {one.siret: title(one) for one in rows}


def _written(sirets: Collection[str]) -> list[str]:
    """Those that are written as SIRETs are: a database cannot even be asked for some others."""
    return sorted(one for one in sirets if one.isascii() and one.isdigit())


def title(one: Etablissement) -> str:
    """«Delorme Croix-Rousse», its town when it has no name."""
    return one.enseigne or one.commune


def _entreprise(organisation_id: int) -> Entreprise:
    return session().get_one(Organisation, organisation_id).entreprise


def _within(page: int, total: int) -> int:
    return min(max(page, 1), max(1, -(-total // ROWS_A_PAGE)))


def _of(entreprise: Entreprise) -> ColumnElement[bool]:
    # A SIRET begins with its SIREN: its index gives the rows in their order, however many.
    return and_(
        Etablissement.entreprise_id == entreprise.id,
        Etablissement.siret >= entreprise.siren,
        Etablissement.siret < f"{entreprise.siren}:",
    )


def _known(entreprise: Entreprise, sirets: Sequence[str]) -> list[str]:
    if not sirets:
        return []
    known = set(
        session().scalars(
            select(Etablissement.siret).where(_of(entreprise), Etablissement.siret.in_(sirets))
        )
    )
    return [one for one in sirets if one in known]


def _others(entreprise: Entreprise, ranked: Sequence[str]) -> Select[str]:
    statement = select(Etablissement.siret).where(_of(entreprise), Etablissement.actif)
    return statement.where(Etablissement.siret.not_in(ranked)) if ranked else statement


def _matching(entreprise: Entreprise, words: tuple[str, ...]) -> list[str]:
    rows = session().execute(
        select(Etablissement.siret, Etablissement.enseigne, Etablissement.commune)
        .where(_of(entreprise))
        .order_by(Etablissement.siret)
    )
    return [
        siret
        for siret, enseigne, commune in rows
        if all(word in normalise(f"{enseigne} {commune} {siret}") for word in words)
    ]


def _drawn(sirets: Sequence[str]) -> list[Lieu]:
    if not sirets:
        return []
    rows = session().scalars(select(Etablissement).where(Etablissement.siret.in_(sirets)))
    by_siret = {one.siret: one for one in rows}
    return [_lieu(by_siret[one]) for one in sirets]


def _lieu(one: Etablissement) -> Lieu:
    titre = title(one)
    town = "" if normalise(one.commune) in normalise(titre) else f"{one.commune} · "
    ceased = "" if one.actif else " · fermé"
    return Lieu(one.siret, one.id, titre, f"{town}SIRET {siret(one.siret)}{ceased}")


def _whole(entreprise: Entreprise) -> Lieu:
    return Lieu(TOUS, None, "Toute l’entreprise", f"SIREN {siren(entreprise.siren)}")
