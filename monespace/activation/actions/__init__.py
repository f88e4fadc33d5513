"""Every way letters and codes change: each is one function named by a verb, in the journal."""

from monespace.activation.actions.codes import issue, record_reception, revoke, use
from monespace.activation.actions.courriers import ask_reissue

__all__ = ["ask_reissue", "issue", "record_reception", "revoke", "use"]
