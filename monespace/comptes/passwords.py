"""Passwords: argon2id, slow on purpose, never inside a transaction."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST = 1024

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is no account, so that its absence takes the same time.
_NOBODY = _hasher.hash("nobody")


def hash_password(password: str) -> str:
    """The hash to keep."""
    return _hasher.hash(password)


def outdated(kept: str) -> bool:
    """Was that hash made with other parameters than those of today?"""
    return _hasher.check_needs_rehash(kept)


def verify(kept: str | None, password: str) -> bool:
    """Is it the password? None stands for an account that does not exist: False, as slowly.

    What is no hash is nobody's password either.
    """
    if len(password) > LONGEST:
        return False
    known = kept if kept and kept.startswith("$argon2") else None
    try:
        _hasher.verify(known or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return known is not None
