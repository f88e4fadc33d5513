"""Everything one person may try on the portal, and the status each try must get."""

from collections.abc import Callable, Iterator, Sequence

from tests.support.demandes.acces import (
    on_codes,
    on_invitations,
    on_own_requests,
    on_people,
    on_rattachements,
    on_requests_to_decide,
)
from tests.support.demandes.communes import elsewhere, on_companies, on_notifications, on_sessions
from tests.support.demandes.demande import Demande, Qui
from tests.support.demandes.dossiers import (
    on_dossiers,
    on_exports,
    on_imports,
    on_lots,
    on_salaries,
    starting,
)
from tests.support.terrain import Terrain

__all__ = ["Demande", "Demandes"]


class Demandes:
    """Every route, on every object, as this person."""

    def __init__(self, terrain: Terrain, personne: str) -> None:
        self._qui = Qui(terrain, personne)

    def __iter__(self) -> Iterator[Demande]:
        with self._qui.terrain.app.test_request_context():
            found = [demande for tries in TRIES for demande in tries(self._qui)]
        yield from found


TRIES: Sequence[Callable[[Qui], Iterator[Demande]]] = (
    on_dossiers,
    on_lots,
    on_salaries,
    on_people,
    on_invitations,
    on_exports,
    on_imports,
    on_codes,
    on_companies,
    on_sessions,
    on_notifications,
    on_requests_to_decide,
    on_rattachements,
    on_own_requests,
    starting,
    elsewhere,
)
