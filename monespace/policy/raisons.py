"""Why a door is closed: what decided, which right would open it, and whom to ask."""

from dataclasses import dataclass
from typing import Any

from monespace.acces.models import (
    DemandeAcces,
    EtatDemande,
    EtatInvitation,
    GenreDemande,
    Invitation,
)
from monespace.acteur import Acteur, Objet, Role, Verbe
from monespace.dossiers import states
from monespace.dossiers.models import Dossier
from monespace.organisations.models import TOUS, EtatRattachement, Organisation, Rattachement
from monespace.policy.portes import ADMINISTERING, OF_THE_OPCO, RIGHTS
from monespace.policy.table import Can
from monespace.salaries.models import Salarie


@dataclass(frozen=True, slots=True)
class DroitManquant:
    """The right that would open the door; what a request for it is prefilled with."""

    objet: Objet
    verbe: Verbe
    siret: str = TOUS
    dispositif: str = TOUS

    @property
    def as_query(self) -> dict[str, str]:
        """The same in the address of a request that is prefilled."""
        return {
            "objet": self.objet,
            "verbe": self.verbe,
            "siret": self.siret,
            "dispositif": self.dispositif,
        }


@dataclass(frozen=True, slots=True)
class Raison:
    """A sentence for the person, and the right they lack when it is a right that decided.

    `administrateur`: no right opens it, one must administer the organisation.
    """

    phrase: str
    manque: DroitManquant | None = None
    administrateur: bool = False

    @property
    def refusal(self) -> str:
        """What is said to somebody who tried."""
        whom = " Demandez ce droit à un administrateur de votre entreprise." if self.manque else ""
        return f"{self.phrase} Rien n’a été modifié.{whom}"


NOT_A_COMPANY = (
    "Votre compte est celui d’un agent de l’OPCO\u00a0: cette action appartient aux entreprises, "
    "l’OPCO ne la fait pas à leur place."
)
NOWHERE = "Vous ne travaillez pour aucune entreprise en ce moment. Demandez à en rejoindre une."
NOT_THE_OPCO = "Cette action est réservée aux conseillers de l’OPCO."
ONLY_AN_ADMINISTRATEUR = "Seul un administrateur de votre entreprise peut le faire."
NOT_NOW = (
    "Cette action n’est plus possible ici\u00a0: la situation a changé. Rechargez la page pour "
    "voir où elle en est."
)
UNMOVED = "L’état actuel ne permet pas cette action. Rechargez la page pour voir où elle en est."


def why_not(acteur: Acteur, row: Any, can: Can) -> Raison:
    """Which of the two closed the door, the state of the row or one's rights."""
    closed = _whatever_the_row(acteur, type(row), can)
    if closed is not None:
        return closed
    door = (type(row), can)
    if door in RIGHTS:
        objet, verbe = RIGHTS[door]
        if not _holds(acteur, objet, verbe, row):
            return _lacking(row, objet, verbe)
    return Raison(_state(acteur, row, can))


def why_nowhere(acteur: Acteur, model: type[Any], can: Can) -> Raison:
    """Why no row of `model` whatever is open to `can`."""
    closed = _whatever_the_row(acteur, model, can)
    if closed is not None:
        return closed
    if (model, can) not in RIGHTS:
        return Raison(NOT_NOW)
    objet, verbe = RIGHTS[model, can]
    return Raison(
        f"Vous n’avez le droit «\u00a0{verbe.capitalize()}\u00a0» sur les {objet} dans aucun "
        "établissement.",
        DroitManquant(objet, verbe),
    )


def _whatever_the_row(acteur: Acteur, model: type[Any], can: Can) -> Raison | None:
    """What closes the door before any row is looked at."""
    door = (model, can)
    if acteur.role is not Role.MEMBRE:
        return None if door in OF_THE_OPCO else Raison(NOT_A_COMPANY)
    if door in OF_THE_OPCO:
        return Raison(NOT_THE_OPCO)
    if acteur.organisation_id is None and (door in RIGHTS or door in ADMINISTERING):
        return Raison(NOWHERE)
    if door in ADMINISTERING and not acteur.administrateur:
        return Raison(ONLY_AN_ADMINISTRATEUR, administrateur=True)
    return None


def _holds(acteur: Acteur, objet: Objet, verbe: Verbe, row: Any) -> bool:
    if isinstance(row, Dossier):
        return acteur.may(objet, verbe, row.etablissement_id, row.dispositif)
    if isinstance(row, Salarie):
        return acteur.may(objet, verbe, row.etablissement_id)
    return bool(acteur.scopes(objet, verbe))


def _lacking(row: Any, objet: Objet, verbe: Verbe) -> Raison:
    right = f"vous n’avez pas le droit «\u00a0{verbe.capitalize()}\u00a0»"
    if isinstance(row, Dossier):
        return Raison(
            f"Vous pouvez consulter le dossier {row.designation}, mais {right} sur cet "
            "établissement et ce dispositif.",
            DroitManquant(objet, verbe, row.etablissement.siret, row.dispositif),
        )
    if isinstance(row, Salarie):
        return Raison(
            f"Vous pouvez consulter la fiche de {row.nom}, mais {right} sur les salariés de son "
            "établissement.",
            DroitManquant(objet, verbe, row.etablissement.siret),
        )
    return Raison(f"{right[0].upper()}{right[1:]} sur les {objet}.", DroitManquant(objet, verbe))


def _state(acteur: Acteur, row: Any, can: Can) -> str:
    """The right is there: what in the row closes the door."""
    if isinstance(row, Dossier):
        return states.why_not(row)
    if isinstance(row, Rattachement):
        return _of_a_rattachement(acteur, row, can)
    if isinstance(row, DemandeAcces):
        return _of_a_request(acteur, row, can)
    if isinstance(row, Organisation) and can is Can.PRE_APPOINT:
        return (
            "Cette entreprise a déjà un administrateur\u00a0: elle seule décide désormais de ses "
            "accès."
        )
    if isinstance(row, Invitation):
        if row.etat is EtatInvitation.EN_ATTENTE and row.administrateur:
            return (
                "Seul un administrateur annule ou renvoie l’invitation d’un futur administrateur."
            )
        return f"Cette invitation est {row.etat}\u00a0: elle n’attend plus rien."
    return NOT_NOW


def _of_a_rattachement(acteur: Acteur, row: Rattachement, can: Can) -> str:
    if can in (Can.LEAVE, Can.WORK):
        return "Ce rattachement n’est pas en vigueur aujourd’hui."
    if row.utilisateur_id == acteur.utilisateur_id:
        return (
            "Nul ne décide de ses propres droits\u00a0: demandez à un autre administrateur de "
            "votre entreprise."
        )
    if row.administrateur and not acteur.administrateur:
        return "Seul un administrateur touche aux droits d’un administrateur."
    if row.etat is not EtatRattachement.ACTIF:
        return f"Ce rattachement est {row.etat}."
    return UNMOVED


def _of_a_request(acteur: Acteur, row: DemandeAcces, can: Can) -> str:
    if can is Can.WITHDRAW:
        return f"Cette demande est {row.etat}\u00a0: elle ne peut plus être retirée."
    if row.utilisateur_id == acteur.utilisateur_id:
        return "Nul ne décide de sa propre demande\u00a0: une autre personne doit y répondre."
    if can is Can.UNDO:
        return (
            "Cette décision ne peut pas être annulée par vous\u00a0: seuls la personne qui l’a "
            "prise et les administrateurs le peuvent."
        )
    if row.etat is not EtatDemande.A_TRAITER:
        return f"Cette demande est déjà {row.etat}, par {row.decideur or 'la personne elle-même'}."
    if row.genre is GenreDemande.ADMINISTRATION:
        return "Seul un administrateur peut nommer un administrateur."
    return UNMOVED
