"""What anybody may have the portal write, and how often."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

from flask import session

from monespace import services
from monespace.blueprints import protection
from monespace.refus import Refus

SENDING = "envois"
WINDOW = timedelta(hours=1)
MOST_TO_ONE = 5
MOST_FROM_A_NETWORK = 60
# Longer than writing to somebody takes.
EVEN_S = 0.25


class TropDEnvois(Refus):
    """Somebody of this network has the portal write to too many people."""

    statut = 429

    def __init__(self) -> None:
        super().__init__(
            "Trop de messages ont été demandés depuis votre connexion. Attendez une heure, puis "
            "recommencez, ou appelez-nous au numéro indiqué en bas de page."
        )


@contextmanager
def evenly() -> Iterator[None]:
    """Write to an address or not, in the same time: how long it takes must not say which.

    In a transaction of its own, so that nothing is locked while the rest of the time goes by.
    """
    until = time.monotonic() + EVEN_S
    with services.database().transaction():
        yield
    time.sleep(max(0.0, until - time.monotonic()))


def may_write_to(courriel: str) -> bool:
    """Is that address written to again? What the page says must not depend on it.

    Raise TropDEnvois for whoever writes to everybody.
    """
    if not protection.allowed(protection.of_network(SENDING), MOST_FROM_A_NETWORK, WINDOW):
        raise TropDEnvois()
    return protection.allowed(f"{SENDING} {_digest(courriel)}", MOST_TO_ONE, WINDOW)


def proof_of(hashed: str) -> str:
    """What the browser that chose a password keeps of it."""
    return services.coffre().sign(hashed)


def chosen_here(hashed: str) -> bool:
    """Was this password, of which the hash is kept, chosen in this browser at sign-up?"""
    return services.coffre().signed(hashed, str(session.get("inscription", {}).get("preuve", "")))


def _digest(courriel: str) -> str:
    return sha256(courriel.encode()).hexdigest()
