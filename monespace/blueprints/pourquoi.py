"""What is not open on a page, and why: shown as text where its button would be."""

from collections.abc import Collection, Mapping
from typing import Any

from monespace import identite, policy
from monespace.acces import own
from monespace.policy import Can, Raison


def lacking(row: Any, cans: Collection[Can]) -> Mapping[str, Raison]:
    """Which of `cans` a right alone keeps closed on this row; what its state closes is not told."""
    acteur = identite.acteur()
    closed = set(cans) - policy.permitted(acteur, row)
    told = {str(can): policy.why_not(acteur, row, can) for can in cans if can in closed}
    return {can: raison for can, raison in told.items() if raison.manque}


def lacking_everywhere(model: type[Any], can: Can) -> Raison | None:
    """Why `can` is open on no row of the model; None when it may be."""
    acteur = identite.acteur()
    if policy.somewhere(acteur, model, can):
        return None
    raison = policy.why_nowhere(acteur, model, can)
    return raison if raison.manque else None


def who_can_grant(raisons: object) -> list[str]:
    """The administrateurs to name beside them; nobody is looked for when nothing is lacking."""
    return list(own.administrateurs(identite.acteur())) if raisons else []
