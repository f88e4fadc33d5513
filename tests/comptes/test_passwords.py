"""What is kept of a password, and what opens nothing."""

import pytest

from monespace.comptes.passwords import LONGEST, hash_password, outdated, verify

# What is compared with when there is no account.
NOBODY = "nobody"


def test_a_password_is_its_own_alone() -> None:
    kept = hash_password("hibou tambour violette")
    assert verify(kept, "hibou tambour violette")
    assert not verify(kept, "Hibou tambour violette")
    assert not outdated(kept)


@pytest.mark.parametrize("kept", [None, "", "!", "x", "$argon2id$", "$2b$12$" + "a" * 53])
@pytest.mark.parametrize("password", [NOBODY, "", "x", "!"])
def test_what_is_no_hash_opens_nothing(kept: str | None, password: str) -> None:
    assert not verify(kept, password)


def test_nothing_too_long_is_hashed() -> None:
    kept = hash_password("a" * LONGEST)
    assert verify(kept, "a" * LONGEST)
    assert not verify(kept, "a" * (LONGEST + 1))
