"""The life of letters, as their company and the OPCO see it; never a code."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from monespace import horloge, policy
from monespace.acteur import Acteur
from monespace.activation.codes import last_day
from monespace.activation.models import CodeActivation, Courrier, UsageCode
from monespace.db import session
from monespace.policy import Can

# The latest: an organisation gets a letter or two a year.
MOST_LETTERS = 50


class Etape(StrEnum):
    """How far a letter has come."""

    DEMANDE = "En attente d’impression"
    PRODUIT = "Imprimé"
    REMIS = "Remis à La Poste"
    RECU = "Valable"
    EXPIRE = "Expiré"
    ARRETE = "Arrêté"


@dataclass(frozen=True, slots=True)
class Vie:
    """One letter, its code's state, and what the code was used for, the latest use first."""

    courrier: Courrier
    etape: Etape
    usages: Sequence[UsageCode]
    may_revoke: bool

    @property
    def code(self) -> CodeActivation | None:
        return self.courrier.code

    @property
    def dernier_jour(self) -> date | None:
        """The last day on which its code may be used."""
        return last_day(self.code.expire_le) if self.code else None


def lives(acteur: Acteur, organisation_id: int | None) -> Sequence[Vie]:
    """The letters of that organisation that the acteur may see, the latest first."""
    found = (
        session()
        .scalars(
            policy.visible(acteur, Courrier)
            .where(Courrier.organisation_id == organisation_id)
            .order_by(Courrier.id.desc())
            .limit(MOST_LETTERS)
            .options(joinedload(Courrier.tirage), joinedload(Courrier.code))
        )
        .all()
    )
    codes = [one.code_id for one in found if one.code_id is not None]
    usages, revocable = _usages(codes), _revocable(acteur, codes)
    return [
        Vie(one, _etape(one), usages.get(one.code_id or 0, ()), one.code_id in revocable)
        for one in found
    ]


def used_by(code_id: int) -> Sequence[UsageCode]:
    """Every use of that code, the latest first."""
    return _usages([code_id]).get(code_id, ())


def _usages(codes: Collection[int]) -> Mapping[int, Sequence[UsageCode]]:
    found = defaultdict(list)
    for one in session().scalars(
        select(UsageCode).where(UsageCode.code_id.in_(codes)).order_by(UsageCode.id.desc())
    ):
        found[one.code_id].append(one)
    return found


def _revocable(acteur: Acteur, codes: Collection[int]) -> frozenset[int]:
    return frozenset(
        session().scalars(
            select(CodeActivation.id).where(
                CodeActivation.id.in_(codes),
                CodeActivation.revoque_le.is_(None),
                policy.allows(acteur, CodeActivation, Can.REVOKE),
            )
        )
    )


def _etape(courrier: Courrier) -> Etape:
    code, tirage = courrier.code, courrier.tirage
    if code is None or tirage is None:
        return Etape.DEMANDE
    if code.revoque_le is not None:
        return Etape.ARRETE
    if code.expire_le <= horloge.now():
        return Etape.EXPIRE
    if code.recu_le <= horloge.today():
        return Etape.RECU
    return Etape.REMIS if tirage.remis_le else Etape.PRODUIT
