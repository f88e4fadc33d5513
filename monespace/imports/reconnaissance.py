"""Rows beside the people whom the directory, or the dossier, has already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from monespace.acteur import Acteur
from monespace.db import Json
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.imports.cible import Cible
from monespace.imports.lignes import Ligne, Sort, names_of
from monespace.salaries import queries as salaries
from monespace.salaries.identite import identity_of
from monespace.salaries.queries import Reconnu, Verdict

BORN_LATER = (
    "Quelqu’un du même nom est déjà dans ce dossier, sans date de naissance. Complétez sa fiche "
    "dans le dossier, puis renvoyez cette ligne."
)
UNBORN = (
    "Date de naissance\u00a0: quelqu’un du même nom est déjà dans ce dossier. Remplissez-la, pour "
    "que ces personnes ne soient pas confondues."
)


def recognised(acteur: Acteur, cible: Cible, lignes: Sequence[Ligne]) -> list[Ligne]:
    """The same rows, each known when it is somebody of the directory, or of the dossier."""
    good = [one for one in lignes if one.sort is Sort.NOUVEAU]
    found = salaries.recognise(acteur, [one.reponses for one in good])
    pairs = _told_apart(list(zip(good, found, strict=True)))
    settle = _InDossier(cible.dossier) if cible.dossier else _in_directory
    known = {ligne.numero: settle(ligne, reconnu) for ligne, reconnu in pairs}
    return [known.get(one.numero, one) for one in lignes]


def _told_apart(pairs: list[tuple[Ligne, Reconnu]]) -> list[tuple[Ligne, Reconnu]]:
    """Two rows that are one person of the directory, under two names: neither is guessed."""
    lines: dict[int, int] = {}
    told = []
    for ligne, reconnu in pairs:
        known = reconnu.salarie if reconnu.verdict is Verdict.CONNU else None
        first = lines.setdefault(known.id, ligne.numero) if known else ligne.numero
        if known and first != ligne.numero:
            ligne = ligne.to_mend(
                f"C’est la même personne qu’à la ligne {first}\u00a0: l’annuaire la connaît sous "
                f"le nom de {known.nom}. Supprimez l’une des deux lignes."
            )
        told.append((ligne, reconnu))
    return told


def _in_directory(ligne: Ligne, reconnu: Reconnu) -> Ligne:
    if ligne.sort is Sort.A_CORRIGER or reconnu.verdict is Verdict.NOUVEAU:
        return ligne
    if reconnu.verdict is Verdict.DOUTE:
        return ligne.to_mend(reconnu.sentence)
    return replace(ligne, sort=Sort.CONNU, salarie=reconnu.salarie)


class _InDossier:
    """The people of a dossier and those who wait for room, to find a row among them."""

    def __init__(self, dossier: Dossier) -> None:
        held: list[Stagiaire | EnAttente] = [*dossier.stagiaires, *dossier.en_attente]
        self._salaries = {one.salarie_id for one in held} - {None}
        self._identities = {identity_of(one.reponses) for one in held}
        self._unborn: dict[str, Mapping[str, Json]] = {}
        self._names: dict[str, Mapping[str, Json]] = {}
        for one in held:
            names = self._names if one.reponses.get("naissance") else self._unborn
            names[names_of(one.reponses)] = one.reponses

    def __call__(self, ligne: Ligne, reconnu: Reconnu) -> Ligne:
        if ligne.sort is Sort.A_CORRIGER:
            return ligne
        salarie = reconnu.salarie if reconnu.verdict is Verdict.CONNU else None
        ligne = replace(ligne, salarie=salarie)
        if salarie and salarie.id in self._salaries:
            return replace(ligne, sort=Sort.CONNU)
        if identity := identity_of(ligne.reponses):
            return self._of_identity(ligne, identity)
        return self._of_names(ligne)

    def _of_identity(self, ligne: Ligne, identity: str) -> Ligne:
        if identity in self._identities:
            return replace(ligne, sort=Sort.CONNU)
        if names_of(ligne.reponses) in self._unborn:
            return ligne.to_mend(BORN_LATER)
        return ligne

    def _of_names(self, ligne: Ligne) -> Ligne:
        names = names_of(ligne.reponses)
        same = self._unborn.get(names) or self._names.get(names)
        if same is None:
            return ligne
        if all(same.get(name) == value for name, value in ligne.reponses.items()):
            return replace(ligne, sort=Sort.CONNU)
        return ligne.to_mend(UNBORN)
