"""Why a door is closed: what decided, which right would open it, and whom to ask."""

from dataclasses import dataclass
from typing import Any

from monespace.acteur import Acteur, Objet, Verbe
from monespace.dossiers import states
from monespace.dossiers.models import Dossier
from monespace.organisations.models import TOUS
from monespace.policy.table import Can
from monespace.salaries.models import Salarie


@dataclass(frozen=True, slots=True)
class DroitManquant:
    """The right that would open the door; what a request for it is prefilled with."""

    objet: Objet
    verbe: Verbe
    siret: str = TOUS
    dispositif: str = TOUS


@dataclass(frozen=True, slots=True)
class Raison:
    """A sentence for the person, and the right they lack when it is a right that decided."""

    phrase: str
    manque: DroitManquant | None = None


def why_not(acteur: Acteur, row: Any, can: Can) -> Raison:
    """Which of the two closed the door, the state of the row or one's rights."""
    if isinstance(row, Dossier):
        return _on_dossier(acteur, row, can)
    if isinstance(row, Salarie):
        return Raison(
            f"Vous pouvez consulter la fiche de {row.nom}, mais vous n’avez pas le droit "
            f"«\u00a0{Verbe.SAISIR.capitalize()}\u00a0» sur les salariés de son établissement. "
            f"{UNCHANGED}",
            DroitManquant(Objet.SALARIES, Verbe.SAISIR, row.etablissement.siret),
        )
    return Raison("Vos droits ne permettent pas cette action. Demandez-les à un administrateur.")


def why_nowhere(acteur: Acteur, model: type[Any], can: Can) -> Raison:
    """Why no row of `model` whatever is open to `can`."""
    return Raison(
        "Vos droits ne permettent pas d’ouvrir cette page. "
        "Demandez-les à un administrateur de votre entreprise."
    )


UNCHANGED = "Rien n’a été modifié. Demandez ce droit à un administrateur de votre entreprise."


def _on_dossier(acteur: Acteur, row: Dossier, can: Can) -> Raison:
    verbe = VERB_OF[can]
    if acteur.may(Objet.DOSSIERS, verbe, row.etablissement_id, row.dispositif):
        return Raison(states.why_not(row))
    return Raison(
        f"Vous pouvez consulter le dossier {row.designation}, mais vous n’avez pas le droit "
        f"«\u00a0{verbe.capitalize()}\u00a0» sur cet établissement et ce dispositif. {UNCHANGED}",
        DroitManquant(Objet.DOSSIERS, verbe, row.etablissement.siret, row.dispositif),
    )


VERB_OF = {
    Can.VIEW: Verbe.CONSULTER,
    Can.EDIT: Verbe.SAISIR,
    Can.ATTACH: Verbe.SAISIR,
    Can.SUBMIT: Verbe.TRANSMETTRE,
    Can.ANSWER: Verbe.TRANSMETTRE,
    Can.DELETE: Verbe.SUPPRIMER,
    Can.DUPLICATE: Verbe.SAISIR,
    Can.INSTRUCT: Verbe.TRANSMETTRE,
}
