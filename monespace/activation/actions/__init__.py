"""Every way letters and codes change: each is one function named by a verb, in the journal."""

from monespace.activation.actions.codes import issue, record_reception, revoke, use
from monespace.activation.actions.courriers import ask_reissue
from monespace.activation.actions.tirages import Presse, draw, hand_over

__all__ = [
    "Presse",
    "ask_reissue",
    "draw",
    "hand_over",
    "issue",
    "record_reception",
    "revoke",
    "use",
]
