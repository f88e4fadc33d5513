"""Add, change and remove the people of a dossier; past thirty, they wait for a lot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import and_, select

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.db import Json, new_key, session
from monespace.dossiers.actions.revision import (
    NO_FORM,
    Posted,
    Saved,
    path_of,
    remember,
    remember_presence,
    touch,
    write,
)
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.dossiers.repartition import MOST_PARTIES
from monespace.forms.answers import Answers, read
from monespace.forms.fields import Lists, kind_of
from monespace.forms.questionnaire import Question, Raw
from monespace.refus import Conflit, Refuse
from monespace.salaries.identite import identity_of
from monespace.typographie import count


class TropNombreux(Refuse):
    """More people than even a lot may hold."""


def save_stagiaire(
    acteur: Acteur,
    dossier: Dossier,
    jeton: str,
    typed: Mapping[str, Raw],
    shown_revision: int,
    lists: Lists,
    most: int,
    posted: Posted = NO_FORM,
) -> tuple[Stagiaire | EnAttente | None, Saved]:
    """Keep what was typed about one person: a new one, or the one this `jeton` made.

    A form left empty makes nobody (None). Past `most` people the person waits for a lot, with
    everything that was typed. The dossier must be locked, and the database refuses a thirty-first
    whatever happens.
    """
    held: list[Stagiaire | EnAttente] = [*dossier.stagiaires, *dossier.en_attente]
    person = next((one for one in held if one.jeton == jeton), None)
    if person is None:
        if not any(part.strip() for raw in typed.values() for part in raw):
            return None, Saved(False)
        person = _welcome(acteur, dossier, jeton, most)
    questions = declaration(dossier).personnes.questions
    if isinstance(person, EnAttente):
        return person, _keep(dossier, person, questions, typed, lists)
    prefix = f"{path_of(person)}/"
    saved = write(acteur, dossier, person, prefix, questions, typed, shown_revision, lists, posted)
    return person, saved


def _welcome(acteur: Acteur, dossier: Dossier, jeton: str, most: int) -> Stagiaire | EnAttente:
    """The new row of this person, in the dossier or, when there is no room, waiting."""
    _refuse_another_part(dossier, jeton)
    if len(dossier.stagiaires) >= most:
        _refuse_too_many(dossier, 1, most)
        waiting = EnAttente(cle=new_key(), jeton=jeton, reponses={}, saisies={})
        dossier.en_attente.append(waiting)
        return waiting
    dossier.revision += 1
    stagiaire = append(dossier, jeton, most)
    remember_presence(acteur, dossier, stagiaire, present=True)
    return stagiaire


def _refuse_another_part(dossier: Dossier, jeton: str) -> None:
    """A form sent again after its person went to another part must not double them."""
    if any(one.jeton == jeton for one in _of_the_other_parts(dossier)):
        raise Conflit(
            "Cette personne est déjà dans une autre partie de ce lot\u00a0: rien n’a été modifié "
            "ici. Ouvrez le lot pour la retrouver et changer ses réponses."
        )


def _keep(
    dossier: Dossier,
    waiting: EnAttente,
    questions: Iterable[Question],
    typed: Mapping[str, Raw],
    lists: Lists,
) -> Saved:
    """Answers of somebody who waits: their history begins in the dossier they go to."""
    known = {question.name: question for question in questions}
    current = Answers(waiting.reponses, waiting.saisies)
    for name, raw in typed.items():
        current[name] = read(kind_of(known[name], lists, current[name]), raw)
    changed = (current.reponses, current.saisies) != (waiting.reponses, waiting.saisies)
    waiting.reponses, waiting.saisies = current.reponses, current.saisies
    dossier.maj_le = horloge.now()
    return Saved(changed)


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody to add, with answers that were read already. One `jeton` makes one."""

    jeton: str
    reponses: Mapping[str, Json]
    saisies: Mapping[str, Json] = field(default_factory=dict)
    salarie_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ajout:
    """How many were added, wait because there is no room for all, or were there already."""

    added: int = 0
    waiting: int = 0
    already: int = 0


def add_people(acteur: Acteur, dossier: Dossier, people: Iterable[Personne], most: int) -> Ajout:
    """Add those who are not there yet; when all do not fit, all of them wait for a lot.

    The dossier must be locked.
    """
    people = list(people)
    new = _newcomers(dossier, people)
    already = len(people) - len(new)
    if not new:
        return Ajout(already=already)
    if dossier.en_attente or len(dossier.stagiaires) + len(new) > most:
        _refuse_too_many(dossier, len(new), most)
        dossier.en_attente.extend(_waiting(one) for one in new)
        dossier.maj_le = horloge.now()
        return Ajout(waiting=len(new), already=already)
    dossier.revision += 1
    for one in new:
        enter(acteur, dossier, one, most)
    touch(dossier)
    return Ajout(added=len(new), already=already)


def enter(acteur: Acteur, dossier: Dossier, person: Personne, most: int) -> Stagiaire:
    """Put one person in the dossier, with their history at its revision; `touch` it after."""
    stagiaire = append(dossier, person.jeton, most)
    stagiaire.reponses, stagiaire.saisies = dict(person.reponses), dict(person.saisies)
    stagiaire.salarie_id = person.salarie_id
    remember_presence(acteur, dossier, stagiaire, present=True)
    answers = Answers(person.reponses, person.saisies)
    given = {name: answers[name] for name in (*person.reponses, *person.saisies)}
    if given:
        remember(acteur, dossier, f"{path_of(stagiaire)}/", given)
    return stagiaire


def _refuse_too_many(dossier: Dossier, more: int, most: int) -> None:
    people = len(dossier.stagiaires) + len(dossier.en_attente) + more
    if people > MOST_PARTIES * most:
        raise TropNombreux(
            f"Un lot compte {MOST_PARTIES} dossiers au plus, soit {count(MOST_PARTIES * most)} "
            f"salariés\u00a0: {count(people)} n’y tiennent pas. Rien n’a été ajouté. Importez "
            "d’abord la liste dans l’annuaire des salariés, puis répartissez-la en plusieurs "
            "demandes."
        )


def _newcomers(dossier: Dossier, people: Iterable[Personne]) -> list[Personne]:
    """Those who are neither in the dossier, nor waiting, nor in another part, each once."""
    known: set[str | int] = set()
    held: list[Stagiaire | EnAttente] = [*dossier.stagiaires, *dossier.en_attente]
    held += _of_the_other_parts(dossier)
    for one in held:
        known |= {one.jeton, identity_of(one.reponses), one.salarie_id or ""}
    new = []
    for person in people:
        signs = {person.jeton, identity_of(person.reponses), person.salarie_id or ""} - {""}
        if known.isdisjoint(signs):
            new.append(person)
        known |= signs
    return new


def _of_the_other_parts(dossier: Dossier) -> Sequence[Stagiaire]:
    """Who went to the rest of the lot: a list imported again must not double them."""
    if dossier.lot_id is None:
        return ()
    others = Stagiaire.dossier.has(and_(Dossier.lot_id == dossier.lot_id, Dossier.id != dossier.id))
    return session().scalars(select(Stagiaire).where(others)).all()


def _waiting(person: Personne) -> EnAttente:
    return EnAttente(
        cle=new_key(),
        jeton=person.jeton,
        reponses=dict(person.reponses),
        saisies=dict(person.saisies),
        salarie_id=person.salarie_id,
    )


def remove_stagiaire(acteur: Acteur, dossier: Dossier, stagiaire: Stagiaire) -> None:
    """Take one person out of the dossier; their rank may be given again."""
    journal.record(acteur, "retirer", dossier, salarie=name_of(stagiaire))
    dossier.revision += 1
    remember_presence(acteur, dossier, stagiaire, present=False)
    dossier.stagiaires.remove(stagiaire)
    session().flush()
    touch(dossier)


def append(dossier: Dossier, jeton: str, most: int) -> Stagiaire:
    """A row without answers, at the first free rank. The caller knows there is room."""
    taken = {one.rang for one in dossier.stagiaires}
    # Its key is asked for now: the history names it before it is written.
    stagiaire = Stagiaire(
        cle=new_key(),
        jeton=jeton,
        rang=min(set(range(1, most + 1)) - taken),
        reponses={},
        saisies={},
    )
    dossier.stagiaires.append(stagiaire)
    return stagiaire
