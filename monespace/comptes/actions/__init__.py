"""What is done to accounts: sessions, the second factor, forms kept meanwhile."""

from monespace.comptes.actions.gardes import (
    Formulaire,
    forget_form,
    forget_kept_forms,
    keep_form,
    opened_form,
)
from monespace.comptes.actions.inscription import confirm, forget_unproved, send_again, sign_up
from monespace.comptes.actions.liens import forget_old_links
from monespace.comptes.actions.mot_de_passe import (
    change_password,
    rehash,
    reset_password,
    send_reset,
)
from monespace.comptes.actions.profil import (
    ask_new_address,
    change_identity,
    choose_mails,
    take_new_address,
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
    "ask_new_address",
    "change_identity",
    "change_password",
    "choose_mails",
    "close_session",
    "close_sessions",
    "close_that_session",
    "confirm",
    "enrol",
    "equip",
    "fingerprint",
    "forget_ended_sessions",
    "forget_form",
    "forget_kept_forms",
    "forget_old_links",
    "forget_unproved",
    "keep_form",
    "mark_seen",
    "new_recovery_codes",
    "open_session",
    "opened_form",
    "rehash",
    "remove_second_factor",
    "renew_session",
    "reset_password",
    "secret_of",
    "send_again",
    "send_reset",
    "sign_up",
    "take_new_address",
]
