"""One request, who makes it, and what no request is made without."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.attendus.dossiers import droits
from tests.support.attendus.groupes import ANONYME, SEULS
from tests.support.client import Joint
from tests.support.monde import PERSONNES, Place
from tests.support.terrain import Terrain

NULLE_PART = "zzzzzzzzzzzz"
READS = ("GET", "HEAD", "OPTIONS")
FIN = {"_fin": "1"}


@dataclass(frozen=True)
class Demande:
    """One request, and the status it must get; `cle`: of the dossier that it names."""

    route: str
    path: str
    attendu: int
    about: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    joints: Mapping[str, Joint] | None = None
    cle: str = ""

    @property
    def reads(self) -> bool:
        return self.route.startswith(READS)


@dataclass(frozen=True)
class Qui:
    """Somebody who tries, and what the tables say of them."""

    terrain: Terrain
    personne: str

    def refused(self, route: str, status: int) -> int:
        if self.personne != ANONYME:
            return status
        return 303 if route.startswith(READS) else 401

    def droits(self, place: Place) -> str:
        return droits(self.personne, place)

    @property
    def alone(self) -> bool:
        return self.personne in SEULS

    def sees_accesses_of(self, whose: str) -> bool:
        """Who governs the accesses of a company sees everybody of it."""
        governs = {"administrateur": "halles", "accès confiés": "halles"}
        chief = {**governs, "autre entreprise": "fonderie"}.get(self.personne)
        return bool(chief and whose) and PERSONNES[whose].societe == chief
