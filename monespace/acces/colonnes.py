"""The columns of the grid of rights, and which verbs each kind of object has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from monespace.acteur import Objet, Verbe
from monespace.dossiers.dispositifs import catalogue
from monespace.organisations.models import TOUS

VERBES: Mapping[Objet, tuple[Verbe, ...]] = {
    Objet.DOSSIERS: tuple(Verbe),
    Objet.SALARIES: (Verbe.CONSULTER, Verbe.SAISIR),
    Objet.FACTURES: tuple(Verbe),
    Objet.COORDONNEES_BANCAIRES: (Verbe.CONSULTER, Verbe.SAISIR),
    Objet.RATTACHEMENTS: (Verbe.CONSULTER, Verbe.SAISIR, Verbe.SUPPRIMER),
}
# They follow Saisir unless they are unticked.
FINS = frozenset({Verbe.TRANSMETTRE, Verbe.SUPPRIMER})


@dataclass(frozen=True, slots=True)
class Colonne:
    """One kind of object, and for dossiers one dispositif or all. `cle` names it in a form."""

    cle: str
    objet: Objet
    dispositif: str
    titre: str

    @property
    def verbes(self) -> tuple[Verbe, ...]:
        return VERBES[self.objet]


def colonnes() -> tuple[Colonne, ...]:
    """Dossiers of every dispositif, of each, then what no dispositif divides."""
    return (
        Colonne("d", Objet.DOSSIERS, TOUS, "Tous les dispositifs"),
        *(Colonne(f"d-{code}", Objet.DOSSIERS, code, one.nom) for code, one in catalogue().items()),
        Colonne("s", Objet.SALARIES, TOUS, "Salariés"),
        Colonne("f", Objet.FACTURES, TOUS, "Factures"),
        Colonne("b", Objet.COORDONNEES_BANCAIRES, TOUS, "Coordonnées bancaires"),
        Colonne("r", Objet.RATTACHEMENTS, TOUS, "Rattachements"),
    )


LETTERS = {
    Verbe.CONSULTER: "c",
    Verbe.SAISIR: "s",
    Verbe.TRANSMETTRE: "t",
    Verbe.SUPPRIMER: "x",
}


def box(verbe: Verbe, ticked: frozenset[Verbe]) -> tuple[str, bool]:
    """What the box of a verb sends, and whether it is ticked, in a cell that grants `ticked`.

    Transmettre and Supprimer stand ticked where nothing is granted yet, to follow Saisir; a
    capital letter tells those that were granted without it, and hold with Consulter alone.
    """
    letter = LETTERS[verbe]
    if verbe not in FINS or Verbe.SAISIR in ticked:
        return letter, verbe in ticked
    return (letter.upper(), True) if verbe in ticked else (letter, True)


def granted(sent: Iterable[str]) -> frozenset[Verbe]:
    """The verbs that the ticked boxes of one cell give. Raise ValueError for other values."""
    values = set(sent)
    if unknown := values - {*LETTERS.values(), "T", "X"}:
        raise ValueError(sorted(unknown))
    if "s" in values:
        lower = {value.lower() for value in values}
        fine = {verbe for verbe in FINS if LETTERS[verbe] in lower}
        return frozenset({Verbe.CONSULTER, Verbe.SAISIR, *fine})
    if "c" in values:
        alone = {verbe for verbe in FINS if LETTERS[verbe].upper() in values}
        return frozenset({Verbe.CONSULTER, *alone})
    return frozenset()
