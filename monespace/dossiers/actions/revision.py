"""One save: what was typed is merged with what others wrote, kept, and remembered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import insert, select

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification, Recherche
from monespace.dossiers.reading import index, project
from monespace.forms.answers import Answer, Answers, merge, read
from monespace.forms.fields import Lists, kind_of
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
) -> Saved:
    """Merge what was typed into `holder`, with the history under `prefix` + name of question."""
    known = {question.name: question for question in questions}
    current = Answers(holder.reponses, holder.saisies)
    read_now = {
        name: read(kind_of(known[name], lists, current[name]), raw) for name, raw in typed.items()
    }
    since = _since(dossier, prefix, known, shown_revision)
    merged = merge(current, _based_on(dossier, prefix, since, shown_revision), read_now)
    # An autosave whose answer never came back makes nobody their own rival.
    own = {
        name: answer
        for name, answer in merged.contested.items()
        if since[name].auteur_id == acteur.utilisateur_id
    }
    kept = merged.changed | own
    if kept:
        dossier.revision += 1
        for name, answer in kept.items():
            current[name] = answer
        holder.reponses, holder.saisies = current.reponses, current.saisies
        touch(dossier)
        _remember(acteur, dossier, prefix, kept)
    return Saved(
        bool(kept),
        tuple(
            name
            for name in typed
            if name in current.saisies
            and known[name].asked({**dossier.reponses, **current.reponses})
        ),
        {
            name: Contested(answer, since[name])
            for name, answer in merged.contested.items()
            if name not in own
        },
    )


def touch(dossier: Dossier) -> None:
    """Bring everything that is written from the answers up to date."""
    dossier.maj_le = horloge.now()
    # What is read here does not depend on what waits to be written: one UPDATE at the end.
    with session().no_autoflush:
        project(dossier)
        found_by = index(dossier, session().get(Recherche, dossier.id))
    session().add(found_by)


def _remember(acteur: Acteur, dossier: Dossier, prefix: str, changed: Mapping[str, Answer]) -> None:
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
    rows = session().scalars(
        select(Modification)
        .where(
            Modification.dossier_id == dossier.id,
            Modification.revision > revision,
            Modification.chemin.in_([prefix + name for name in known]),
        )
        .order_by(Modification.id)
    )
    return {row.chemin.removeprefix(prefix): row for row in rows}


def _based_on(
    dossier: Dossier, prefix: str, since: Mapping[str, Modification], revision: int
) -> dict[str, Answer]:
    """For the questions of `since`, the answer the form was shown with."""
    if not since:
        return {}
    rows = session().scalars(
        select(Modification)
        .where(
            Modification.dossier_id == dossier.id,
            Modification.revision <= revision,
            Modification.chemin.in_([prefix + name for name in since]),
        )
        .order_by(Modification.id)
    )
    before = {row.chemin.removeprefix(prefix): Answer.from_json(row.valeur) for row in rows}
    return {name: before.get(name, Answer()) for name in since}
