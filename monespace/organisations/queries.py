"""What the other nouns read of companies, before any right is looked at."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from monespace.db import session
from monespace.organisations.models import Etablissement, Organisation

# Built once: nearly every page asks for it.
OF_ORGANISATION = (
    select(Etablissement)
    .join(Organisation, Organisation.entreprise_id == Etablissement.entreprise_id)
    .where(Organisation.id == bindparam("organisation_id"))
    .order_by(Etablissement.siret)
)


def etablissements_of(organisation_id: int | None) -> Sequence[Etablissement]:
    """Every établissement of the organisation, by SIRET."""
    return session().scalars(OF_ORGANISATION, {"organisation_id": organisation_id}).all()
