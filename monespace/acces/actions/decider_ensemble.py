"""Decide on several requests at once, each in its own right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from monespace.acces.actions.decider import approve, check_reason, refuse
from monespace.acces.actions.verrou import hold_organisation
from monespace.acces.fiche import asked_for
from monespace.acces.grille import proposed
from monespace.acces.models import DemandeAcces
from monespace.acteur import Acteur
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Rattachement
from monespace.refus import Refus


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one request: nothing, and why, when there is a `refus`."""

    demande: DemandeAcces
    refus: str = ""


def approve_several(acteur: Acteur, demandes: Sequence[DemandeAcces]) -> list[Issue]:
    """Approve each as it was asked, as far as the acteur may give it."""

    def act(demande: DemandeAcces) -> None:
        held = ecrits.of(demande.rattachement.habilitations)
        wanted = proposed(acteur, demande.organisation_id, held, asked_for(demande))
        approve(acteur, demande, wanted)

    return _each(demandes, act)


def refuse_several(acteur: Acteur, demandes: Sequence[DemandeAcces], motif: str) -> list[Issue]:
    """Refuse each for that reason. Raise Refuse without one."""
    kept = check_reason(motif)
    return _each(demandes, lambda demande: refuse(acteur, demande, kept))


def _each(demandes: Sequence[DemandeAcces], act: Callable[[DemandeAcces], None]) -> list[Issue]:
    _hold_all(demandes)
    return [_tried(one, act) for one in demandes]


def _hold_all(demandes: Sequence[DemandeAcces]) -> None:
    """Every rattachement before the organisation: two such decisions wait, none blocks both."""
    rows = sorted({one.rattachement_id for one in demandes})
    session().scalars(
        select(Rattachement)
        .where(Rattachement.id.in_(rows))
        .order_by(Rattachement.id)
        .with_for_update(of=Rattachement)
        .execution_options(populate_existing=True)
    ).all()
    for organisation_id in sorted({one.organisation_id for one in demandes}):
        hold_organisation(organisation_id)


def _tried(demande: DemandeAcces, act: Callable[[DemandeAcces], None]) -> Issue:
    try:
        with session().begin_nested():
            act(demande)
    except Refus as refusal:
        return Issue(demande, refusal.message)
    return Issue(demande)
