"""Many people at once, as an import brings them: each is added, completed, or told why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy import update as rewrite
from sqlalchemy.exc import IntegrityError

from monespace import horloge
from monespace.acteur import Acteur, Verbe
from monespace.db import Json, new_key, session
from monespace.organisations.models import Etablissement
from monespace.refus import Conflit
from monespace.salaries import queries
from monespace.salaries.actions.fiche import AT_ONCE, ATTEMPTS
from monespace.salaries.fiche import FICHE, IDENTITE
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.salaries.projection import projected
from monespace.salaries.reconnaissance import CHUNK, HIDDEN, Directory, sharing
from monespace.salaries.saisie import NEEDED

NO_RIGHT = (
    "Établissement\u00a0: vous n’avez pas le droit d’y saisir des salariés. Indiquez-en un autre, "
    "ou demandez ce droit à un administrateur de votre entreprise."
)
TWICE = "Cette personne est plusieurs fois dans ce que vous ajoutez. Gardez-la une seule fois."
MEANWHILE = (
    "Quelqu’un vient d’ajouter cette personne à l’annuaire. Recommencez\u00a0: elle sera reconnue."
)

NAMES = frozenset(question.name for question in FICHE.questions)


@dataclass(frozen=True, slots=True)
class Arrivee:
    """Somebody to take in: canonical answers to the fiche, and who it is when they are known.

    One `jeton` makes one, at whatever run.
    """

    jeton: str
    reponses: Mapping[str, Json]
    salarie: Salarie | None = None


@dataclass(slots=True)
class Bilan:
    """What became of them; `refused` by jeton, with the sentence that says what to do."""

    added: int = 0
    updated: int = 0
    already: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def take_in(acteur: Acteur, rows: Sequence[Arrivee], update: bool) -> Bilan:
    """Add those who are not known and, if `update`, write what the rows say of those who are.

    An answer that a row does not give is left as it is. Whoever calls this has asked `recognise`
    who they are in the same transaction, and writes the one line of the journal. Somebody who
    may not be added (no right there, a person of that name and birth date who is not the one
    given) is refused alone; nobody is doubled, not even by two imports at once.
    """
    places = {one.siret: one for one in queries.places(acteur, Verbe.SAISIR)}
    bilan = Bilan()
    known = [one for one in rows if one.salarie is not None]
    if update:
        _update(known, places, bilan)
    else:
        bilan.already += len(known)
    new = [one for one in rows if one.salarie is None and _may_enter(one, places, bilan)]
    _insert(acteur, new, places, bilan)
    return bilan


Places = Mapping[str, Etablissement]


def _may_enter(row: Arrivee, places: Places, bilan: Bilan) -> bool:
    lacks = [sentence for name, sentence in NEEDED.items() if not row.reponses.get(name)]
    if lacks:
        bilan.refused[row.jeton] = " ".join(lacks)
    elif row.reponses["etablissement"] not in places:
        bilan.refused[row.jeton] = NO_RIGHT
    else:
        return True
    return False


def _update(rows: Sequence[Arrivee], places: Places, bilan: Bilan) -> None:
    written: list[dict[str, Any]] = []
    for row in rows:
        reponses = _completed(row)
        assert row.salarie is not None
        if reponses == row.salarie.reponses:
            bilan.already += 1
        elif refusal := _may_not_write(row.salarie, reponses, places):
            bilan.refused[row.jeton] = refusal
        else:
            written.append(_rewritten(row.salarie, reponses, places))
    if written:
        session().execute(rewrite(Salarie), written)
    bilan.updated += len(written)


def _completed(row: Arrivee) -> dict[str, Json]:
    """The answers of somebody known, with what the row says. BENALI is written Benali already."""
    assert row.salarie is not None
    reponses = {**row.salarie.reponses, **_said(row)}
    if identity_of(reponses) == row.salarie.identite:
        reponses |= {name: row.salarie.reponses[name] for name in IDENTITE}
    return reponses


def _may_not_write(salarie: Salarie, reponses: Mapping[str, Json], places: Places) -> str:
    """Why the fiche may not be written so, or ""."""
    if identity_of(reponses) != salarie.identite:
        return (
            f"L’annuaire connaît cette personne sous le nom de {salarie.nom}. Corrigez d’abord sa "
            "fiche dans l’annuaire, ou le nom et la date de naissance ici."
        )
    writable = {one.id for one in places.values()}
    if salarie.etablissement_id not in writable or reponses["etablissement"] not in places:
        return NO_RIGHT
    return ""


def _rewritten(salarie: Salarie, reponses: Mapping[str, Json], places: Places) -> dict[str, Any]:
    return {
        **projected(reponses),
        "id": salarie.id,
        "reponses": reponses,
        "etablissement_id": places[str(reponses["etablissement"])].id,
        "revision": salarie.revision + 1,
        "maj_le": horloge.now(),
    }


def _said(row: Arrivee) -> dict[str, Json]:
    return {
        name: value for name, value in row.reponses.items() if name in NAMES and value is not None
    }


def _insert(acteur: Acteur, rows: Sequence[Arrivee], places: Places, bilan: Bilan) -> None:
    entering = {row.jeton: _row(acteur, row, places) for row in rows}
    for jeton in _repeated(entering):
        bilan.refused[jeton] = TWICE
        del entering[jeton]
    for _ in range(ATTEMPTS):
        _turn_away(acteur, entering, bilan)
        if not entering:
            return
        try:
            with session().begin_nested():
                session().execute(insert(Salarie), list(entering.values()))
        except IntegrityError:
            continue
        bilan.added += len(entering)
        return
    raise Conflit(AT_ONCE)


def _row(acteur: Acteur, row: Arrivee, places: Places) -> dict[str, Any]:
    instant = horloge.now()
    reponses = _said(row)
    return {
        **projected(reponses),
        "cle": new_key(),
        "jeton": row.jeton,
        "organisation_id": acteur.organisation_id,
        "etablissement_id": places[str(reponses["etablissement"])].id,
        "revision": 0,
        "reponses": reponses,
        "saisies": {},
        "nir_chiffre": "",
        "homonyme": 0,
        "auteur_id": acteur.utilisateur_id,
        "cree_le": instant,
        "maj_le": instant,
    }


def _repeated(entering: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Those who come after somebody of the same identity."""
    seen: set[str] = set()
    repeated = []
    for jeton, row in entering.items():
        if row["identite"] in seen:
            repeated.append(jeton)
        seen.add(row["identite"])
    return repeated


def _turn_away(acteur: Acteur, entering: dict[str, dict[str, Any]], bilan: Bilan) -> None:
    """Take out those whom the directory has by now: made by this jeton, or of that identity."""
    directory = Directory()
    wanted = {row["identite"] for row in entering.values()}
    there = list(sharing(acteur, Salarie.identite, wanted, directory))
    # Looked at last: whoever came between the two by the same jeton is the same person.
    for jeton in _made(acteur, list(entering)):
        bilan.already += 1
        del entering[jeton]
    by_identity = {row["identite"]: jeton for jeton, row in entering.items()}
    for salarie in there:
        if jeton := by_identity.get(salarie.identite, ""):
            bilan.refused[jeton] = HIDDEN if salarie.id in directory.hidden else MEANWHILE
            entering.pop(jeton, None)


def _made(acteur: Acteur, jetons: Sequence[str]) -> list[str]:
    """Those of these tokens that made somebody already."""
    made: list[str] = []
    for start in range(0, len(jetons), CHUNK):
        made += session().scalars(
            select(Salarie.jeton).where(
                Salarie.organisation_id == acteur.organisation_id,
                Salarie.jeton.in_(jetons[start : start + CHUNK]),
            )
        )
    return made
