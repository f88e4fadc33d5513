"""What is done to accounts: sessions, the second factor, forms kept meanwhile."""

from monespace.comptes.actions.gardes import (
    Formulaire,
    forget_kept_forms,
    keep_form,
    opened_form,
)
from monespace.comptes.actions.second_facteur import (
    accept_code,
    accept_recovery,
    enrol,
    equip,
    new_recovery_codes,
    remove_second_factor,
    secret_of,
)
from monespace.comptes.actions.sessions import (
    IDLE,
    IDLE_SHORT,
    LONGEST,
    SEEN_EVERY,
    close_session,
    close_sessions,
    close_that_session,
    fingerprint,
    forget_ended_sessions,
    mark_seen,
    open_session,
    renew_session,
)

__all__ = [
    "IDLE",
    "IDLE_SHORT",
    "LONGEST",
    "SEEN_EVERY",
    "Formulaire",
    "accept_code",
    "accept_recovery",
    "close_session",
    "close_sessions",
    "close_that_session",
    "enrol",
    "equip",
    "fingerprint",
    "forget_ended_sessions",
    "forget_kept_forms",
    "keep_form",
    "mark_seen",
    "new_recovery_codes",
    "open_session",
    "opened_form",
    "remove_second_factor",
    "renew_session",
    "secret_of",
]
