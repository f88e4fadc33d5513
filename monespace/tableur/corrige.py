"""Gives back the lines to correct, in the person's own workbook."""

import json
from collections.abc import Mapping

from monespace.refus import Indisponible
from monespace.tableur.entetes import A_CORRIGER, Plan, normalised
from monespace.tableur.feuilles import Feuilles
from monespace.tableur.lecture import text_of
from monespace.tableur.processus import Epuise, run

PATIENCE_SECONDS = 90

NON_LUE = "Cette ligne n’a pas encore été lue\u00a0: renvoyez ce classeur pour l’importer."
IMPOSSIBLE = (
    "Le classeur à corriger n’a pas pu être préparé. Corrigez les lignes signalées dans votre "
    "fichier, puis envoyez-le à nouveau."
)


def give_back(
    nom: str, contenu: bytes, feuilles: Feuilles, plan: Plan, wrong: Mapping[int, str]
) -> bytes:
    """A workbook with the lines of `wrong` (line of Excel → what to correct) and its headings.

    `contenu` is the file as it was sent, or the pasted text in UTF-8. The lines that were not
    read, beyond the limit, are given back too. A workbook keeps its sheets, widths, styles and
    lists; one that openpyxl cannot open, a CSV and a pasted text become a new workbook.
    Raise Indisponible.
    """
    feuille = feuilles.feuilles[plan.feuille]
    order: dict[str, object] = {
        "feuille": feuille.nom if feuilles.format == "xlsx" else _stem(nom),
        "entete": plan.entete,
        "titre": A_CORRIGER,
        "wrong": {str(line): told for line, told in wrong.items() if line > plan.entete},
        "dernier": len(feuille.lignes) if feuille.reste else 0,
        "non_lue": NON_LUE,
        "colonne": _column_already_there(feuilles, plan),
        "neuf": feuilles.format != "xlsx",
        "lignes": [],
    }
    if feuilles.format != "xlsx":
        order["lignes"], contenu = text_of(feuilles.format, contenu), b""
    try:
        return _made(order, contenu)
    except Epuise:
        if order["neuf"]:
            raise Indisponible(IMPOSSIBLE) from None
    try:
        return _made(order | {"neuf": True}, contenu)
    except Epuise:
        raise Indisponible(IMPOSSIBLE) from None


def _made(order: Mapping[str, object], contenu: bytes) -> bytes:
    written = json.dumps(order).encode()
    sent = len(written).to_bytes(8, "big") + written + contenu
    return run("rendre", sent, PATIENCE_SECONDS)


def _column_already_there(feuilles: Feuilles, plan: Plan) -> int:
    """Where an earlier «À corriger» stands; -1 when there is none."""
    for index, heading in plan.entetes(feuilles) if plan.entete else ():
        if normalised(heading) == normalised(A_CORRIGER):
            return index
    return -1


def _stem(nom: str) -> str:
    return nom.rpartition(".")[0] or nom
