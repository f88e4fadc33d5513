"""A code typed by a person is tried: counted first, then compared, outside any transaction."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.activation import empreinte
from monespace.activation.alerte import alert
from monespace.activation.codes import MalEcrit, read
from monespace.activation.models import CodeActivation
from monespace.coffre import Coffre
from monespace.comptes import essais
from monespace.comptes.models import Compteur
from monespace.db import Database, session
from monespace.organisations.models import Entreprise, Organisation, Profil

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PER_COMPANY = 5
PER_ACCOUNT = 10
PER_ADDRESS = 60
# A company is never locked by strangers: beyond these tries of an hour, whoever made them, each
# takes longer, and the people in charge are told.
SLOWED_FROM = 20
EACH_SLOWER_BY_S, SLOWEST_S = 0.05, 1.0
UNBOUNDED = 2**30
SIREN_LENGTH = 9


@dataclass(frozen=True, slots=True)
class Bon:
    """It is the code in force: `actions.use` takes it."""

    code_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class Expire:
    """It was the right code, until then."""

    le: datetime


@dataclass(frozen=True, slots=True)
class AutreProfil:
    """It is the code of the same SIREN under the other profile."""

    profil: Profil


@dataclass(frozen=True, slots=True)
class Faux:
    """It is no code in force: wrong, stopped, never issued, all the same."""

    restants: int


@dataclass(frozen=True, slots=True)
class Attendre:
    """Too many tries: nothing was compared, and nothing will be before then."""

    jusqu_a: datetime


Issue = Bon | Expire | AutreProfil | Faux | Attendre


class _Trop(Exception):
    def __init__(self, jusqu_a: datetime) -> None:
        super().__init__()
        self.jusqu_a = jusqu_a


def attempt(
    database: Database,
    coffre: Coffre,
    acteur: Acteur,
    siren: str,
    profil: Profil,
    typed: str,
    adresse: str,
    sleep: Callable[[float], None] = time.sleep,
) -> Issue:
    """Try what a person typed for that SIREN and profile, from that network address.

    Call it before the transaction of the request opens. Raise MalEcrit, uncounted, for what is
    not written like a code. `adresse` is the remote address as the server knows it.
    """
    code = read(typed)
    if not (siren.isascii() and siren.isdigit() and len(siren) == SIREN_LENGTH):
        raise MalEcrit("Un SIREN compte neuf chiffres\u00a0: vérifiez celui de votre courrier.")
    try:
        with database.transaction():
            left, many = _count(acteur, siren, adresse)
    except _Trop as trop:
        return Attendre(trop.jusqu_a)
    if many >= SLOWED_FROM:
        sleep(min(SLOWEST_S, (many - SLOWED_FROM + 1) * EACH_SLOWER_BY_S))
    with database.reading():
        kept = _in_force(siren)
    # Both profiles, codes or not: the time says nothing of what exists.
    right = [
        one
        for one in Profil
        if empreinte.verify(coffre, kept[one].empreinte if one in kept else None, code, siren, one)
    ]
    if not right:
        return Faux(left)
    with database.transaction():
        for nom, _, _ in _limits(acteur, siren, adresse):
            essais.give_back(nom)
    return _told(kept[profil] if profil in right else None, right[0])


def _told(code: CodeActivation | None, held: Profil) -> Issue:
    """What who holds a right code may know."""
    if code is None:
        return AutreProfil(held)
    if code.expire_le <= horloge.now():
        return Expire(code.expire_le)
    return Bon(code.id, code.organisation_id)


def _limits(acteur: Acteur, siren: str, adresse: str) -> tuple[tuple[str, int, timedelta], ...]:
    """Name, limit and window of what is counted. In this order everywhere, lest they deadlock."""
    who = acteur.utilisateur_id
    return (
        (f"code {who} {siren}", PER_COMPANY, HOUR),
        (f"code {who}", PER_ACCOUNT, DAY),
        (f"code {_network(adresse)}", PER_ADDRESS, HOUR),
        (f"code {siren}", UNBOUNDED, HOUR),
    )


def _count(acteur: Acteur, siren: str, adresse: str) -> tuple[int, int]:
    """Count one try everywhere, or nowhere. Return what is left, and the tries at that SIREN.

    Raise _Trop.
    """
    counted = []
    for nom, limite, fenetre in _limits(acteur, siren, adresse):
        counted.append(essais.count(nom, limite, fenetre))
        if counted[-1] > limite:
            raise _Trop(_since(nom) + fenetre)
    company, account, _, many = counted
    if many == SLOWED_FROM:
        alert(siren, many)
    return min(PER_COMPANY - company, PER_ACCOUNT - account), many


def _since(nom: str) -> datetime:
    return session().scalars(select(Compteur.depuis).where(Compteur.nom == nom)).one()


def _network(adresse: str) -> str:
    """The /24 or the /56 an address belongs to: one person has many addresses there."""
    try:
        ip = ip_address(adresse)
    except ValueError:
        return "?"
    mapped = getattr(ip, "ipv4_mapped", None)
    ip = mapped or ip
    return str(ip_network(f"{ip}/{24 if ip.version == 4 else 56}", strict=False))


def _in_force(siren: str) -> dict[Profil, CodeActivation]:
    """The codes of that SIREN that were not revoked, by profile."""
    rows = session().execute(
        select(Organisation.profil, CodeActivation)
        .join(CodeActivation, CodeActivation.organisation_id == Organisation.id)
        .join(Entreprise, Entreprise.id == Organisation.entreprise_id)
        .where(Entreprise.siren == siren, CodeActivation.revoque_le.is_(None))
    )
    return {row[0]: row[1] for row in rows}
