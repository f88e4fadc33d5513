"""The life of a dossier: one table says from where to where, by whom, and with what.

Nothing else assigns `Dossier.statut`. The states and their labels are those OPCOs exchange.
"""

from dataclasses import dataclass
from enum import StrEnum

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.db import Json
from monespace.dossiers.models import Dossier, Statut
from monespace.refus import Interdit, Refuse


class Acte(StrEnum):
    TRANSMETTRE = "transmettre"
    INSTRUIRE = "instruire"
    DEMANDER_PIECES = "demander_pieces"
    REPONDRE = "repondre"
    ACCORDER = "accorder"
    REFUSER = "refuser"
    ANNULER = "annuler"
    SOLDER = "solder"


@dataclass(frozen=True, slots=True)
class Presentation:
    """How a state is shown: word, tone and shape of its tag."""

    label: str
    tone: str
    shape: str


PRESENTATION = {
    Statut.BROUILLON: Presentation("Brouillon", "neutral", "ring-dashed"),
    Statut.TRANSMIS: Presentation("Transmis", "info", "ring"),
    Statut.EN_INSTRUCTION: Presentation("En instruction", "info", "ring"),
    Statut.A_COMPLETER: Presentation("À compléter", "warn", "diamond"),
    Statut.ENGAGE: Presentation("Accordé", "ok", "dot"),
    Statut.REFUSE: Presentation("Refusé", "err", "square"),
    Statut.ANNULE: Presentation("Annulé", "neutral", "bar"),
    Statut.RUPTURE: Presentation("Rompu", "err", "square"),
    Statut.SOLDE: Presentation("Soldé", "neutral", "bar"),
}


CLOSED = frozenset({Statut.REFUSE, Statut.ANNULE, Statut.RUPTURE, Statut.SOLDE})


@dataclass(frozen=True, slots=True)
class Transition:
    """One act: the states it starts from, the one it leads to, who may do it."""

    sources: frozenset[Statut]
    target: Statut
    by: frozenset[Role]
    label: str
    needs_motif: bool = False


def _from(*sources: Statut) -> frozenset[Statut]:
    return frozenset(sources)


COMPANY = frozenset({Role.MEMBRE})
OPCO = frozenset({Role.CONSEILLER})

TRANSITIONS = {
    Acte.TRANSMETTRE: Transition(
        _from(Statut.BROUILLON), Statut.TRANSMIS, COMPANY, "Dossier transmis"
    ),
    Acte.INSTRUIRE: Transition(
        _from(Statut.TRANSMIS), Statut.EN_INSTRUCTION, OPCO, "Instruction commencée"
    ),
    Acte.DEMANDER_PIECES: Transition(
        _from(Statut.EN_INSTRUCTION), Statut.A_COMPLETER, OPCO, "Pièces demandées", True
    ),
    Acte.REPONDRE: Transition(
        _from(Statut.A_COMPLETER), Statut.EN_INSTRUCTION, COMPANY, "Réponse envoyée"
    ),
    Acte.ACCORDER: Transition(
        _from(Statut.EN_INSTRUCTION), Statut.ENGAGE, OPCO, "Prise en charge accordée"
    ),
    Acte.REFUSER: Transition(
        _from(Statut.EN_INSTRUCTION, Statut.A_COMPLETER), Statut.REFUSE, OPCO, "Refusé", True
    ),
    Acte.ANNULER: Transition(
        _from(Statut.TRANSMIS, Statut.EN_INSTRUCTION, Statut.A_COMPLETER, Statut.ENGAGE),
        Statut.ANNULE,
        OPCO,
        "Annulé",
        True,
    ),
    Acte.SOLDER: Transition(_from(Statut.ENGAGE), Statut.SOLDE, OPCO, "Soldé"),
}


def label_of_act(acte: str) -> str:
    """How the timeline tells an act of the journal."""
    return TRANSITIONS[Acte(acte)].label if acte in set(Acte) else OTHER_ACTS[acte]


OTHER_ACTS = {
    "commencer": "Brouillon commencé",
    "joindre": "Pièce jointe",
    "remplacer": "Pièce remplacée",
    "retirer": "Salarié retiré",
    "revenir": "Retour à un moment précédent",
    "supprimer": "Brouillon supprimé",
    "repartir": "Salariés répartis dans un lot",
    "naitre": "Brouillon né d’une répartition",
    "dupliquer": "Brouillon créé par duplication",
    "reunir": "Salariés en attente ajoutés",
    "modifier_partout": "Modifié avec les autres parties du lot",
}


def check(acteur: Acteur, dossier: Dossier, acte: Acte) -> None:
    """Raise Interdit when `acte` does not start from this state, or is the other side's."""
    transition = TRANSITIONS[acte]
    if acteur.role not in transition.by or dossier.statut not in transition.sources:
        raise Interdit(why_not(dossier))


def move(acteur: Acteur, dossier: Dossier, acte: Acte, motif: str = "", **details: Json) -> None:
    """Take the dossier to the state `acte` leads to, and write it in the journal.

    The caller holds the lock of the row. Raise Interdit as `check` does, Refuse without its motif.
    """
    transition = TRANSITIONS[acte]
    check(acteur, dossier, acte)
    if transition.needs_motif and not motif.strip():
        raise Refuse("Indiquez le motif\u00a0: la personne qui suit le dossier doit le comprendre.")
    instant = horloge.now()
    dossier.statut = transition.target
    dossier.statut_le = dossier.maj_le = instant
    dossier.motif = motif.strip() if transition.needs_motif else ""
    journal.record(acteur, acte, dossier, motif=dossier.motif, **details)


def why_not(dossier: Dossier) -> str:
    """Why an act is closed on this dossier, said to the person who tried it."""
    state = PRESENTATION[dossier.statut].label.lower()
    return (
        f"Le dossier {dossier.designation} est à l’état «\u00a0{state}\u00a0»\u00a0: "
        "cette action n’est pas possible à ce stade. Rien n’a été modifié. "
        "Pour une correction, écrivez à votre conseiller en rappelant ce numéro."
    )
