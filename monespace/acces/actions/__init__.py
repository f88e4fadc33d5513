"""Every way accesses change: each is one function named by a verb, written in the journal."""

from monespace.acces.actions.octroyer import replace_rights

__all__ = ["replace_rights"]
