"""The rows of a dossier's history: found, and put in words."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from monespace.db import Json, session
from monespace.dossiers.models import Dossier, Modification
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answer
from monespace.forms.fields import text_of
from monespace.forms.questionnaire import Question, Values

PEOPLE = "stagiaires/"
LONGEST_TEXT = 160
NOTHING = "Pas de réponse"

Rows = Sequence[Modification]


def rows_of(chosen: Select[Modification]) -> Rows:
    return session().scalars(chosen.options(joinedload(Modification.auteur))).all()


def last_of_each(dossier: Dossier, *among: ColumnElement[bool]) -> Select[Modification]:
    """The last row of each path of the dossier."""
    last = (
        select(func.max(Modification.id))
        .where(Modification.dossier_id == dossier.id, *among)
        .group_by(Modification.chemin)
    )
    return select(Modification).where(Modification.id.in_(last))


def split_path(chemin: str) -> tuple[str, str]:
    """Of whom («» for the dossier) and which question («» for their presence) a path tells."""
    if not chemin.startswith(PEOPLE):
        return "", chemin
    about, _, name = chemin.removeprefix(PEOPLE).partition("/")
    return about, name


def key(chemin: str) -> str:
    """The question of a path, a person's told from the dossier's by its slash."""
    about, name = split_path(chemin)
    return f"/{name}" if about else name


def brief(question: Question, kept: Mapping[str, Json]) -> str:
    """An answer of the history in a few words."""
    text = text_of(question.kind, Answer.from_json(kept))
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - 1].rstrip() + "…"
    return text or NOTHING


def name_in(dossier: Dossier, presence: Mapping[str, Json]) -> str:
    """How somebody was called when the history told that they came or left."""
    kept = presence.get("reponses")
    reponses = kept if isinstance(kept, dict) else {}
    typed = Values(declaration(dossier).personnes.questions, {**dossier.reponses, **reponses})
    last = typed.get("nom_usage") or typed.get("nom_naissance")
    name = " ".join(part for part in (typed.get("prenom"), last) if part)
    return name or f"Salarié n°\u00a0{presence.get('rang')}"


def author_of(row: Modification) -> str:
    return row.auteur.nom_complet if row.auteur else "Mon Espace"
