"""The columns of the listing, in their order: label, format, width, and how each is read."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import InstrumentedAttribute

from monespace.argent import euros
from monespace.comptes.models import Utilisateur
from monespace.dossiers.listing import DossierLu, LigneLue, StagiaireLu
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.states import PRESENTATION
from monespace.forms.columns import DAY, MONEY, NUMBER, TEXT, WHOLE, Column
from monespace.forms.kinds.base import Cell
from monespace.horloge import paris
from monespace.organisations.models import Entreprise, Etablissement


def _text(label: str, source: InstrumentedAttribute[str], width: int) -> Column[DossierLu]:
    return Column(label, lambda dossier: dossier[source], width)


def _day(
    label: str,
    source: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None],
) -> Column[DossierLu]:
    def value(dossier: DossierLu) -> Cell:
        instant: datetime | None = dossier[source]
        return None if instant is None else paris(instant).date()

    return Column(label, value, 12, DAY)


def _date(label: str, source: InstrumentedAttribute[date | None]) -> Column[DossierLu]:
    return Column(label, lambda dossier: dossier[source], 12, DAY)


def _answer(
    label: str, projection: str, width: int, number_format: str = TEXT
) -> Column[DossierLu]:
    return Column(label, lambda dossier: dossier.answer(projection), width, number_format)


def _money(label: str, source: InstrumentedAttribute[int]) -> Column[DossierLu]:
    return Column(label, lambda dossier: euros(dossier[source]), 15, MONEY, summed=True)


def _granted(label: str, family: str) -> Column[DossierLu]:
    return Column(label, lambda dossier: dossier.granted(family), 15, MONEY, summed=True)


def _person(label: str, read: Callable[[StagiaireLu], Cell], width: int) -> Column[DossierLu]:
    """Of the one person of the dossier, «Multiple» for several."""

    def value(dossier: DossierLu) -> Cell:
        people = dossier.stagiaires
        if len(people) > 1:
            return "Multiple"
        return read(people[0]) if people else None

    return Column(label, value, width)


def _last_name(stagiaire: StagiaireLu) -> Cell:
    return stagiaire.answer("nom_usage") or stagiaire.answer("nom_naissance")


def _first_name(stagiaire: StagiaireLu) -> Cell:
    return stagiaire.answer("prenom")


def _planned_hours(stagiaire: StagiaireLu) -> Cell:
    own = stagiaire.answer("heures")
    return stagiaire.dossier.answer("duree") if own is None else own


def _motif(dossier: DossierLu) -> Cell:
    closed = dossier[Dossier.statut] in (Statut.REFUSE, Statut.ANNULE)
    return dossier[Dossier.motif] if closed else None


def _author(dossier: DossierLu) -> Cell:
    # The outer join gives no name to a dossier whose author has gone.
    return " ".join(filter(None, (dossier[Utilisateur.prenom], dossier[Utilisateur.nom])))


def _granted_whole(dossier: DossierLu) -> Decimal | None:
    return euros(dossier[Dossier.accorde_cents]) if dossier.decided else None


def _left_to_company(dossier: DossierLu) -> Decimal | None:
    if not dossier.decided:
        return None
    return euros(dossier[Dossier.cout_total_cents] - dossier[Dossier.accorde_cents])


DOSSIERS: tuple[Column[DossierLu], ...] = (
    Column("N° dossier", lambda dossier: dossier.designation, 17),
    _answer("Référence interne", "reference_interne", 20),
    Column("Dispositif", lambda dossier: dossier.formulaire.dispositif.nom, 24),
    Column("Statut", lambda dossier: PRESENTATION[dossier[Dossier.statut]].label, 16),
    _day("Date du statut", Dossier.statut_le),
    _text("SIREN", Entreprise.siren, 11),
    _text("SIRET", Etablissement.siret, 17),
    _text("Raison sociale", Entreprise.raison_sociale, 30),
    _text("Établissement / enseigne", Etablissement.enseigne, 28),
    _text("Code postal", Etablissement.code_postal, 9),
    _text("Ville", Etablissement.commune, 22),
    _text("IDCC", Entreprise.idcc, 8),
    _text("Branche", Entreprise.branche, 28),
    _text("Intitulé de la formation / diplôme visé", Dossier.intitule, 44),
    _answer("Code RNCP", "code_formation", 14),
    _answer("Modalité", "modalite", 20),
    _answer("Organisation", "organisation", 20),
    _text("Organisme de formation / CFA", Dossier.prestataire_nom, 30),
    _text("SIRET OF/CFA", Dossier.prestataire_siret, 17),
    _answer("NDA", "nda", 14),
    _date("Date de début", Dossier.date_debut),
    _date("Date de fin", Dossier.date_fin),
    _answer("Durée (heures)", "duree", 10, NUMBER),
    _answer("Dont à distance (heures)", "duree_distance", 10, NUMBER),
    Column("Nombre de stagiaires", lambda dossier: dossier[Dossier.nb_stagiaires], 10, WHOLE),
    _person("Nom du bénéficiaire", _last_name, 20),
    _person("Prénom du bénéficiaire", _first_name, 18),
    _answer("Subrogation", "subrogation", 11),
    _day("Date de création", Dossier.cree_le),
    _day("Date de transmission", Dossier.transmis_le),
    _day("Date de décision", Dossier.decide_le),
    Column("Motif de refus / d’annulation", _motif, 30),
    Column("Pièces manquantes", lambda dossier: dossier.missing_pieces, 10, WHOLE),
    Column("Créé par", _author, 22),
    _money("Coût total HT", Dossier.cout_total_cents),
    _money("Montant demandé", Dossier.demande_cents),
    Column("Montant accordé (engagé)", _granted_whole, 15, MONEY, summed=True),
    _granted("Dont coûts pédagogiques engagés", "pedagogique"),
    _granted("Dont rémunération engagée", "remuneration"),
    _granted("Dont frais annexes engagés", "annexes"),
    Column("Reste à charge entreprise", _left_to_company, 15, MONEY, summed=True),
)

LIGNES: tuple[Column[LigneLue], ...] = (
    Column("N° dossier", lambda ligne: ligne.dossier.designation, 17),
    Column("Dispositif", lambda ligne: ligne.dossier.formulaire.dispositif.nom, 24),
    Column("Statut", lambda ligne: PRESENTATION[ligne.dossier[Dossier.statut]].label, 16),
    Column("SIRET", lambda ligne: ligne.dossier[Etablissement.siret], 17),
    Column("Poste de coût", lambda ligne: ligne.label, 28),
    Column(
        "Bénéficiaire du paiement",
        lambda ligne: "OF/CFA" if ligne.paid_to_prestataire else "Entreprise",
        14,
    ),
    Column(
        "SIRET bénéficiaire",
        lambda ligne: ligne.dossier[
            Dossier.prestataire_siret if ligne.paid_to_prestataire else Etablissement.siret
        ],
        17,
    ),
    Column("Base", lambda ligne: ligne.base.capitalize(), 12),
    Column("Quantité", lambda ligne: ligne.quantite, 10, NUMBER),
    Column("Taux unitaire", lambda ligne: ligne.taux, 13, MONEY),
    Column("Demandé HT", lambda ligne: ligne.demande, 15, MONEY, summed=True),
    Column("TVA", lambda ligne: ligne.tva, 13, MONEY, summed=True),
    Column("Demandé TTC", lambda ligne: ligne.demande + ligne.tva, 15, MONEY, summed=True),
    Column("Engagé", lambda ligne: ligne.accorde, 15, MONEY, summed=True),
)

STAGIAIRES: tuple[Column[StagiaireLu], ...] = (
    Column("N° dossier", lambda stagiaire: stagiaire.dossier.designation, 17),
    Column("Civilité", lambda stagiaire: stagiaire.answer("civilite"), 9),
    Column("Nom", _last_name, 22),
    Column("Prénom", _first_name, 20),
    Column("Date de naissance", lambda stagiaire: stagiaire.answer("naissance"), 12, DAY),
    Column("CSP", lambda stagiaire: stagiaire.answer("csp"), 28),
    Column("Type de contrat", lambda stagiaire: stagiaire.answer("contrat"), 20),
    Column("Niveau de diplôme", lambda stagiaire: stagiaire.answer("diplome"), 26),
    Column("Emploi", lambda stagiaire: stagiaire.answer("emploi"), 28),
    Column(
        "Heures prévues",
        _planned_hours,
        10,
        NUMBER,
    ),
)
