"""What the other nouns read of companies, before any right is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, bindparam, select

from monespace.db import session
from monespace.organisations.models import Entreprise, Etablissement, Organisation
from monespace.recherche import terms

MOST_FOUND = 20
SHORTEST_NAME = 2
SIREN_DIGITS, SIRET_DIGITS = 9, 14

# Built once: nearly every page asks for it.
OF_ORGANISATION = (
    select(Etablissement)
    .join(Organisation, Organisation.entreprise_id == Etablissement.entreprise_id)
    .where(Organisation.id == bindparam("organisation_id"))
    .order_by(Etablissement.siret)
)


@dataclass(frozen=True, slots=True)
class Trouvee:
    """What anybody can read of a company in SIRENE. `commune` is that of its siège, or empty."""

    siren: str
    raison_sociale: str
    commune: str


def etablissements_of(organisation_id: int | None) -> Sequence[Etablissement]:
    """Every établissement of the organisation, by SIRET."""
    return session().scalars(OF_ORGANISATION, {"organisation_id": organisation_id}).all()


def find(typed: str) -> Sequence[Trouvee]:
    """Companies by SIREN, by a SIRET of theirs, or by words of their name: 20 at most.

    It looks at companies alone: whether one has a space, a code or an administrateur must not
    show. A company that ceased is found by its number only.
    """
    wanted = _wanted(typed)
    if wanted is None:
        return ()
    siege = and_(Etablissement.entreprise_id == Entreprise.id, Etablissement.siege)
    rows = session().execute(
        select(Entreprise.siren, Entreprise.raison_sociale, Etablissement.commune)
        .outerjoin(Etablissement, siege)
        .where(wanted)
        .order_by(Entreprise.recherche, Entreprise.siren)
        .limit(MOST_FOUND)
    )
    return [Trouvee(siren, nom, commune or "") for siren, nom, commune in rows]


def _wanted(typed: str) -> ColumnElement[bool] | None:
    words = terms(typed.replace("-", " ").replace(".", " "))
    if sum(map(len, words)) < SHORTEST_NAME:
        return None
    if words[0].isdigit() and len(words[0]) in (SIREN_DIGITS, SIRET_DIGITS):
        return Entreprise.siren == words[0][:SIREN_DIGITS]
    named = (Entreprise.recherche.contains(word, autoescape=True) for word in words)
    return and_(Entreprise.active, *named)
