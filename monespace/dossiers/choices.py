"""The lists a dossier's questions choose from, within the rights of the person who answers."""

from collections.abc import Sequence

from monespace.acteur import Acteur, Objet, Verbe
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.organisations.models import Etablissement
from monespace.organisations.queries import OF_ORGANISATION, etablissements_of

__all__ = ["OF_ORGANISATION", "etablissements", "lists"]


def etablissements(
    acteur: Acteur, verbe: Verbe, dispositif: str | None = None
) -> Sequence[Etablissement]:
    """Those of the organisation where `verbe` is granted on dossiers, by SIRET."""
    rows = etablissements_of(acteur.organisation_id)
    return [row for row in rows if acteur.may(Objet.DOSSIERS, verbe, row.id, dispositif)]


def lists(acteur: Acteur, dispositif: str) -> Lists:
    """Every list a question of that dispositif may name in `among`."""
    return {
        "etablissements": tuple(
            Option(one.siret, f"{one.enseigne}, {one.commune}")
            for one in etablissements(acteur, Verbe.SAISIR, dispositif)
        )
    }
