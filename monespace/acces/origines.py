"""Where an access and each of its rights come from, in the words that every page uses."""

from collections.abc import Mapping

from monespace import horloge
from monespace.acteur import Origine
from monespace.organisations.models import Habilitation, Rattachement
from monespace.typographie import date_long

ORIGINES: Mapping[Origine, str] = {
    Origine.ADMINISTRATEUR: "directement",
    Origine.INVITATION: "par une invitation",
    Origine.PREDESIGNATION: "convenu avec l’OPCO avant l’ouverture",
}


def came_from(what: Rattachement | Habilitation, within: Rattachement | None = None) -> str:
    """Who gave it, when and how. A right that was never dated has the day of its rattachement."""
    given = what.accorde_le or (within and (within.accorde_le or within.cree_le))
    if given is None and isinstance(what, Rattachement):
        given = what.cree_le
    assert given
    day = date_long(horloge.paris(given).date())
    if what.origine is Origine.CODE:
        return f"Ouvert le {day} avec le code du courrier"
    whom = f"Accordé par {what.accorde_par}" if what.accorde_par else "Accordé"
    return f"{whom} le {day}, {ORIGINES[what.origine]}"
