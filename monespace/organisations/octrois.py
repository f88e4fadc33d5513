"""Rights as they are written down before they are in force: asked for, promised, replaced."""

from collections.abc import Iterable
from dataclasses import dataclass

from monespace.acteur import Objet, Verbe
from monespace.db import Json
from monespace.organisations.models import Habilitation


@dataclass(frozen=True, slots=True)
class Octroi:
    """Verbs on a kind of object, for one SIRET or `*`, and one dispositif or `*`."""

    objet: Objet
    siret: str
    dispositif: str
    verbes: frozenset[Verbe]

    def __post_init__(self) -> None:
        if self.verbes and Verbe.CONSULTER not in self.verbes:
            raise ValueError(f"{sorted(self.verbes)} does not comprise consulter")


Octrois = frozenset[Octroi]


def of(habilitations: Iterable[Habilitation]) -> Octrois:
    """What these rows grant."""
    return frozenset(
        Octroi(
            row.objet,
            row.siret,
            row.dispositif,
            frozenset(verbe for verbe in Verbe if getattr(row, verbe)),
        )
        for row in habilitations
    )


def habilitation(octroi: Octroi) -> Habilitation:
    """The row that grants it, still without who granted it."""
    granted = {verbe.value: verbe in octroi.verbes for verbe in Verbe}
    return Habilitation(
        objet=octroi.objet, siret=octroi.siret, dispositif=octroi.dispositif, **granted
    )


def to_json(octrois: Octrois) -> list[Json]:
    """In a stable order: objet, siret, dispositif, verbes."""
    ordered = sorted(octrois, key=lambda one: (one.objet, one.siret, one.dispositif))
    return [[one.objet, one.siret, one.dispositif, [*sorted(one.verbes)]] for one in ordered]


def from_json(written: list[Json]) -> Octrois:
    """What `to_json` wrote. Raise ValueError for anything else."""
    octrois = set()
    for item in written:
        match item:
            case [str(objet), str(siret), str(dispositif), list(verbes)]:
                wanted = frozenset(Verbe(str(verbe)) for verbe in verbes)
                octrois.add(Octroi(Objet(objet), siret, dispositif, wanted))
            case _:
                raise ValueError(item)
    return frozenset(octrois)
