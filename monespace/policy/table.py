"""RULES: for each noun and each thing that can be done to it, who may, on which rows."""

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, false

from monespace import horloge
from monespace.acces.models import DemandeAcces, Invitation
from monespace.acteur import Acteur, Role, Verbe
from monespace.activation.models import CodeActivation, Courrier
from monespace.comptes.models import FormulaireGarde, SessionOuverte
from monespace.dossiers import states
from monespace.dossiers.models import Dossier, Lot, Piece, Statut
from monespace.exports.models import Export
from monespace.imports.models import Import
from monespace.journal import Evenement
from monespace.notifications.models import Notification
from monespace.organisations.models import Organisation, Rattachement
from monespace.policy.conditions import (
    SENT,
    Condition,
    active,
    administering,
    asked_by_oneself,
    both,
    current,
    decided,
    decided_by_oneself,
    either,
    entrusted,
    granted,
    granted_on_salaries,
    in_states,
    of_oneself,
    of_others,
    of_rights,
    of_the_organisation,
    portfolio,
    pre_appointed,
    present,
    starting,
    suspended,
    to_decide,
    unanswered,
    waiting,
    whatever_is_seen,
    within_promise,
    within_reach,
    without_administrateur,
)
from monespace.salaries.models import Salarie


class Can(StrEnum):
    """What can be done to a row."""

    VIEW = "view"
    EDIT = "edit"
    ATTACH = "attach"
    SUBMIT = "submit"
    ANSWER = "answer"
    DELETE = "delete"
    DUPLICATE = "duplicate"
    INSTRUCT = "instruct"
    DECIDE = "decide"
    UNDO = "undo"
    WITHDRAW = "withdraw"
    APPOINT = "appoint"
    RESUME = "resume"
    LEAVE = "leave"
    WORK = "work"
    ASK = "ask"
    INVITE = "invite"
    ADMINISTER = "administer"
    OVERSEE = "oversee"
    PRE_APPOINT = "pre-appoint"
    REISSUE = "reissue"
    REVOKE = "revoke"


def _of_its_dossier(acteur: Acteur) -> ColumnElement[bool]:
    return Piece.dossier.has(allows(acteur, Dossier, Can.VIEW))


def _of_a_part(acteur: Acteur) -> ColumnElement[bool]:
    return Lot.dossiers.any(allows(acteur, Dossier, Can.VIEW))


def _own_organisation(acteur: Acteur) -> ColumnElement[bool]:
    return Organisation.id == acteur.organisation_id


def _staff(condition: Condition) -> dict[Role, Condition]:
    """What both trades of the OPCO may."""
    return {Role.CONSEILLER: condition, Role.AEF: condition}


_sent_in_portfolio = both(SENT, portfolio(Dossier.organisation_id))
_people = of_the_organisation(Rattachement)
_requests = of_the_organisation(DemandeAcces)
_invitations = of_the_organisation(Invitation)
_agreed_before_opening = both(pre_appointed, portfolio(Invitation.organisation_id))

RULES: dict[type, dict[Can, dict[Role, Condition]]] = {
    Dossier: {
        Can.VIEW: {Role.MEMBRE: granted(Verbe.CONSULTER), **_staff(_sent_in_portfolio)},
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
        Can.INSTRUCT: {Role.CONSEILLER: whatever_is_seen},
    },
    Lot: {Can.VIEW: {Role.MEMBRE: _of_a_part, **_staff(_of_a_part)}},
    Piece: {Can.VIEW: {Role.MEMBRE: _of_its_dossier, **_staff(_of_its_dossier)}},
    Export: {Can.VIEW: {Role.MEMBRE: asked_by_oneself(Export)}},
    Salarie: {
        Can.VIEW: {Role.MEMBRE: granted_on_salaries(Verbe.CONSULTER)},
        Can.EDIT: {Role.MEMBRE: granted_on_salaries(Verbe.SAISIR)},
    },
    Import: {Can.VIEW: {Role.MEMBRE: asked_by_oneself(Import)}},
    Organisation: {
        Can.VIEW: {Role.MEMBRE: _own_organisation, **_staff(portfolio(Organisation.id))},
        Can.ADMINISTER: {Role.MEMBRE: administering(_own_organisation)},
        # See who may do what, and what is asked.
        Can.OVERSEE: {Role.MEMBRE: entrusted(Verbe.CONSULTER, _own_organisation)},
        Can.INVITE: {Role.MEMBRE: entrusted(Verbe.SAISIR, _own_organisation)},
        # Before opening only: once somebody administers, rights are the company's alone.
        Can.PRE_APPOINT: _staff(both(portfolio(Organisation.id), without_administrateur)),
        Can.REISSUE: _staff(portfolio(Organisation.id)),
    },
    Rattachement: {
        Can.VIEW: {
            Role.MEMBRE: either(of_oneself(Rattachement), entrusted(Verbe.CONSULTER, _people))
        },
        Can.EDIT: {
            Role.MEMBRE: entrusted(
                Verbe.SAISIR, both(_people, of_others(Rattachement), active, within_reach)
            )
        },
        Can.DELETE: {
            Role.MEMBRE: entrusted(
                Verbe.SUPPRIMER, both(_people, of_others(Rattachement), present, within_reach)
            )
        },
        Can.RESUME: {
            Role.MEMBRE: entrusted(
                Verbe.SUPPRIMER, both(_people, of_others(Rattachement), suspended, within_reach)
            )
        },
        Can.APPOINT: {Role.MEMBRE: administering(both(_people, of_others(Rattachement), active))},
        Can.LEAVE: {Role.MEMBRE: both(of_oneself(Rattachement), active)},
        Can.WORK: {Role.MEMBRE: both(of_oneself(Rattachement), current)},
    },
    DemandeAcces: {
        Can.VIEW: {
            Role.MEMBRE: either(of_oneself(DemandeAcces), entrusted(Verbe.CONSULTER, _requests))
        },
        Can.DECIDE: {
            Role.MEMBRE: entrusted(
                Verbe.SAISIR, both(_requests, of_others(DemandeAcces), to_decide)
            )
        },
        Can.UNDO: {
            Role.MEMBRE: either(
                entrusted(
                    Verbe.SAISIR,
                    both(
                        _requests, of_others(DemandeAcces), decided, decided_by_oneself, of_rights
                    ),
                ),
                administering(both(_requests, of_others(DemandeAcces), decided)),
            )
        },
        Can.WITHDRAW: {Role.MEMBRE: both(of_oneself(DemandeAcces), unanswered)},
        # Whatever is asked: nobody of the OPCO belongs to a company.
        Can.ASK: {Role.MEMBRE: of_oneself(DemandeAcces)},
    },
    Invitation: {
        Can.VIEW: {
            Role.MEMBRE: entrusted(Verbe.CONSULTER, _invitations),
            **_staff(_agreed_before_opening),
        },
        Can.DELETE: {
            Role.MEMBRE: entrusted(Verbe.SAISIR, both(_invitations, waiting, within_promise)),
        },
        Can.WITHDRAW: _staff(both(_agreed_before_opening, waiting)),
    },
    Courrier: {
        Can.VIEW: {
            Role.MEMBRE: administering(of_the_organisation(Courrier)),
            **_staff(portfolio(Courrier.organisation_id)),
        },
    },
    CodeActivation: {
        Can.VIEW: {
            Role.MEMBRE: administering(of_the_organisation(CodeActivation)),
            **_staff(portfolio(CodeActivation.organisation_id)),
        },
        # The day it came is the OPCO's to record, stopping it the company's.
        Can.EDIT: _staff(portfolio(CodeActivation.organisation_id)),
        Can.REVOKE: {Role.MEMBRE: administering(of_the_organisation(CodeActivation))},
    },
    Evenement: {
        Can.VIEW: {Role.MEMBRE: entrusted(Verbe.CONSULTER, of_the_organisation(Evenement))}
    },
    Notification: {Can.VIEW: dict.fromkeys(Role, of_oneself(Notification))},
    SessionOuverte: {Can.VIEW: dict.fromkeys(Role, of_oneself(SessionOuverte))},
    FormulaireGarde: {Can.VIEW: dict.fromkeys(Role, of_oneself(FormulaireGarde))},
}


def allows(acteur: Acteur, model: type[Any], can: Can) -> ColumnElement[bool]:
    """The rows of `model` on which the acteur may do `can`, as a condition: rows they may see."""
    return _allows(acteur, cast(Any, model), can, horloge.today())


def somewhere(acteur: Acteur, model: type[Any], can: Can) -> bool:
    """Is there a row on which the acteur might do `can`, whatever rows there are?"""
    return _somewhere(acteur, cast(Any, model), can, horloge.today())


def forget() -> None:
    """Forget the conditions that were built: RULES has changed."""
    _allows.cache_clear()
    _somewhere.cache_clear()


# Building a condition takes longer than running it. Other rights make another acteur, and some
# conditions look at the day: each has its own.


@lru_cache(maxsize=1024)
def _allows(acteur: Acteur, model: Any, can: Can, today: date) -> ColumnElement[bool]:
    rule = RULES[model][can].get(acteur.role)
    if rule is None:
        return false()
    own = rule(acteur)
    return own if can is Can.VIEW else and_(_allows(acteur, model, Can.VIEW, today), own)


@lru_cache(maxsize=1024)
def _somewhere(acteur: Acteur, model: Any, can: Can, today: date) -> bool:
    rule = RULES[model][can].get(acteur.role)
    return rule is not None and str(rule(acteur).compile()) != str(false().compile())
