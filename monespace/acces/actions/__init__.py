"""Every way accesses change: each is one function named by a verb, written in the journal."""

from monespace.acces.actions.administrateurs import appoint, dismiss
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.presence import leave, remove, resume, set_dates, suspend
from monespace.acces.actions.relancer import remind

__all__ = [
    "appoint",
    "dismiss",
    "leave",
    "remind",
    "remove",
    "replace_rights",
    "resume",
    "set_dates",
    "suspend",
]
