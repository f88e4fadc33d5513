"""Add somebody to the directory, and change what it knows of them."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal
from monespace.acteur import Acteur, Objet, Verbe
from monespace.db import new_key, session
from monespace.forms.answers import Answer, Answers, merge
from monespace.forms.fields import MINE
from monespace.organisations.models import Etablissement
from monespace.refus import Conflit, DejaServi, Interdit, Refuse
from monespace.salaries import queries
from monespace.salaries.actions.nir import Numero
from monespace.salaries.models import Salarie
from monespace.salaries.projection import projected
from monespace.salaries.reconnaissance import HIDDEN, called
from monespace.salaries.saisie import asked_in_vain, complete

# Each time somebody else wrote the same person at the same instant.
ATTEMPTS = 3
AT_ONCE = (
    "D’autres personnes modifient l’annuaire en ce moment. Rien n’a été enregistré\u00a0: "
    "recommencez dans un instant."
)
# Stands for an answer that is neither what the fiche says nor what was typed.
FORGOTTEN = Answer(error="…")


class Fautes(Refuse):
    """Something typed cannot be kept: `answers` tell what, beside what was typed."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("Rien n’a été enregistré\u00a0: corrigez ce qui est signalé.")
        self.answers = answers


class Doublon(Conflit):
    """The directory has this person already: `semblables`, all of them seen by the acteur.

    By their name and birth date, or `by_nir`: then nobody can say that it is somebody else.
    """

    def __init__(
        self, semblables: Sequence[Salarie], answers: Answers, by_nir: bool = False
    ) -> None:
        super().__init__(
            f"{called(semblables[0])}, est déjà dans l’annuaire. Rien n’a été enregistré."
        )
        self.semblables = semblables
        self.answers = answers
        self.by_nir = by_nir


class Contestee(Conflit):
    """Somebody else wrote other answers meanwhile: `contested`, by name, what was typed here."""

    def __init__(self, contested: Mapping[str, Answer], answers: Answers) -> None:
        super().__init__("Une autre personne a modifié cette fiche entre-temps.")
        self.contested = contested
        self.answers = answers


def add(
    acteur: Acteur, answers: Answers, jeton: str, seen: int = 0, nir: Numero | None = None
) -> Salarie:
    """Somebody new. One `jeton` makes one.

    `seen`: how many people of that name and birth date the acteur was shown, and said were
    others. Raise Fautes, Doublon, or Interdit without the right to write there. Somebody whom the
    acteur may not see is not doubled either: the refusal tells neither who nor where they are.
    """
    for _ in range(ATTEMPTS):
        if known := _made_by(acteur, jeton):
            return known
        try:
            salarie = _added(acteur, answers, jeton, seen, nir)
        except (Doublon, Fautes):
            # Those it tells of may be the very person that this form has just made.
            if known := _made_by(acteur, jeton):
                return known
            raise
        if salarie is not None:
            journal.record(acteur, "ajouter", salarie)
            return salarie
    raise Conflit(AT_ONCE)


def _added(
    acteur: Acteur, answers: Answers, jeton: str, seen: int, nir: Numero | None
) -> Salarie | None:
    """None when somebody has just written the same person."""
    check(acteur, answers, None)
    if nir and (holder := nir.holder(acteur)):
        raise Doublon([holder], answers, by_nir=True)
    salarie = _new(acteur, jeton)
    return salarie if _written(acteur, salarie, answers, seen, nir) else None


def _new(acteur: Acteur, jeton: str) -> Salarie:
    assert acteur.organisation_id is not None
    instant = horloge.now()
    return Salarie(
        # Asked for now: what is sealed is bound to it.
        cle=new_key(),
        jeton=jeton,
        organisation_id=acteur.organisation_id,
        revision=0,
        auteur_id=acteur.utilisateur_id,
        cree_le=instant,
        maj_le=instant,
    )


def change(
    acteur: Acteur,
    salarie: Salarie,
    answers: Answers,
    shown: Mapping[str, str],
    chosen: Mapping[str, str],
    seen: int = 0,
) -> tuple[str, ...]:
    """Write the answers that were changed since the fiche was shown; return their names.

    `shown`: digests of the answers that the form was shown with; those that it does not name were
    shown as they are. `chosen`: what was decided where two people had answered. Raise Contestee
    for those that are still to be decided, and as `add` does.
    """
    current = Answers(salarie.reponses, salarie.saisies)
    typed = {name: answers[name] for name in {*shown, *answers.reponses, *answers.saisies}}
    changed = _merged(current, typed, shown, chosen, answers)
    if not changed:
        return ()
    for name, answer in changed.items():
        current[name] = answer
    check(acteur, current, salarie.id)
    for _ in range(ATTEMPTS):
        if _written(acteur, salarie, current, seen):
            salarie.revision += 1
            salarie.maj_le = horloge.now()
            journal.record(acteur, "modifier", salarie, champs=[*sorted(changed)])
            return tuple(changed)
    raise Conflit(AT_ONCE)


def digests(salarie: Salarie) -> dict[str, str]:
    """What a form must bring back to tell the answers of others from its own."""
    current = Answers(salarie.reponses, salarie.saisies)
    return {name: digest(current[name]) for name in (*salarie.reponses, *salarie.saisies)}


def digest(answer: Answer) -> str:
    """Short, and the same for the same answer."""
    written = json.dumps(answer.as_json(), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _merged(
    current: Answers,
    typed: Mapping[str, Answer],
    shown: Mapping[str, str],
    chosen: Mapping[str, str],
    answers: Answers,
) -> dict[str, Answer]:
    mine = {
        name: answer
        for name, answer in typed.items()
        if chosen.get(name, MINE) != digest(current[name])
    }
    based_on = {
        name: _based_on(current[name], answer, shown.get(name, NOTHING))
        for name, answer in mine.items()
        if chosen.get(name, MINE) == MINE
    }
    undecided = dict.fromkeys(mine.keys() - based_on.keys(), FORGOTTEN)
    merged = merge(current, based_on | undecided, mine)
    if merged.contested:
        kept = Answers(current.reponses, current.saisies)
        for name, answer in merged.changed.items():
            kept[name] = answer
        raise Contestee(merged.contested, kept)
    return merged.changed


def _based_on(now: Answer, typed: Answer, shown: str) -> Answer:
    """The answer that the form was shown with, of which only the digest is known."""
    return next((one for one in (now, typed) if digest(one) == shown), FORGOTTEN)


NOTHING = digest(Answer())


def check(acteur: Acteur, answers: Answers, but: int | None) -> None:
    """Raise Fautes for what cannot be kept, Interdit for a place where the acteur may not write."""
    answers = complete(answers)
    matricule = answers["matricule"].value
    if isinstance(matricule, str) and (
        holder := queries.holder_of_matricule(acteur, matricule, but)
    ):
        answers["matricule"] = Answer(
            raw=(matricule,),
            error=f"Ce matricule est celui de {called(holder)}. Vérifiez-le, ou videz la case.",
        )
    if asked_in_vain(answers):
        raise Fautes(answers)
    place_of(acteur, answers)


def place_of(acteur: Acteur, answers: Answers) -> Etablissement:
    """The établissement answered. Raise Interdit when the acteur may not write there."""
    siret = answers.reponses.get("etablissement")
    for one in queries.places(acteur, Verbe.SAISIR):
        if one.siret == siret:
            return one
    raise Interdit(
        f"Vous n’avez pas le droit «\u00a0{Verbe.SAISIR.capitalize()}\u00a0» sur les "
        f"{Objet.SALARIES} de cet établissement. Rien n’a été enregistré. Demandez ce droit à un "
        "administrateur de votre entreprise."
    )


def _written(
    acteur: Acteur, salarie: Salarie, answers: Answers, seen: int, nir: Numero | None = None
) -> bool:
    """Write answers and columns. False when somebody has just written the same person."""
    columns = projected(answers.reponses)
    place = place_of(acteur, answers)
    rank = salarie.homonyme
    if columns["identite"] != salarie.identite:
        rank = _rank(acteur, salarie, columns["identite"], answers, seen)
    try:
        with session().begin_nested():
            for name, value in columns.items():
                setattr(salarie, name, value)
            salarie.reponses, salarie.saisies = answers.reponses, answers.saisies
            salarie.etablissement, salarie.homonyme = place, rank
            if nir:
                nir.put(acteur, salarie)
            session().add(salarie)
    except IntegrityError:
        return False
    return True


def _rank(acteur: Acteur, salarie: Salarie, identite: str, answers: Answers, seen: int) -> int:
    """The rank among people of that identity. Raise Doublon, or Refuse when one is hidden."""
    same = queries.namesakes(acteur, identite, salarie.id)
    if same.hidden:
        raise Refuse(f"{HIDDEN} Rien n’a été enregistré.")
    if len(same.visible) > seen:
        raise Doublon(same.visible, answers)
    return same.next_rank


def _made_by(acteur: Acteur, jeton: str) -> Salarie | None:
    salarie = session().scalars(select(Salarie).where(Salarie.jeton == jeton)).one_or_none()
    if salarie and salarie.auteur_id != acteur.utilisateur_id:
        raise DejaServi()
    return salarie
