"""What the database keeps of a code: a slow hash, under a pepper that it does not hold."""

from monespace.coffre import Coffre
from monespace.comptes import passwords
from monespace.organisations.models import Profil


def of(coffre: Coffre, code: str, siren: str, profil: Profil) -> str:
    """The hash to keep: slow on purpose, so never inside a transaction."""
    return passwords.hash_password(coffre.pepper(code, siren, profil))


def verify(coffre: Coffre, kept: str | None, code: str, siren: str, profil: Profil) -> bool:
    """Is it that code? None stands for no code at all: False, as slowly."""
    return passwords.verify(kept, coffre.pepper(code, siren, profil))
