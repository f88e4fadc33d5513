"""The life of an import: sent, read, linked, taken, forgotten."""

from monespace.imports.actions.depot import (
    Envoye,
    choose_columns,
    keep_reading,
    receive,
    revision_of,
)
from monespace.imports.actions.prise import (
    Choix,
    Prise,
    ask,
    check,
    close,
    confirmable,
    keep_corrected,
    take,
)
from monespace.imports.actions.vie import (
    SILENCE,
    claim,
    expire,
    fail,
    finish,
    give_back,
    give_back_stale,
    progress,
)

__all__ = (
    "SILENCE",
    "Choix",
    "Envoye",
    "Prise",
    "ask",
    "check",
    "choose_columns",
    "claim",
    "close",
    "confirmable",
    "expire",
    "fail",
    "finish",
    "give_back",
    "give_back_stale",
    "keep_corrected",
    "keep_reading",
    "progress",
    "receive",
    "revision_of",
    "take",
)
