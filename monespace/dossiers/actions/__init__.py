"""Every write on dossiers: one function per verb, called inside a transaction.

The caller has loaded the dossier through `policy`, locked: the right was read in the same
transaction as the write.
"""

from monespace.dossiers.actions.brouillon import delete, save, start
from monespace.dossiers.actions.historique import go_back
from monespace.dossiers.actions.instruction import (
    cancel,
    close,
    grant,
    refuse,
    request_pieces,
    take,
)
from monespace.dossiers.actions.pieces import attach
from monespace.dossiers.actions.revision import Contested, Posted, Saved
from monespace.dossiers.actions.stagiaires import (
    Ajout,
    Personne,
    add_people,
    remove_stagiaire,
    save_stagiaire,
)
from monespace.dossiers.actions.transmission import answer, submit

__all__ = [
    "Ajout",
    "Contested",
    "Personne",
    "Posted",
    "Saved",
    "add_people",
    "answer",
    "attach",
    "cancel",
    "close",
    "delete",
    "go_back",
    "grant",
    "refuse",
    "remove_stagiaire",
    "request_pieces",
    "save",
    "save_stagiaire",
    "start",
    "submit",
    "take",
]
