"""The filters of the inbox, and its one order: the request that waited longest first."""

from dataclasses import dataclass

from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.pages import Sort

SORT = Sort("Reçue", DemandeAcces.cree_le, False)


@dataclass(frozen=True, slots=True)
class FiltreDemandes:
    """Which requests: in that state, of that kind, by somebody whose name or address has `q`."""

    q: str = ""
    genre: GenreDemande | None = None
    etat: EtatDemande = EtatDemande.A_TRAITER

    @property
    def active(self) -> bool:
        return bool(self.q or self.genre or self.etat is not EtatDemande.A_TRAITER)
