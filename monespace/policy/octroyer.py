"""Who may give or take which right: nobody gives what they have no power over."""

from monespace.acteur import Acteur, Objet, Scope, Verbe
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octroi


def may_grant(acteur: Acteur, octroi: Octroi, etablissement_id: int | None) -> bool:
    """May the acteur give or take it? `etablissement_id` is that of its SIRET, None for all.

    An administrateur may anything. Somebody to whom rattachements were entrusted gives what they
    hold themselves, where they were entrusted with it.
    """
    if acteur.administrateur:
        return True
    entrusted = _holds(acteur.scopes(Objet.RATTACHEMENTS, Verbe.SAISIR), etablissement_id, TOUS)
    return entrusted and all(
        _holds(acteur.scopes(octroi.objet, verbe), etablissement_id, octroi.dispositif)
        for verbe in octroi.verbes
    )


def _holds(scopes: tuple[Scope, ...], etablissement_id: int | None, dispositif: str) -> bool:
    return any(
        (scope.etablissements is None or etablissement_id in scope.etablissements)
        and scope.dispositif in (None, dispositif)
        for scope in scopes
    )
