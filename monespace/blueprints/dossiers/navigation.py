"""The frame of the wizard: its steps with their state, and what comes after each."""

from datetime import datetime
from typing import Any

from flask import url_for

from monespace.dossiers.completude import (
    EN_ATTENTE,
    ENVOI,
    PIECES,
    Avancement,
    Lacune,
    expected_pieces,
    progress,
)
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.horloge import paris, today
from monespace.typographie import date_short, plural, time_of

StepItem = tuple[str, str, str, str, str, bool]


def frame(dossier: Dossier, current: str) -> dict[str, Any]:
    """What every page of the wizard shows around its form."""
    steps = progress(dossier)
    return {
        "dossier": dossier,
        "dispositif": declaration(dossier),
        "etapes": [*_items(dossier, steps, current), _sending(dossier, steps, current)],
        "revision": dossier.revision,
        "enregistre": _saved(dossier.maj_le),
    }


def _saved(instant: datetime) -> str:
    """When the dossier was last kept; the day too, unless it is today."""
    day = "" if paris(instant).date() == today() else f" le {date_short(instant)}"
    return f"Enregistré{day} à {time_of(instant)}"


def address(dossier: Dossier, step: str) -> str:
    """Where a step is filled in."""
    if step == PIECES:
        return url_for("dossiers.pieces", cle=dossier.cle)
    if step == ENVOI:
        return url_for("dossiers.envoi", cle=dossier.cle)
    if step == declaration(dossier).personnes.step:
        return url_for("dossiers.salaries", cle=dossier.cle)
    return url_for("dossiers.etape", cle=dossier.cle, etape=step)


def place(dossier: Dossier, lacune: Lacune) -> str:
    """The very field where a lack is mended."""
    if lacune.manque.question == EN_ATTENTE:
        return url_for("dossiers.repartir", cle=dossier.cle)
    if lacune.stagiaire is not None:
        page = url_for("dossiers.salarie", cle=dossier.cle, salarie=lacune.stagiaire.cle)
    else:
        page = address(dossier, lacune.step)
    anchor = lacune.manque.question.replace("_", "-")
    return f"{page}#{anchor}" if anchor else page


def after(dossier: Dossier, step: str) -> str:
    """The address of the step that follows."""
    names = [one.name for one in declaration(dossier).steps] + [PIECES, ENVOI]
    return address(dossier, names[names.index(step) + 1])


def _items(dossier: Dossier, steps: list[Avancement], current: str) -> list[StepItem]:
    return [
        (
            str(rank),
            step.title,
            *_state(dossier, step),
            address(dossier, step.name),
            step.name == current,
        )
        for rank, step in enumerate(steps, start=1)
    ]


def _state(dossier: Dossier, step: Avancement) -> tuple[str, str]:
    if step.faults:
        return plural(step.faults, "erreur à corriger", "erreurs à corriger"), "error"
    if step.name == PIECES:
        wanted = expected_pieces(dossier)
        joined = sum(piece is not None for _, piece in wanted)
        label = f"{plural(joined, 'pièce', 'pièces')} sur {len(wanted)}"
        return label, "done" if not step.blocking else "todo"
    return ("À compléter", "todo") if step.blocking else ("Complète", "done")


def _sending(dossier: Dossier, steps: list[Avancement], current: str) -> StepItem:
    waiting = sum(len(step.blocking) for step in steps)
    state = plural(waiting, "information manque", "informations manquent") if waiting else "Prêt"
    return (
        "",
        "Vérification et envoi",
        state,
        "todo",
        address(dossier, ENVOI),
        current == ENVOI,
    )
