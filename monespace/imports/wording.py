"""Imports in French: their states, what becomes of a row, what was done."""

from monespace.dossiers.states import Presentation
from monespace.imports.lignes import Sort
from monespace.imports.models import EtatImport, Import
from monespace.typographie import plural

MOST_TOLD = 50

PRESENTATION = {
    EtatImport.EN_LECTURE: Presentation("Lecture en cours", "info", "ring"),
    EtatImport.A_RELIER: Presentation("Colonnes à relier", "warn", "diamond"),
    EtatImport.A_VERIFIER: Presentation("À vérifier", "warn", "diamond"),
    EtatImport.EN_COURS: Presentation("En cours", "info", "ring"),
    EtatImport.FAIT: Presentation("Terminé", "ok", "dot"),
    EtatImport.ECHEC: Presentation("Échec", "err", "square"),
    EtatImport.EXPIRE: Presentation("Expiré", "neutral", "bar"),
}
OF_ROW = {
    Sort.NOUVEAU: Presentation("Nouveau", "ok", "dot"),
    Sort.CONNU: Presentation("Déjà connu", "info", "ring"),
    Sort.DOUBLE: Presentation("En double", "neutral", "bar"),
    Sort.A_CORRIGER: Presentation("À corriger", "err", "square"),
}


def number(import_: Import, name: str) -> int:
    """One of the counts kept when the rows were taken."""
    kept = import_.bilan.get(name)
    return kept if isinstance(kept, int) else 0


def done(import_: Import) -> list[tuple[str, str]]:
    """What was done, by (label, count); what is nought is left out, save for who was taken."""
    into = "Ajoutés au dossier" if import_.dossier_id else "Ajoutés à l’annuaire"
    already = "Déjà dans le dossier" if import_.dossier_id else "Déjà dans l’annuaire, inchangés"
    counts = (
        (into, "pris"),
        ("En attente d’une place", "en_attente"),
        ("Fiches mises à jour", "mis_a_jour"),
        (already, "deja"),
        ("Ajoutés aussi à l’annuaire", "annuaire"),
        ("Lignes en double dans le fichier", "doubles"),
        ("Lignes à corriger", "a_corriger"),
        ("Lignes pas encore lues", "reste"),
    )
    return [
        (label, str(number(import_, name)))
        for label, name in counts
        if name == "pris" or number(import_, name)
    ]


def sentence(import_: Import) -> str:
    """What was done, in one sentence for the next page."""
    if waiting := number(import_, "en_attente"):
        return f"{plural(waiting, 'personne attend', 'personnes attendent')} une place."
    taken = number(import_, "pris")
    words = plural(taken, "salarié ajouté", "salariés ajoutés")
    return f"{words} depuis «\u00a0{import_.nom}\u00a0»."


def corrected_name(import_: Import) -> str:
    """«Effectifs – à corriger.xlsx»."""
    stem = import_.nom.rpartition(".")[0] or import_.nom
    return f"{stem} – à corriger.xlsx"


def first_refused(import_: Import) -> list[tuple[str, str]]:
    """Line and what to mend, for the first rows that were not taken."""
    kept = import_.bilan.get("refus")
    rows = kept.items() if isinstance(kept, dict) else ()
    ordered = sorted((int(line), str(told)) for line, told in rows)
    return [(str(line), told) for line, told in ordered[:MOST_TOLD]]
