"""Who may give or take which right: nobody gives what they have no power over."""

from collections.abc import Callable
from functools import cache

from monespace.acteur import Acteur, Objet, Scope, Verbe
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octroi

# Of an octroi, and of the établissement of its SIRET, None for all.
Pouvoir = Callable[[Octroi, int | None], bool]


def pouvoir(acteur: Acteur) -> Pouvoir:
    """What the acteur may give or take.

    An administrateur may anything. Somebody to whom rattachements were entrusted gives what they
    hold themselves, where they were entrusted with it.
    """
    if acteur.administrateur:
        return lambda octroi, etablissement_id: True
    # Merging the rights of somebody who has hundreds takes longer than looking at one.
    scopes = cache(acteur.scopes)

    def may(octroi: Octroi, etablissement_id: int | None) -> bool:
        entrusted = scopes(Objet.RATTACHEMENTS, Verbe.SAISIR)
        return _holds(entrusted, etablissement_id, TOUS) and all(
            _holds(scopes(octroi.objet, verbe), etablissement_id, octroi.dispositif)
            for verbe in octroi.verbes
        )

    return may


def _holds(scopes: tuple[Scope, ...], etablissement_id: int | None, dispositif: str) -> bool:
    return any(
        (scope.etablissements is None or etablissement_id in scope.etablissements)
        and scope.dispositif in (None, dispositif)
        for scope in scopes
    )
