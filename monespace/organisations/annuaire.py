"""Which space of the portal a SIREN and a profile name."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from monespace.db import session
from monespace.forms.kinds import Illisible
from monespace.forms.validators import siren as read_siren
from monespace.organisations.models import Entreprise, Organisation, Profil
from monespace.organisations.queries import Trouvee, find


def entreprise(siren: str) -> Trouvee | None:
    """The company of that SIREN, as anybody can read it."""
    return next(iter(find(siren)), None)


def organisation(siren: str, profil: Profil) -> Organisation | None:
    """The space of that company under that profile."""
    return session().scalar(
        select(Organisation)
        .join(Organisation.entreprise)
        .where(Entreprise.siren == siren, Organisation.profil == profil)
        .options(joinedload(Organisation.entreprise))
    )


def is_siren(typed: str) -> str:
    """The nine digits, however they were typed; "" for anything else."""
    try:
        return read_siren(typed)
    except Illisible:
        return ""
