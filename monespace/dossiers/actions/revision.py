"""One save: what was typed is merged with what others wrote, kept, and remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import ColumnElement, insert, select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification, Stagiaire
from monespace.dossiers.reading import index, project
from monespace.forms.answers import Answer, Answers, merge, read
from monespace.forms.fields import MINE, Lists, kind_of
from monespace.forms.questionnaire import Question, Raw


class Holder(Protocol):
    """A row that holds answers: a dossier, or one of its stagiaires."""

    reponses: dict[str, Json]
    saisies: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Contested:
    """A question that this person and another both changed: what this one typed, and theirs."""

    typed: Answer
    theirs: Modification


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form says of itself besides its answers.

    `form` tells it from any other and `strokes` how much had been typed in it. `chosen` gives, for
    each question that was asked side by side, MINE, the id of the other's answer, or "" when
    nothing was chosen yet.
    """

    form: str = ""
    strokes: int = 0
    chosen: Mapping[str, str] = field(default_factory=dict)


NO_FORM = Posted()


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save kept (`unreadable`: names of the answers kept as typed), and what it asks."""

    changed: bool
    unreadable: tuple[str, ...] = ()
    contested: Mapping[str, Contested] = field(default_factory=dict)


def write(
    acteur: Acteur,
    dossier: Dossier,
    holder: Holder,
    prefix: str,
    questions: Iterable[Question],
    typed: Mapping[str, Raw],
    shown_revision: int,
    lists: Lists,
    posted: Posted = NO_FORM,
) -> Saved:
    """Merge what was typed into `holder`, with the history under `prefix` + name of question."""
    known = {question.name: question for question in questions}
    current = Answers(holder.reponses, holder.saisies)
    mine = {
        name: read(kind_of(known[name], lists, current[name]), raw) for name, raw in typed.items()
    }
    since = _since(dossier, prefix, known, shown_revision)
    theirs, undecided = _answered(dossier, prefix, mine, posted)
    wanted = {
        name: theirs.get(name, answer)
        for name, answer in mine.items()
        if name not in undecided and not _late(acteur, posted, since.get(name))
    }
    before = _based_on(dossier, prefix, since, shown_revision)
    merged = merge(current, before, wanted, posted.chosen.keys())
    # An autosave whose answer never came back makes nobody their own rival.
    own = {
        name: answer
        for name, answer in merged.contested.items()
        if _same_form(acteur, posted, since[name])
    }
    kept = merged.changed | own
    if kept:
        dossier.revision += 1
        for name, answer in kept.items():
            current[name] = answer
        holder.reponses, holder.saisies = current.reponses, current.saisies
        touch(dossier)
        remember(acteur, dossier, prefix, kept, posted)
    open_ones = {name: since[name] for name in merged.contested if name not in own}
    open_ones |= {name: row for name, row in undecided.items() if mine[name] != current[name]}
    return Saved(
        bool(kept),
        tuple(
            name
            for name in typed
            if name in current.saisies
            and known[name].asked({**dossier.reponses, **current.reponses})
        ),
        {name: Contested(mine[name], row) for name, row in open_ones.items()},
    )


def _same_form(acteur: Acteur, posted: Posted, row: Modification) -> bool:
    """Did the same person write this in the same form?"""
    return row.auteur_id == acteur.utilisateur_id and (row.formulaire or "") == posted.form


def _late(acteur: Acteur, posted: Posted, row: Modification | None) -> bool:
    """Was this form sent with more in it already? An autosave may come after the button."""
    return (
        row is not None and _same_form(acteur, posted, row) and (row.frappe or 0) > posted.strokes
    )


def _answered(
    dossier: Dossier, prefix: str, mine: Mapping[str, Answer], posted: Posted
) -> tuple[dict[str, Answer], dict[str, Modification]]:
    """For what was asked side by side: the others' answers that were taken, and what was not said.

    The second gives the latest answer of each question, to be asked again.
    """
    names = [name for name in posted.chosen if name in mine and posted.chosen[name] != MINE]
    if not names:
        return {}, {}
    rows = session().scalars(
        select(Modification)
        .where(
            Modification.dossier_id == dossier.id,
            Modification.chemin.in_([prefix + name for name in names]),
        )
        .order_by(Modification.id)
    )
    taken: dict[str, Answer] = {}
    latest: dict[str, Modification] = {}
    for row in rows:
        name = row.chemin.removeprefix(prefix)
        latest[name] = row
        if str(row.id) == posted.chosen[name]:
            taken[name] = Answer.from_json(row.valeur)
    return taken, {name: row for name, row in latest.items() if name not in taken}


def touch(dossier: Dossier) -> None:
    """Bring everything that is written from the answers up to date."""
    dossier.maj_le = horloge.now()
    # What is read here does not depend on what waits to be written: one UPDATE at the end.
    with session().no_autoflush:
        project(dossier)
        index(dossier)


def path_of(stagiaire: Stagiaire) -> str:
    """Where the history tells of this person; their answers follow after a slash."""
    return f"stagiaires/{stagiaire.cle}"


def remember_presence(
    acteur: Acteur, dossier: Dossier, stagiaire: Stagiaire, present: bool
) -> None:
    """Add to the history that the person came in, or went with these answers."""
    session().add(
        Modification(
            dossier_id=dossier.id,
            revision=dossier.revision,
            chemin=path_of(stagiaire),
            valeur={
                "present": present,
                "jeton": stagiaire.jeton,
                "rang": stagiaire.rang,
                "reponses": dict(stagiaire.reponses),
                "saisies": dict(stagiaire.saisies),
                "salarie": stagiaire.salarie_id,
            },
            auteur_id=acteur.utilisateur_id,
            instant=horloge.now(),
        )
    )


def remember(
    acteur: Acteur,
    dossier: Dossier,
    prefix: str,
    changed: Mapping[str, Answer],
    posted: Posted = NO_FORM,
) -> None:
    """Add to the history what was answered, under `prefix` + name of question."""
    instant = horloge.now()
    # One statement for the whole form, and no entities: nobody reads them back here.
    session().execute(
        insert(Modification),
        [
            {
                "dossier_id": dossier.id,
                "revision": dossier.revision,
                "chemin": prefix + name,
                "valeur": answer.as_json(),
                "auteur_id": acteur.utilisateur_id,
                "instant": instant,
                "formulaire": posted.form or None,
                "frappe": posted.strokes if posted.form else None,
            }
            for name, answer in changed.items()
        ],
    )


def _since(
    dossier: Dossier, prefix: str, known: Mapping[str, Question], revision: int
) -> dict[str, Modification]:
    """The last change of each question made after the form was shown."""
    if revision >= dossier.revision:
        return {}
    return _last(dossier, prefix, known, Modification.revision > revision)


def _based_on(
    dossier: Dossier, prefix: str, since: Mapping[str, Modification], revision: int
) -> dict[str, Answer]:
    """For the questions of `since`, the answer the form was shown with."""
    if not since:
        return {}
    before = _last(dossier, prefix, since, Modification.revision <= revision)
    return {
        name: Answer.from_json(before[name].valeur) if name in before else Answer()
        for name in since
    }


def _last(
    dossier: Dossier, prefix: str, names: Iterable[str], when: ColumnElement[bool]
) -> dict[str, Modification]:
    """The last change of each of these questions, among those of that time."""
    rows = session().scalars(
        select(Modification)
        .where(
            Modification.dossier_id == dossier.id,
            Modification.chemin.in_([prefix + name for name in names]),
            when,
        )
        .order_by(Modification.id)
    )
    return {row.chemin.removeprefix(prefix): row for row in rows}
