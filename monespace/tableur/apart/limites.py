"""How much of a spreadsheet is read, and what is said of the rest."""

from monespace.tableur.apart.archive import REFAIRE
from monespace.typographie import count, plural

LONGEST_CELL = 2000
MOST_LINES = 10_001  # the headings and 10 000 people
MOST_COLUMNS = 60
MOST_SHEETS = 20
ABIME = f"Ce classeur est abîmé ou incomplet. Ouvrez-le sur votre ordinateur. {REFAIRE}"
VIDE = (
    "Ce classeur ne contient aucune donnée. Vérifiez que la feuille remplie n’est pas restée dans "
    "un autre fichier, puis envoyez-le à nouveau."
)


def said(name: str, read: int, rest: int, width: int, hidden: int) -> list[str]:
    """What the person must know of how a sheet was read."""
    told = []
    if rest:
        told.append(
            f"les lignes 1 à {count(read)} ont été lues. Ce qui suit "
            f"({plural(rest, 'ligne', 'lignes')}) vous sera rendu dans le classeur à "
            "corriger\u00a0: renvoyez-le ensuite pour l’importer."
        )
    if width > MOST_COLUMNS:
        told.append(
            f"seules les {MOST_COLUMNS} premières colonnes sur {count(width)} ont été lues. "
            "Supprimez les colonnes inutiles si une colonne attendue manque."
        )
    if hidden:
        told.append(
            f"{plural(hidden, 'ligne masquée a été lue', 'lignes masquées ont été lues')} comme "
            "les autres. Supprimez-les du classeur pour ne pas les importer."
        )
    return [f"Feuille «\u00a0{name}\u00a0»\u00a0: {sentence}" for sentence in told]
