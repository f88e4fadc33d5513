"""What is done to accounts: sessions opened and ended."""

from monespace.comptes.actions.sessions import (
    BLOCKED_FOR,
    IDLE,
    LONGEST,
    MOST_FAILURES,
    SEEN_EVERY,
    close_session,
    count_attempt,
    fingerprint,
    forget_ended_sessions,
    mark_seen,
    open_session,
)

__all__ = [
    "BLOCKED_FOR",
    "IDLE",
    "LONGEST",
    "MOST_FAILURES",
    "SEEN_EVERY",
    "close_session",
    "count_attempt",
    "fingerprint",
    "forget_ended_sessions",
    "mark_seen",
    "open_session",
]
