"""The lists a dossier's questions choose from, within the rights of the person who answers."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from monespace.acteur import Acteur, Objet, Verbe
from monespace.db import session
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.organisations.models import Etablissement, Organisation

# Built once: nearly every page asks for it.
OF_ORGANISATION = (
    select(Etablissement)
    .join(Organisation, Organisation.entreprise_id == Etablissement.entreprise_id)
    .where(Organisation.id == bindparam("organisation_id"))
    .order_by(Etablissement.siret)
)


def etablissements(
    acteur: Acteur, verbe: Verbe, dispositif: str | None = None
) -> Sequence[Etablissement]:
    """Those of the organisation where `verbe` is granted on dossiers, by SIRET."""
    rows = session().scalars(OF_ORGANISATION, {"organisation_id": acteur.organisation_id})
    return [row for row in rows if acteur.may(Objet.DOSSIERS, verbe, row.id, dispositif)]


def lists(acteur: Acteur, dispositif: str) -> Lists:
    """Every list a question of that dispositif may name in `among`."""
    return {
        "etablissements": tuple(
            Option(one.siret, f"{one.enseigne}, {one.commune}")
            for one in etablissements(acteur, Verbe.SAISIR, dispositif)
        )
    }
