"""What a test knows of the small world, once its objects are gone."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.monde.distribution import Place


@dataclass(frozen=True)
class DossierConnu:
    """What a test needs of a dossier of the world, once its objects are gone."""

    place: Place
    id: int
    cle: str
    designation: str
    mark: str
    salarie: str
    piece: str
    type_piece: str


@dataclass(frozen=True)
class SalarieConnu:
    """Somebody of the directory, once the objects are gone."""

    societe: str
    lieu: str
    id: int
    cle: str
    mark: str


@dataclass(frozen=True)
class Monde:
    """Everything by its name: addresses to sign in with, dossiers, SIRETs, keys of exports."""

    courriels: Mapping[str, str]
    dossiers: Mapping[str, DossierConnu]
    sirets: Mapping[tuple[str, str], str]
    exports: Mapping[str, str]
    imports: Mapping[str, str]
    lots: Mapping[str, str]
    salaries: Mapping[str, SalarieConnu]
    codes: Mapping[str, str]
    # Keys of a session of theirs, of a form that was kept for them.
    sessions: Mapping[str, str]
    saisies: Mapping[str, str]
    notifications: Mapping[str, str]
    # By who belongs there.
    rattachements: Mapping[str, str]
    invitations: Mapping[str, str]
    # By who waits for an answer.
    demandes: Mapping[str, str]
    organisations: Mapping[str, str]
    # What the OPCO agreed with a company, by company.
    prevus: Mapping[str, str]
