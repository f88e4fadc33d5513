"""Take the good rows of an import, all in one transaction, and keep what to mend in the others."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from monespace import horloge, journal, queue
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers import actions as dossiers
from monespace.dossiers.actions import Personne
from monespace.dossiers.models import Dossier
from monespace.imports.actions.depot import CHANGED, revision_of
from monespace.imports.apercu import TAKEN
from monespace.imports.cible import PLACE, Cible
from monespace.imports.lignes import Ligne, Sort
from monespace.imports.models import EtatImport, Import
from monespace.imports.reconnaissance import recognised
from monespace.organisations.models import Etablissement
from monespace.queue import Job
from monespace.refus import Conflit, Refuse
from monespace.salaries import actions as salaries
from monespace.salaries import queries as annuaire
from monespace.salaries.actions import Arrivee
from monespace.salaries.fiche import FICHE
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.salaries.queries import Verdict

NO_PLACE = (
    "Établissement\u00a0: certaines lignes n’en disent pas. Choisissez celui de ces personnes, "
    "puis recommencez."
)
PLACE_EMPTY = "Établissement\u00a0: la case est vide, indiquez son SIRET."


@dataclass(frozen=True, slots=True)
class Choix:
    """What the person who confirms chose beside the rows themselves."""

    etablissement: str = ""
    mettre_a_jour: bool = False
    annuaire: bool = False

    def as_json(self) -> dict[str, Json]:
        return {
            "etablissement": self.etablissement,
            "mettre_a_jour": self.mettre_a_jour,
            "annuaire": self.annuaire,
        }

    @classmethod
    def from_json(cls, kept: Json) -> "Choix":
        if not isinstance(kept, dict):
            return cls()
        return cls(
            str(kept.get("etablissement", "")),
            bool(kept.get("mettre_a_jour")),
            bool(kept.get("annuaire")),
        )


def confirmable(import_: Import, shown_revision: int) -> bool:
    """False when it was confirmed already: the second click finds what the first did.

    Raise Conflit when it cannot be, or was linked otherwise since the page was shown.
    """
    if import_.etat in (EtatImport.EN_COURS, EtatImport.FAIT):
        return False
    if import_.etat is not EtatImport.A_VERIFIER:
        raise Conflit("Ce fichier n’est plus à vérifier. Revenez à «\u00a0Mes imports\u00a0».")
    if shown_revision != revision_of(import_):
        raise Conflit(CHANGED)
    return True


def check(import_: Import, cible: Cible, choix: Choix) -> None:
    """Raise Refuse when the choice leaves people of the directory without établissement."""
    shown = import_.bilan.get("apercu")
    without = shown.get("sans_etablissement") if isinstance(shown, dict) else 0
    if cible.dossier is None and without and _default_place(cible, choix) is None:
        raise Refuse(NO_PLACE)


def ask(import_: Import, choix: Choix) -> None:
    """Have the worker take the rows: there are too many for a page."""
    import_.plan = {**import_.plan, "choix": choix.as_json()}
    import_.etat, import_.essais, import_.course = EtatImport.EN_COURS, 0, ""
    queue.ask(Job.IMPORTER, import_.id)


@dataclass(frozen=True, slots=True)
class Prise:
    """What was taken, counted; what to mend in the rest, by line of the file."""

    compte: dict[str, Json]
    refus: dict[str, Json]
    choix: Choix
    lignes: int


def take(
    acteur: Acteur, cle: str, cible: Cible, rows: Sequence[Ligne], choix: Choix, most: int
) -> Prise:
    """Take every row that can be, for the import `cle`. The dossier of `cible` must be locked.

    Who is known is looked at again: others may have added the same people since the preview.
    """
    lignes = recognised(acteur, cible, rows)
    if cible.dossier is None:
        lignes, compte = _into_directory(acteur, cle, cible, lignes, choix)
    else:
        compte = _into_dossier(acteur, cle, cible, lignes, choix, most)
    wrong = [one for one in lignes if one.sort is Sort.A_CORRIGER]
    compte["doubles"] = sum(one.sort is Sort.DOUBLE for one in lignes)
    compte["a_corriger"] = len(wrong)
    refus: dict[str, Json] = {str(one.numero): " ".join(one.phrases) for one in wrong}
    return Prise(compte, refus, choix, len(lignes))


def close(acteur: Acteur, import_: Import, cible: Cible, prise: Prise) -> None:
    """The import is done: keep what it gave. Its row must be locked."""
    compte = {**prise.compte, "reste": import_.plan.get("reste", 0)}
    import_.bilan = {**compte, "refus": prise.refus}
    import_.plan = {**import_.plan, "choix": prise.choix.as_json()}
    import_.etat, import_.fini_le = EtatImport.FAIT, horloge.now()
    import_.lignes_total = import_.lignes_faites = prise.lignes
    about = {"dossier": cible.dossier.designation} if cible.dossier else {}
    journal.record(acteur, "importer", import_, nom=import_.nom, **about, **compte)


def keep_corrected(import_id: int, corrige: str) -> None:
    """The workbook of the rows to mend is in the store under that key."""
    session().get_one(Import, import_id).corrige = corrige


def _into_directory(
    acteur: Acteur, cle: str, cible: Cible, lignes: Sequence[Ligne], choix: Choix
) -> tuple[list[Ligne], dict[str, Json]]:
    placed = [_placed(cible, one, choix) for one in lignes]
    good = [one for one in placed if one.sort in TAKEN]
    arrivees = [Arrivee(_jeton(cle, one), one.reponses, one.salarie) for one in good]
    done = salaries.take_in(acteur, arrivees, choix.mettre_a_jour)
    refused = done.refused
    told = {
        one.numero: one.to_mend(refused[_jeton(cle, one)])
        for one in good
        if _jeton(cle, one) in refused
    }
    lignes = [told.get(one.numero, one) for one in placed]
    return lignes, {"pris": done.added, "mis_a_jour": done.updated, "deja": done.already}


def _into_dossier(
    acteur: Acteur,
    cle: str,
    cible: Cible,
    lignes: Sequence[Ligne],
    choix: Choix,
    most: int,
) -> dict[str, Json]:
    dossier = cible.dossier
    assert dossier is not None
    good = [one for one in lignes if one.sort is Sort.NOUVEAU]
    known = sum(one.sort is Sort.CONNU for one in lignes)
    listed = _also_listed(acteur, cle, cible, dossier, good, choix)
    people = list(_people(cle, cible, good, listed))
    done = dossiers.add_people(acteur, dossier, people, most)
    return {
        "pris": done.added,
        "en_attente": done.waiting,
        "deja": done.already + known,
        "annuaire": len(listed),
    }


def _people(
    cle: str, cible: Cible, good: Sequence[Ligne], listed: dict[int, Salarie]
) -> Iterator[Personne]:
    """What the directory knows of somebody fills in what the file does not say."""
    own = [question for question in cible.questions if question.name in cible.kept]
    for ligne in good:
        salarie = ligne.salarie or listed.get(ligne.numero)
        known = annuaire.as_stagiaire(salarie, own) if salarie else {}
        said = {name: value for name, value in ligne.reponses.items() if name in cible.kept}
        yield Personne(
            _jeton(cle, ligne), {**known, **said}, salarie_id=salarie.id if salarie else None
        )


def _also_listed(
    acteur: Acteur,
    cle: str,
    cible: Cible,
    dossier: Dossier,
    good: Sequence[Ligne],
    choix: Choix,
) -> dict[int, Salarie]:
    """Those whom the directory did not know and knows now, by line: only if it was asked for.

    Somebody it cannot take (no birth date, no right there) is in the dossier all the same.
    """
    if not choix.annuaire:
        return {}
    new = [one for one in good if one.salarie is None and identity_of(one.reponses)]
    places = [_place_in(cible, dossier, one) for one in new]
    arrivees = [
        Arrivee(_jeton(cle, one), {**_fiche(one), PLACE: place.siret}, None)
        for one, place in zip(new, places, strict=True)
        if place
    ]
    if not arrivees:
        return {}
    salaries.take_in(acteur, arrivees, update=False)
    found = annuaire.recognise(acteur, [one.reponses for one in new])
    return {
        one.numero: reconnu.salarie
        for one, reconnu in zip(new, found, strict=True)
        if reconnu.verdict is Verdict.CONNU and reconnu.salarie
    }


def _fiche(ligne: Ligne) -> dict[str, Json]:
    names = {question.name for question in FICHE.questions}
    return {name: value for name, value in ligne.reponses.items() if name in names}


def _place_in(cible: Cible, dossier: Dossier, ligne: Ligne) -> Etablissement | None:
    siret = str(ligne.reponses.get("affectation") or dossier.etablissement.siret)
    return cible.place_of(siret)


def _placed(cible: Cible, ligne: Ligne, choix: Choix) -> Ligne:
    """With the établissement that was chosen for the rows that give none."""
    if ligne.sort not in TAKEN or ligne.reponses.get(PLACE):
        return ligne
    place = _default_place(cible, choix)
    if place is not None:
        # Somebody known keeps the établissement they have.
        more = {} if ligne.sort is Sort.CONNU else {PLACE: place.siret}
        return replace(ligne, reponses={**ligne.reponses, **more})
    return ligne if ligne.sort is Sort.CONNU else ligne.to_mend(PLACE_EMPTY)


def _default_place(cible: Cible, choix: Choix) -> Etablissement | None:
    if len(cible.places) == 1:
        return cible.places[0]
    return cible.place_of(choix.etablissement)


def _jeton(cle: str, ligne: Ligne) -> str:
    """The same at each run: somebody taken by one run is not taken again by the next."""
    return hashlib.sha256(f"{cle}:{ligne.numero}".encode()).hexdigest()[:32]
