"""The rights a workbook was made within, kept with it to be compared when it is fetched."""

from collections.abc import Iterable

from monespace.acteur import Acteur, Objet, Scope, Verbe
from monespace.db import Json


def scopes(acteur: Acteur, objet: Objet) -> tuple[Scope, ...]:
    """Where the acteur may consult `objet` now."""
    return acteur.scopes(objet, Verbe.CONSULTER)


def as_json(acteur: Acteur, objet: Objet) -> list[Json]:
    """Those scopes as a row keeps them."""
    return [
        {
            "dispositif": scope.dispositif,
            "etablissements": None
            if scope.etablissements is None
            else list[Json](sorted(scope.etablissements)),
        }
        for scope in scopes(acteur, objet)
    ]


def still_covers(acteur: Acteur, objet: Objet, kept: Iterable[Json]) -> bool:
    """May the acteur still consult everything that was allowed when `kept` was written?"""
    now = scopes(acteur, objet)
    return all(any(_within(former, scope) for scope in now) for former in kept)


def _within(former: Json, scope: Scope) -> bool:
    if not isinstance(former, dict):
        return False
    places = former["etablissements"]
    return scope.dispositif in (None, former["dispositif"]) and (
        scope.etablissements is None
        or (isinstance(places, list) and scope.etablissements.issuperset(places))
    )
