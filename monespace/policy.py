"""Who may do what, in one table of rules as SQL conditions.

The same condition filters a list, guards a page, tells a template which buttons to show, bounds
an export. What may not be seen does not exist (Introuvable, 404); what is seen but not allowed is
refused with its reason (Interdit, 403).
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    or_,
    select,
    true,
)

from monespace import horloge
from monespace.acteur import Acteur, Droit, Objet, Role, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import KEY_ALPHABET, session
from monespace.dossiers import states
from monespace.dossiers.models import Dossier, Lot, Piece, Statut
from monespace.exports.models import Export
from monespace.imports.models import Import
from monespace.organisations.models import (
    TOUS,
    Etablissement,
    EtatRattachement,
    Habilitation,
    Rattachement,
)
from monespace.refus import Interdit, Introuvable
from monespace.salaries.models import Salarie


class Can(StrEnum):
    VIEW = "view"
    EDIT = "edit"
    ATTACH = "attach"
    SUBMIT = "submit"
    ANSWER = "answer"
    DELETE = "delete"
    DUPLICATE = "duplicate"
    INSTRUCT = "instruct"


Condition = Callable[[Acteur], ColumnElement[bool]]
T = TypeVar("T", Dossier, Lot, Piece, Export, Salarie, Import)


def granted(verbe: Verbe) -> Condition:
    """Dossiers of the acteur's organisation where an habilitation grants `verbe`."""

    def condition(acteur: Acteur) -> ColumnElement[bool]:
        own = Dossier.organisation_id == acteur.organisation_id
        places = [
            and_(
                true()
                if scope.etablissements is None
                else Dossier.etablissement_id.in_(sorted(scope.etablissements)),
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
            else Salarie.etablissement_id.in_(sorted(scope.etablissements))
            for scope in acteur.scopes(Objet.SALARIES, verbe)
        ]
        return and_(own, or_(*places)) if places else false()

    return condition


def both(first: Condition, second: Condition) -> Condition:
    return lambda acteur: and_(first(acteur), second(acteur))


def in_states(*statuts: Statut) -> Condition:
    return lambda acteur: Dossier.statut.in_(statuts)


def starting(*actes: states.Acte) -> Condition:
    """Dossiers in a state from which one of `actes` starts."""
    sources = frozenset[Statut]().union(*(states.TRANSITIONS[acte].sources for acte in actes))
    return in_states(*sorted(sources))


def _of_its_dossier(acteur: Acteur) -> ColumnElement[bool]:
    return Piece.dossier.has(allows(acteur, Dossier, Can.VIEW))


def _of_a_part(acteur: Acteur) -> ColumnElement[bool]:
    return Lot.dossiers.any(allows(acteur, Dossier, Can.VIEW))


def asked_by_oneself(model: type[Export] | type[Import]) -> Condition:
    return lambda acteur: and_(
        model.utilisateur_id == acteur.utilisateur_id,
        model.organisation_id == acteur.organisation_id,
    )


SENT = in_states(*(statut for statut in Statut if statut is not Statut.BROUILLON))

RULES: dict[type, dict[Can, dict[Role, Condition]]] = {
    Dossier: {
        Can.VIEW: {Role.MEMBRE: granted(Verbe.CONSULTER), Role.CONSEILLER: SENT},
        Can.EDIT: {Role.MEMBRE: both(granted(Verbe.SAISIR), in_states(Statut.BROUILLON))},
        Can.ATTACH: {
            Role.MEMBRE: both(
                granted(Verbe.SAISIR), in_states(Statut.BROUILLON, Statut.A_COMPLETER)
            )
        },
        # TRANSMIS too: the second of two clicks must find the same confirmation as the first.
        Can.SUBMIT: {
            Role.MEMBRE: both(
                granted(Verbe.TRANSMETTRE), in_states(Statut.BROUILLON, Statut.TRANSMIS)
            )
        },
        Can.ANSWER: {Role.MEMBRE: both(granted(Verbe.TRANSMETTRE), starting(states.Acte.REPONDRE))},
        Can.DELETE: {Role.MEMBRE: both(granted(Verbe.SUPPRIMER), in_states(Statut.BROUILLON))},
        Can.DUPLICATE: {Role.MEMBRE: granted(Verbe.SAISIR)},
        Can.INSTRUCT: {Role.CONSEILLER: SENT},
    },
    Lot: {Can.VIEW: {Role.MEMBRE: _of_a_part, Role.CONSEILLER: _of_a_part}},
    Piece: {Can.VIEW: {Role.MEMBRE: _of_its_dossier, Role.CONSEILLER: _of_its_dossier}},
    Export: {Can.VIEW: {Role.MEMBRE: asked_by_oneself(Export)}},
    Salarie: {
        Can.VIEW: {Role.MEMBRE: granted_on_salaries(Verbe.CONSULTER)},
        Can.EDIT: {Role.MEMBRE: granted_on_salaries(Verbe.SAISIR)},
    },
    Import: {Can.VIEW: {Role.MEMBRE: asked_by_oneself(Import)}},
}


def allows(acteur: Acteur, model: type[Any], can: Can) -> ColumnElement[bool]:
    """The rows of `model` on which the acteur may do `can`, as a condition: rows they may see."""
    rule = RULES[model][can].get(acteur.role)
    if rule is None:
        return false()
    return rule(acteur) if can is Can.VIEW else and_(allows(acteur, model, Can.VIEW), rule(acteur))


def visible(acteur: Acteur, model: type[T]) -> Select[T]:
    """SELECT the rows of `model` the acteur may see."""
    return select(model).where(allows(acteur, model, Can.VIEW))


def load(acteur: Acteur, model: type[T], cle: str, can: Can, lock: bool = False) -> T:
    """The row of that key. Raise Introuvable if it may not be seen, Interdit if `can` is not."""
    if not set(KEY_ALPHABET).issuperset(cle):
        raise Introuvable()
    found = session().execute(_loading(acteur, model, can, lock), {"cle": cle}).one_or_none()
    if found is None:
        raise Introuvable()
    row: T = found[0]
    if not found[1]:
        raise Interdit(why_not(acteur, row, can))
    return row


# Building it takes longer than running it. Other rights make another acteur, hence another one.
@lru_cache(maxsize=256)
def _loading(acteur: Acteur, model: type[T], can: Can, lock: bool) -> Select[T, bool]:
    statement = (
        select(model, allows(acteur, model, can))
        .where(model.cle == bindparam("cle"), allows(acteur, model, Can.VIEW))
        .execution_options(populate_existing=True)
    )
    return statement.with_for_update(of=model) if lock else statement


def permitted(acteur: Acteur, row: Dossier | Salarie) -> frozenset[Can]:
    """Everything the acteur may do on this row, as it stands now."""
    session().flush()
    cans = tuple(RULES[type(row)])
    answers = (
        session()
        .execute(
            select(*(allows(acteur, type(row), can).label(can) for can in cans)).where(
                type(row).id == row.id
            )
        )
        .one()
    )
    return frozenset(can for can, answer in zip(cans, answers, strict=True) if answer)


def why_not(acteur: Acteur, row: T, can: Can) -> str:
    """Which of the two closed the door, the state of the dossier or one's rights."""
    if isinstance(row, Dossier):
        verbe = VERB_OF[can]
        if acteur.may(Objet.DOSSIERS, verbe, row.etablissement_id, row.dispositif):
            return states.why_not(row)
        return (
            f"Vous pouvez consulter le dossier {row.designation}, mais vous n’avez pas le droit "
            f"«\u00a0{verbe.capitalize()}\u00a0» sur cet établissement et ce dispositif. "
            "Rien n’a été modifié. Demandez ce droit à un administrateur de votre entreprise."
        )
    if isinstance(row, Salarie):
        return (
            f"Vous pouvez consulter la fiche de {row.nom}, mais vous n’avez pas le droit "
            f"«\u00a0{Verbe.SAISIR.capitalize()}\u00a0» sur les salariés de son établissement. "
            "Rien n’a été modifié. Demandez ce droit à un administrateur de votre entreprise."
        )
    return "Vos droits ne permettent pas cette action. Demandez-les à un administrateur."


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


def acteur_of(utilisateur: Utilisateur, organisation_id: int | None) -> Acteur:
    """The person on that organisation, with the rights in force today; none if not attached."""
    return attached(
        utilisateur,
        session()
        .scalars(
            select(Rattachement).where(
                Rattachement.utilisateur_id == utilisateur.id,
                Rattachement.organisation_id == organisation_id,
                in_force(horloge.today()),
            )
        )
        .one_or_none(),
    )


def attached(utilisateur: Utilisateur, rattachement: Rattachement | None) -> Acteur:
    """The person with the rights of a rattachement in force, or with none."""
    if rattachement is None:
        return Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)
    return Acteur(
        utilisateur.id,
        utilisateur.nom_complet,
        utilisateur.role,
        rattachement.organisation_id,
        rattachement.administrateur,
        () if rattachement.administrateur else _droits(rattachement.id),
    )


def in_force(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Rattachements that are active on that day, in Paris."""
    return and_(
        Rattachement.etat == EtatRattachement.ACTIF,
        or_(Rattachement.debut.is_(None), Rattachement.debut <= today),
        or_(Rattachement.fin.is_(None), Rattachement.fin >= today),
    )


def _droits(rattachement_id: int) -> tuple[Droit, ...]:
    rows = session().execute(
        select(Habilitation, Etablissement.id)
        .outerjoin(Etablissement, Etablissement.siret == Habilitation.siret)
        .where(Habilitation.rattachement_id == rattachement_id)
        # A SIRET that is not in the base grants nothing; it must not read as «all».
        .where(or_(Habilitation.siret == TOUS, Etablissement.id.is_not(None)))
    )
    return tuple(
        Droit(
            habilitation.objet,
            etablissement_id,
            None if habilitation.dispositif == TOUS else habilitation.dispositif,
            frozenset(verbe for verbe in Verbe if getattr(habilitation, verbe)),
        )
        for habilitation, etablissement_id in rows
    )
