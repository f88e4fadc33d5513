"""Take over what SIRENE says: companies, their établissements, then which one is the siège.

A real file does not fit in one transaction: SQLite has one writer. Each batch is one, whole and
right by itself, so that an import that stops is simply begun again: nothing is done twice.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TypeVar

from monespace.acteur import Acteur
from monespace.organisations.actions.bilan import Bilan
from monespace.organisations.actions.entreprises import take_unites
from monespace.organisations.actions.lieux import place_sieges, take_lieux
from monespace.organisations.models import Profil
from monespace.organisations.sirene import Ecart, Fichier, Lieu, Unite, Wanted

BATCH = 500

Read = TypeVar("Read")
Transaction = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class Fichiers:
    """The two stock files, of the same day."""

    unites: Fichier[Unite]
    etablissements: Fichier[Lieu]

    def check(self) -> None:
        """Raise Refuse when one of them is not what it should be."""
        self.unites.check()
        self.etablissements.check()


def import_sirene(
    acteur: Acteur,
    fichiers: Fichiers,
    wanted: Wanted,
    profils: Collection[Profil],
    transaction: Transaction,
) -> Bilan:
    """Add and bring up to date the companies whose SIREN is `wanted`; nothing is ever deleted.

    Those in activity get the spaces of `profils`. `transaction` opens one for each batch. Raise
    Refuse, before anything is written, for files of another form; where a file stops being
    readable, once what could be read is written.
    """
    fichiers.check()
    bilan = Bilan()
    # Which NIC is the siège is said by the company, and its row comes in the other file.
    sieges: dict[str, str] = {}
    for unites in _batches(fichiers.unites, wanted, bilan):
        with transaction():
            take_unites(acteur, unites, profils, bilan)
        sieges.update((one.siren, one.siret_siege) for one in unites)
    for lieux in _batches(fichiers.etablissements, wanted, bilan):
        with transaction():
            take_lieux(acteur, lieux, bilan)
    for some in _cut(sorted(sieges.items())):
        with transaction():
            place_sieges(acteur, dict(some), bilan)
    return bilan


def _batches(fichier: Fichier[Read], wanted: Wanted, bilan: Bilan) -> Iterator[list[Read]]:
    def sound() -> Iterator[Read]:
        for one in fichier.lines(wanted):
            if isinstance(one, Ecart):
                bilan.left_out(fichier.chemin.name, one)
            else:
                yield one

    return _cut(sound())


def _cut(several: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    for one in several:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
