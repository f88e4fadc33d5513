"""The grid of rights as it comes back: only what was shown can be changed by it."""

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from monespace.acces.colonnes import Colonne, colonnes, granted
from monespace.acces.grille import (
    NONE,
    Place,
    by_place,
    changeable,
    digest,
    octrois_of,
    proposed,
)
from monespace.acces.lignes import ROWS_A_PAGE, ids_of
from monespace.acteur import Acteur, Verbe
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octrois
from monespace.policy.octroyer import pouvoir
from monespace.refus import Conflit, Refuse

BROKEN = (
    "La grille reçue ne correspond pas à cette entreprise. Rien n’a été modifié. "
    "Rechargez la page, puis recommencez\u00a0; si cela continue, appelez-nous."
)
CHANGED = (
    "Les droits de cette personne ont changé pendant que vous regardiez la grille. "
    "Rien n’a été modifié. Vérifiez la grille ci-dessous, puis validez à nouveau."
)


class Formulaire(Protocol):
    """The multi-dictionary a web framework gives."""

    def getlist(self, key: str) -> list[str]: ...

    def keys(self) -> Iterable[str]: ...


class DroitsChanges(Conflit):
    """The rights changed since the grid was drawn: `wanted` is what was ticked."""

    def __init__(self, wanted: Octrois) -> None:
        super().__init__(CHANGED)
        self.wanted = wanted


def read_grille(
    acteur: Acteur | None,
    organisation_id: int,
    form: Formulaire,
    held: Octrois,
    asked: Octrois = frozenset(),
) -> Octrois:
    """All that somebody who holds `held` and asks for `asked` is to hold, as the grid says.

    What it did not show stays as it is, and what is asked for there is given as far as the acteur
    may. Raise Refuse for a grid that is not of this company, DroitsChanges for one drawn before
    the rights changed.
    """
    columns = _columns(form)
    shown = _shown(form)
    elsewhere = _elsewhere(form)
    ids = ids_of(organisation_id, {*shown, *(place[1] for place in elsewhere)} - {TOUS})
    if {*shown, *(place[1] for place in elsewhere)} - {TOUS, *ids}:
        raise Refuse(BROKEN)
    _check_names(form, shown, columns)
    current = by_place(held)
    places = {**by_place(proposed(acteur, organisation_id, held, asked)), **elsewhere}
    may = pouvoir(acteur) if acteur else None
    for siret in shown:
        for cle, column in columns.items():
            place = (column.objet, siret, column.dispositif)
            known, sent = current.get(place, NONE), form.getlist(f"{siret}.{cle}")
            if not sent and may and not changeable(known, place, ids.get(siret), may):
                places[place] = known
            else:
                places[place] = _verbs(sent, known, column)
    wanted = octrois_of(places)
    if form.getlist("_base") != [digest(held, asked)]:
        raise DroitsChanges(wanted)
    return wanted


def _verbs(sent: list[str], known: frozenset[Verbe], column: Colonne) -> frozenset[Verbe]:
    try:
        verbs = granted(sent)
    except ValueError:
        raise Refuse(BROKEN) from None
    if not verbs:
        return NONE
    # What the grid has no box for is not its to take.
    return (verbs & frozenset(column.verbes)) | (known - frozenset(column.verbes))


def _columns(form: Formulaire) -> Mapping[str, Colonne]:
    known = {one.cle: one for one in colonnes()}
    shown = _words(form, "_colonnes")
    if not shown or set(shown) - set(known):
        raise Refuse(BROKEN)
    return {cle: known[cle] for cle in shown}


def _shown(form: Formulaire) -> list[str]:
    shown = _words(form, "_lignes")
    if len(shown) > ROWS_A_PAGE + 1:
        raise Refuse(BROKEN)
    return shown


def _words(form: Formulaire, name: str) -> list[str]:
    return [word for value in form.getlist(name) for word in value.split()]


def _check_names(form: Formulaire, shown: list[str], columns: Mapping[str, Colonne]) -> None:
    cells = {f"{siret}.{cle}" for siret in shown for cle in columns}
    if {name for name in form.keys() if "." in name} - cells:  # noqa: SIM118 - not a dict
        raise Refuse(BROKEN)


def _elsewhere(form: Formulaire) -> dict[Place, frozenset[Verbe]]:
    """What was changed on other rows, before they left the page."""
    written = "".join(form.getlist("_ailleurs"))
    if not written:
        return {}
    known = {(one.objet, one.dispositif) for one in colonnes()}
    try:
        places = dict(by_place(ecrits.from_json(json.loads(written))))
    except (ValueError, TypeError, RecursionError):
        raise Refuse(BROKEN) from None
    if any((objet, dispositif) not in known for objet, _, dispositif in places):
        raise Refuse(BROKEN)
    return places
