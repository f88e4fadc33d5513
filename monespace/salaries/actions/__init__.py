"""Every write on the directory: one function per verb, called inside a transaction.

The caller has loaded the fiche through `policy`, locked: the right was read in the same
transaction as the write.
"""

from monespace.salaries.actions.arrivees import Arrivee, Bilan, take_in
from monespace.salaries.actions.fiche import (
    Contestee,
    Doublon,
    Fautes,
    add,
    change,
    digests,
)
from monespace.salaries.actions.nir import keep_nir
from monespace.salaries.actions.presence import come_back, leave

__all__ = [
    "Arrivee",
    "Bilan",
    "Contestee",
    "Doublon",
    "Fautes",
    "add",
    "change",
    "come_back",
    "digests",
    "keep_nir",
    "leave",
    "take_in",
]
