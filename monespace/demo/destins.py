"""How each dossier of the demo ends up: in which state, since when, after what."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from monespace.demo.entreprises import CROIX_ROUSSE
from monespace.dossiers.models import Statut


class Ebauche(StrEnum):
    """How far a brouillon was taken."""

    COMMENCEE = "commencée"
    MOITIE = "moitié"
    ILLISIBLE = "illisible"
    SALARIES_INCOMPLETS = "salariés incomplets"
    COMPLETE = "complète"


@dataclass(frozen=True, slots=True)
class Destin:
    """The state a dossier reaches. `age` bounds how many days ago it was sent (for a brouillon,
    last written); `demande` when pieces were asked for on the way, `depuis` the state in which
    it was refused or cancelled; `siret` when it must be of that établissement, `complet`
    when it holds as many people as it may."""

    statut: Statut
    age: tuple[int, int]
    demande: bool = False
    depuis: Statut = Statut.EN_INSTRUCTION
    ebauche: Ebauche = Ebauche.COMPLETE
    siret: str = ""
    complet: bool = False


def _brouillon(ebauche: Ebauche, oldest: int, siret: str = "") -> Destin:
    return Destin(Statut.BROUILLON, (0, oldest), ebauche=ebauche, siret=siret)


# How many dossiers of each fate Maison Delorme and Claire Propreté have. Ages leave each fate
# the time it takes: a dossier is paid up about six months after it was sent.
QUOTAS = (
    (_brouillon(Ebauche.COMMENCEE, 40), 4, 1),
    (_brouillon(Ebauche.MOITIE, 60), 10, 3),
    (_brouillon(Ebauche.MOITIE, 10, CROIX_ROUSSE), 2, 0),
    (_brouillon(Ebauche.ILLISIBLE, 21), 6, 2),
    (_brouillon(Ebauche.SALARIES_INCOMPLETS, 21), 4, 2),
    (_brouillon(Ebauche.COMPLETE, 10), 3, 2),
    (Destin(Statut.BROUILLON, (0, 5), complet=True), 1, 0),
    (_brouillon(Ebauche.COMPLETE, 5, CROIX_ROUSSE), 1, 0),
    (_brouillon(Ebauche.MOITIE, 200), 3, 1),
    (Destin(Statut.TRANSMIS, (0, 6)), 18, 6),
    (Destin(Statut.EN_INSTRUCTION, (9, 21)), 18, 6),
    (Destin(Statut.EN_INSTRUCTION, (25, 32), demande=True), 6, 2),
    (Destin(Statut.A_COMPLETER, (9, 19)), 13, 5),
    (Destin(Statut.A_COMPLETER, (9, 14), siret=CROIX_ROUSSE), 1, 0),
    (Destin(Statut.ENGAGE, (20, 330)), 91, 24),
    (Destin(Statut.ENGAGE, (20, 90), complet=True), 1, 0),
    (Destin(Statut.ENGAGE, (35, 330), demande=True), 20, 6),
    (Destin(Statut.REFUSE, (25, 400)), 15, 4),
    (Destin(Statut.REFUSE, (35, 400), depuis=Statut.A_COMPLETER), 7, 2),
    (Destin(Statut.ANNULE, (16, 400), depuis=Statut.TRANSMIS), 4, 1),
    (Destin(Statut.ANNULE, (22, 400)), 4, 2),
    (Destin(Statut.ANNULE, (35, 400), depuis=Statut.ENGAGE), 8, 2),
    (Destin(Statut.SOLDE, (220, 410)), 68, 17),
    (Destin(Statut.SOLDE, (230, 410), demande=True), 14, 4),
)


def of_delorme() -> Iterator[Destin]:
    """The fate of each dossier of Maison Delorme."""
    return (destin for destin, count, _ in QUOTAS for _ in range(count))


def of_claire_proprete() -> Iterator[Destin]:
    """The fate of each dossier of Claire Propreté."""
    return (destin for destin, _, count in QUOTAS for _ in range(count))
