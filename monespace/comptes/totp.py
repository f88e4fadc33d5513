"""One-time codes of an authenticator application (RFC 6238): six digits, thirty seconds each."""

import hmac
import re
from base64 import b32encode
from datetime import datetime

from pyotp import TOTP

SECONDS = 30
# A telephone whose clock is a little off is right as well.
AROUND = (0, -1, 1)
ISSUER = "Mon Espace"
_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_SPACES = re.compile(r"[\s\u00a0\u202f-]+")


def secret_from(random: bytes) -> str:
    """160 bits as an application reads them. `random` has 20 bytes or more."""
    return b32encode(random[:20]).decode()


def step_of(instant: datetime) -> int:
    """The number of the time-step."""
    return int(instant.timestamp()) // SECONDS


def code_at(secret: str, step: int) -> str:
    """The code of that time-step."""
    return TOTP(secret).generate_otp(step)


def accepted_step(secret: str, typed: str, instant: datetime, last: int) -> int | None:
    """The time-step of that code, if it is right and later than the `last` one accepted."""
    code = compact(typed)
    if not _CODE.fullmatch(code):
        return None
    for around in AROUND:
        step = step_of(instant) + around
        if step > last and hmac.compare_digest(code_at(secret, step), code):
            return step
    return None


def next_code(secret: str, instant: datetime, last: int) -> str | None:
    """A code that would be accepted now; None when those of the moment were all used."""
    step = max(step_of(instant), last + 1)
    return code_at(secret, step) if step <= step_of(instant) + 1 else None


def address(secret: str, courriel: str) -> str:
    """What the QR code says to the application."""
    return TOTP(secret).provisioning_uri(name=courriel, issuer_name=ISSUER)


def compact(typed: str) -> str:
    """What was typed, without the spaces and hyphens that people put between groups."""
    return _SPACES.sub("", typed[:64])


def grouped(code: str, size: int) -> str:
    """The code in groups that can be read aloud."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))
