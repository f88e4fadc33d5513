"""The conditions that rules are made of: each tells, for an acteur, which rows it holds for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from monespace import horloge
from monespace.acces.models import (
    DemandeAcces,
    EtatDemande,
    EtatInvitation,
    GenreDemande,
    Invitation,
)
from monespace.acteur import Acteur, Objet, Origine, Verbe
from monespace.dossiers import states
from monespace.dossiers.models import Dossier, Statut
from monespace.organisations.models import (
    EtatRattachement,
    Organisation,
    Portefeuille,
    Rattachement,
)
from monespace.parmi import among
from monespace.policy.acteurs import in_force
from monespace.salaries.models import Salarie

Condition = Callable[[Acteur], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Both:
    """Rows for which every part holds."""

    parts: tuple[Condition, ...]

    def __call__(self, acteur: Acteur) -> ColumnElement[bool]:
        return and_(*(part(acteur) for part in self.parts))


@dataclass(frozen=True, slots=True)
class Either:
    """Rows for which one part or another holds."""

    parts: tuple[Condition, ...]

    def __call__(self, acteur: Acteur) -> ColumnElement[bool]:
        return or_(*(part(acteur) for part in self.parts))


def both(*parts: Condition) -> Both:
    return Both(parts)


def either(*parts: Condition) -> Either:
    return Either(parts)


def whatever_is_seen(acteur: Acteur) -> ColumnElement[bool]:
    """No more than the right to see the row, that every rule asks for."""
    return true()


# Dossiers and salariés.


def granted(verbe: Verbe) -> Condition:
    """Dossiers of the acteur's organisation where an habilitation grants `verbe`."""

    def condition(acteur: Acteur) -> ColumnElement[bool]:
        own = Dossier.organisation_id == acteur.organisation_id
        places = [
            and_(
                true()
                if scope.etablissements is None
                else among(Dossier.etablissement_id, scope.etablissements),
                true() if scope.dispositif is None else Dossier.dispositif == scope.dispositif,
            )
            for scope in acteur.scopes(Objet.DOSSIERS, verbe)
        ]
        return and_(own, or_(*places)) if places else false()

    return condition


def granted_on_salaries(verbe: Verbe) -> Condition:
    """People of the acteur's organisation, by établissement: no dispositif divides a directory."""

    def condition(acteur: Acteur) -> ColumnElement[bool]:
        own = Salarie.organisation_id == acteur.organisation_id
        places = [
            true()
            if scope.etablissements is None
            else among(Salarie.etablissement_id, scope.etablissements)
            for scope in acteur.scopes(Objet.SALARIES, verbe)
        ]
        return and_(own, or_(*places)) if places else false()

    return condition


def in_states(*statuts: Statut) -> Condition:
    return lambda acteur: Dossier.statut.in_(statuts)


def starting(*actes: states.Acte) -> Condition:
    """Dossiers in a state from which one of `actes` starts."""
    sources = frozenset[Statut]().union(*(states.TRANSITIONS[acte].sources for acte in actes))
    return in_states(*sorted(sources))


SENT = in_states(*(statut for statut in Statut if statut is not Statut.BROUILLON))


# What belongs to a person or to an organisation.


def of_oneself(model: Any) -> Condition:
    """Rows that bear the acteur's own number."""
    return lambda acteur: model.utilisateur_id == acteur.utilisateur_id


def asked_by_oneself(model: Any) -> Condition:
    """Rows the acteur asked for, while working for the organisation they belong to."""
    return both(of_oneself(model), of_the_organisation(model))


def of_others(model: Any) -> Condition:
    """Nobody decides for oneself."""
    return lambda acteur: model.utilisateur_id != acteur.utilisateur_id


def of_the_organisation(model: Any) -> Condition:
    return lambda acteur: model.organisation_id == acteur.organisation_id


def administrateur(acteur: Acteur) -> ColumnElement[bool]:
    """Every row for an administrateur, none for others."""
    return true() if acteur.administrateur else false()


def administering(condition: Condition) -> Both:
    """The same, for administrateurs only."""
    return both(administrateur, condition)


def entrusted(verbe: Verbe, condition: Condition) -> Both:
    """The same, for who holds `verbe` on rattachements somewhere in the organisation."""

    def holding(acteur: Acteur) -> ColumnElement[bool]:
        return true() if acteur.scopes(Objet.RATTACHEMENTS, verbe) else false()

    return both(holding, condition)


# The OPCO looks after companies.


def portfolio(organisation_id: Any) -> Condition:
    """Rows of companies in the acteur's portfolio; of all for the OPCO's own terminal."""

    def condition(acteur: Acteur) -> ColumnElement[bool]:
        if acteur.utilisateur_id is None:
            return true()
        looked_after: ColumnElement[bool] = organisation_id.in_(
            select(Organisation.id)
            .join(Portefeuille, Portefeuille.entreprise_id == Organisation.entreprise_id)
            .where(Portefeuille.utilisateur_id == acteur.utilisateur_id)
        )
        return looked_after

    return condition


def without_administrateur(acteur: Acteur) -> ColumnElement[bool]:
    """Organisations that nobody administers yet."""
    return ~Organisation.id.in_(
        select(Rattachement.organisation_id).where(
            Rattachement.administrateur, in_force(horloge.today())
        )
    )


# Accesses.


def current(acteur: Acteur) -> ColumnElement[bool]:
    return in_force(horloge.today())


def active(acteur: Acteur) -> ColumnElement[bool]:
    return Rattachement.etat == EtatRattachement.ACTIF


def suspended(acteur: Acteur) -> ColumnElement[bool]:
    return Rattachement.etat == EtatRattachement.SUSPENDU


def present(acteur: Acteur) -> ColumnElement[bool]:
    """In force or stopped for a while: what can still be ended."""
    return Rattachement.etat.in_((EtatRattachement.ACTIF, EtatRattachement.SUSPENDU))


def within_reach(acteur: Acteur) -> ColumnElement[bool]:
    """Only an administrateur touches the rights of another one."""
    return true() if acteur.administrateur else ~Rattachement.administrateur


def unanswered(acteur: Acteur) -> ColumnElement[bool]:
    return DemandeAcces.etat == EtatDemande.A_TRAITER


def to_decide(acteur: Acteur) -> ColumnElement[bool]:
    """Requests that wait, and that this person may grant."""
    if acteur.administrateur:
        return unanswered(acteur)
    return and_(unanswered(acteur), of_rights(acteur))


def of_rights(acteur: Acteur) -> ColumnElement[bool]:
    """Requests that are not to administer: those are for administrateurs alone."""
    return DemandeAcces.genre != GenreDemande.ADMINISTRATION


def decided(acteur: Acteur) -> ColumnElement[bool]:
    return DemandeAcces.etat.in_((EtatDemande.APPROUVEE, EtatDemande.REFUSEE))


def decided_by_oneself(acteur: Acteur) -> ColumnElement[bool]:
    return DemandeAcces.decideur_id == acteur.utilisateur_id


def waiting(acteur: Acteur) -> ColumnElement[bool]:
    return Invitation.etat == EtatInvitation.EN_ATTENTE


def within_promise(acteur: Acteur) -> ColumnElement[bool]:
    """Only an administrateur stops or sends again what will make another one."""
    return true() if acteur.administrateur else ~Invitation.administrateur


def pre_appointed(acteur: Acteur) -> ColumnElement[bool]:
    return Invitation.origine == Origine.PREDESIGNATION
