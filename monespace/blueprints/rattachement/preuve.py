"""For a quarter of an hour after a right code, its holder may use it without typing it again."""

from flask import session

from monespace import horloge, identite, services
from monespace.coffre import Altere

NAME, LASTS_S = "code", 15 * 60


def keep(code_id: int) -> None:
    """Remember in this browser that this person typed that code, and when."""
    told = f"{code_id} {int(horloge.now().timestamp())}"
    session[NAME] = services.coffre().seal(told, *_place())


def held() -> int | None:
    """The id of the code this person typed lately."""
    try:
        code_id, since = services.coffre().open(session.get(NAME, ""), *_place()).split()
    except Altere:
        return None
    age = horloge.now().timestamp() - int(since)
    return int(code_id) if 0 <= age <= LASTS_S else None


def forget() -> None:
    session.pop(NAME, None)


def seal(code: str, siren: str) -> str:
    """A code that goes on to the other profile, for this person and this SIREN alone."""
    return services.coffre().seal(code, *_place(), siren)


def unseal(kept: str, siren: str) -> str:
    """What `seal` sealed; "" for anything else."""
    try:
        return services.coffre().open(kept, *_place(), siren)
    except Altere:
        return ""


def _place() -> tuple[str, str]:
    return NAME, str(identite.acteur().utilisateur_id)
