"""What one line of a listing knows: rows read without entities, answers read by the declaration."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy.orm import InstrumentedAttribute

from monespace.argent import euros
from monespace.comptes.models import Utilisateur
from monespace.db import Json
from monespace.dossiers.declaration import Dispositif, Poste
from monespace.dossiers.models import Dossier, LigneCout
from monespace.forms.kinds import Illisible
from monespace.forms.kinds.base import Cell
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Entreprise, Etablissement

T = TypeVar("T")

# What is selected for each dossier, its établissement, its company and its author.
SOURCES: tuple[InstrumentedAttribute[Any], ...] = (
    Dossier.id,
    Dossier.numero,
    Dossier.reference,
    Dossier.dispositif,
    Dossier.statut,
    Dossier.reponses,
    Dossier.motif,
    Dossier.cree_le,
    Dossier.statut_le,
    Dossier.transmis_le,
    Dossier.decide_le,
    Dossier.intitule,
    Dossier.date_debut,
    Dossier.date_fin,
    Dossier.prestataire_siret,
    Dossier.prestataire_nom,
    Dossier.nb_stagiaires,
    Dossier.cout_total_cents,
    Dossier.demande_cents,
    Dossier.accorde_cents,
    Etablissement.siret,
    Etablissement.enseigne,
    Etablissement.code_postal,
    Etablissement.commune,
    Entreprise.siren,
    Entreprise.raison_sociale,
    Entreprise.idcc,
    Entreprise.branche,
    Utilisateur.prenom,
    Utilisateur.nom,
)
# Of each line of costs: quantité in hundredths, the other amounts in cents.
COSTS = (
    LigneCout.poste,
    LigneCout.base,
    LigneCout.quantite_centiemes,
    LigneCout.taux_cents,
    LigneCout.demande_cents,
    LigneCout.tva_cents,
    LigneCout.accorde_cents,
)
PLACES = {source: place for place, source in enumerate(SOURCES)}


class Formulaire:
    """A dispositif as listings read it: its questions by projection and by name."""

    def __init__(self, dispositif: Dispositif) -> None:
        self.dispositif = dispositif
        self.projected = {
            question.projected_to: question
            for question in dispositif.questions
            if question.projected_to
        }
        self.people = {question.name: question for question in dispositif.personnes.questions}
        self.postes = {poste.code: poste for poste in dispositif.postes}


class DossierLu:
    """One dossier of a listing, with the rows that belong to it.

    It holds them bare: objects that knew it in return would outlive it in memory.
    """

    def __init__(self, row: Sequence[Any], formulaire: Formulaire) -> None:
        self._row = row
        self.formulaire = formulaire
        self.people: list[Mapping[str, Json]] = []
        self.costs: list[Sequence[Any]] = []
        self.pieces: set[str] = set()

    @property
    def stagiaires(self) -> "list[StagiaireLu]":
        return [StagiaireLu(self, reponses) for reponses in self.people]

    @property
    def lignes(self) -> "list[LigneLue]":
        return [LigneLue.of(self, *row) for row in self.costs]

    def __getitem__(self, source: InstrumentedAttribute[T]) -> T:
        """What was read from that column, one of SOURCES."""
        value: T = self._row[PLACES[source]]
        return value

    @property
    def designation(self) -> str:
        return self[Dossier.numero] or self[Dossier.reference]

    @property
    def decided(self) -> bool:
        """Only then does an amount granted mean something, zero included."""
        return self[Dossier.decide_le] is not None

    def answer(self, projection: str) -> Cell:
        """The answer that is projected under that name; None where the dispositif asks no such."""
        question = self.formulaire.projected.get(projection)
        return cell(question, self[Dossier.reponses]) if question else None

    def granted(self, family: str) -> Decimal | None:
        """Euros granted for the postes of one family; None before the decision."""
        if not self.decided:
            return None
        return sum((x.accorde or Decimal(0) for x in self.lignes if x.family == family), Decimal(0))

    @property
    def missing_pieces(self) -> int:
        """How many of the pieces it must bear have not been joined."""
        reponses = self[Dossier.reponses]
        return sum(
            expected.required
            and expected.type not in self.pieces
            and (expected.asked_if is None or expected.asked_if.holds(reponses))
            for expected in self.formulaire.dispositif.pieces
        )


@dataclass(frozen=True, slots=True)
class LigneLue:
    """The money of one poste of a dossier, amounts in euros."""

    dossier: DossierLu
    poste: str
    base: str
    quantite: Decimal
    taux: Decimal
    demande: Decimal
    tva: Decimal
    accorde: Decimal | None

    @classmethod
    def of(cls, dossier: DossierLu, poste: str, base: str, *amounts: int) -> "LigneLue":
        """From a row of COSTS."""
        quantite, taux, demande, tva, accorde = map(euros, amounts)
        return cls(
            dossier, poste, base, quantite, taux, demande, tva, accorde if dossier.decided else None
        )

    @property
    def declared(self) -> Poste | None:
        return self.dossier.formulaire.postes.get(self.poste)

    @property
    def family(self) -> str:
        return self.declared.family if self.declared else "annexes"

    @property
    def label(self) -> str:
        return self.declared.label if self.declared else self.poste

    @property
    def paid_to_prestataire(self) -> bool:
        """Under subrogation the OPCO pays the training body, for its own costs alone."""
        return self.family == "pedagogique" and self.dossier.answer("subrogation") == "Oui"


@dataclass(frozen=True, slots=True)
class StagiaireLu:
    """One person of a dossier."""

    dossier: DossierLu
    reponses: Mapping[str, Json]

    def answer(self, name: str) -> Cell:
        """The answer to that question; None where the dispositif asks no such."""
        question = self.dossier.formulaire.people.get(name)
        if question is None:
            return None
        return cell(question, {**self.dossier[Dossier.reponses], **self.reponses})


def cell(question: Question, reponses: Mapping[str, Json]) -> Cell:
    """The answer as an Excel cell, None when it is not asked or not given."""
    json = reponses.get(question.name)
    if json is None or not question.asked(reponses):
        return None
    try:
        return question.kind.cell(question.kind.from_json(json))
    except Illisible:
        # One answer of a former form must not keep a company from its whole listing.
        return str(json)
