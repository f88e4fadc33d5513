"""Make a lot of a dossier, bring it back to one, and act on several parts at once."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from sqlalchemy import func, select

from monespace import horloge, journal
from monespace.acteur import Acteur, Verbe
from monespace.db import KEY_ALPHABET, session
from monespace.dossiers.actions.copie import copy_of, copy_pieces, made_by
from monespace.dossiers.actions.revision import Saved, remember, remember_presence, touch, write
from monespace.dossiers.actions.stagiaires import Personne, enter
from monespace.dossiers.actions.transmission import submit
from monespace.dossiers.choices import etablissements
from monespace.dossiers.completude import name_of
from monespace.dossiers.lots_partout import common_to_all
from monespace.dossiers.lots_projet import amounts, everybody, unreadable_amounts
from monespace.dossiers.models import Dossier, EnAttente, Lot, Repartition, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.dossiers.repartition import FEWEST_PARTIES, MOST_PARTIES, Mode, Partie
from monespace.forms.answers import Answers
from monespace.forms.fields import Lists
from monespace.forms.questionnaire import Question, Raw
from monespace.organisations.models import Etablissement
from monespace.refus import Refuse


def plan(dossier: Dossier, mode: Mode, parties: int, deplacements: Mapping[str, int]) -> None:
    """Keep how somebody means to split the dossier; nothing else changes."""
    kept = session().get(Repartition, dossier.id)
    if kept is None:
        kept = Repartition(dossier_id=dossier.id)
        session().add(kept)
    kept.mode, kept.parties, kept.deplacements = mode, parties, dict(deplacements)


def split(
    acteur: Acteur, dossier: Dossier, parties: Sequence[Partie], jeton: str, most: int
) -> Lot:
    """Make the parts in one transaction: the dossier becomes the first one. One `jeton` makes one.

    The dossier must be locked. Raise Refuse when the parts are not everybody once, within limits.
    """
    again = already_split(acteur, jeton)
    if again is not None:
        return again
    _check(dossier, parties, most)
    people = {one.cle: _as_person(one) for one in everybody(dossier)}
    answers = _answers(dossier, parties)
    places = _etablissements(acteur, dossier, parties, answers)
    lot, taken = _lot(acteur, dossier, len(parties) - 1)
    for rank, part in enumerate(parties[1:], start=1):
        copy = copy_of(acteur, dossier, _token(jeton, rank), answers[rank], places[rank])
        copy.lot, copy.part = lot, taken + rank
        copy_pieces(dossier, copy)
        for cle in part.cles:
            enter(acteur, copy, people[cle], most)
        touch(copy)
        journal.record(
            acteur, "naitre", copy, message=f"Partie {copy.part} du lot {lot.reference}."
        )
    _keep_the_first(acteur, dossier, parties[0], people, answers[0], most)
    dossier.etablissement = places[0]
    touch(dossier)
    _forget_plan(dossier)
    journal.record(acteur, "repartir", dossier, message=f"Lot {lot.reference}.")
    return lot


def already_split(acteur: Acteur, jeton: str) -> Lot | None:
    """The lot that this form made, if it was sent before."""
    part = made_by(acteur, _token(jeton, 1))
    return part.lot if part is not None else None


def gather(acteur: Acteur, dossier: Dossier, most: int) -> None:
    """Put those who wait in the dossier after all. Raise Refuse when they do not fit."""
    if len(everybody(dossier)) > most:
        raise Refuse(
            f"Un dossier compte {most} salariés au plus\u00a0: retirez des personnes, ou créez "
            "les dossiers liés. Rien n’a été modifié."
        )
    people = [_as_person(one) for one in dossier.en_attente]
    _forget_plan(dossier)
    if not people:
        return
    dossier.revision += 1
    dossier.en_attente.clear()
    for person in people:
        enter(acteur, dossier, person, most)
    touch(dossier)
    journal.record(acteur, "reunir", dossier)


def drop_waiting(acteur: Acteur, dossier: Dossier, people: Sequence[EnAttente]) -> None:
    """Give up adding these people."""
    for one in people:
        journal.record(acteur, "retirer", dossier, salarie=name_of(one))
        dossier.en_attente.remove(one)
    dossier.maj_le = horloge.now()
    if not dossier.en_attente:
        _forget_plan(dossier)


def change_everywhere(
    acteur: Acteur,
    parts: Iterable[tuple[Dossier, int]],
    questions: Sequence[Question],
    typed: Mapping[str, Raw],
    lists: Lists,
) -> list[tuple[Dossier, Saved]]:
    """Write the same answers in each part, shown at that revision.

    What somebody else changed meanwhile is left and told. Amounts that the parts share and
    établissements are each part's own: they are not written.
    """
    done = []
    for dossier, revision in parts:
        reached = common_to_all(dossier, questions, typed, lists)
        here = {question.name: typed[question.name] for question in reached}
        saved = write(acteur, dossier, dossier, "", reached, here, revision, lists)
        if saved.changed:
            journal.record(acteur, "modifier_partout", dossier)
        done.append((dossier, saved))
    return done


def submit_together(acteur: Acteur, dossiers: Iterable[Dossier], attested: bool) -> None:
    """Send each of these parts, all or none. Raise as `submit` does."""
    for dossier in dossiers:
        submit(acteur, dossier, attested)


def _token(jeton: str, rank: int) -> str:
    """The token of each part made by one form."""
    return sha256(f"{jeton}:{rank}".encode()).hexdigest()[:32]


def _check(dossier: Dossier, parties: Sequence[Partie], most: int) -> None:
    placed = sorted(cle for part in parties for cle in part.cles)
    empty = [rank for rank, part in enumerate(parties, start=1) if not part.cles]
    if empty:
        raise Refuse(
            f"La partie {empty[0]} n’a personne. Déplacez-y quelqu’un ou demandez moins de "
            "parties. Aucun dossier n’a été créé."
        )
    if not FEWEST_PARTIES <= len(parties) <= MOST_PARTIES:
        raise Refuse(
            f"Un lot compte de {FEWEST_PARTIES} à {MOST_PARTIES} dossiers. Au-delà, importez la "
            "liste dans l’annuaire des salariés et créez plusieurs demandes."
        )
    if placed != sorted(one.cle for one in everybody(dossier)) or any(
        len(part.cles) > most for part in parties
    ):
        raise Refuse("La répartition a changé. Rechargez la page, vérifiez-la, puis créez le lot.")
    wrong = [f"«\u00a0{question.label}\u00a0»" for question in unreadable_amounts(dossier)]
    if wrong:
        raise Refuse(
            f"Corrigez d’abord {', '.join(wrong)}\u00a0: ce qui y est écrit ne peut pas être "
            "partagé entre les parties. Aucun dossier n’a été créé."
        )


def _as_person(one: Stagiaire | EnAttente) -> Personne:
    return Personne(one.jeton, one.reponses, one.saisies, one.salarie_id)


def _answers(dossier: Dossier, parties: Sequence[Partie]) -> list[Answers]:
    """The answers of each part: those of the dossier, with its share of the amounts."""
    found = [Answers(dossier.reponses, dossier.saisies) for _ in parties]
    for amount in amounts(dossier, [len(part.cles) for part in parties]):
        for answers, value in zip(found, amount.parts, strict=True):
            answers.reponses[amount.question.name] = value
    return found


def _etablissements(
    acteur: Acteur, dossier: Dossier, parties: Sequence[Partie], answers: Sequence[Answers]
) -> list[Etablissement]:
    """The établissement of each part, answered too: that of its people where one may enter data."""
    allowed = {one.siret: one for one in etablissements(acteur, Verbe.SAISIR, dossier.dispositif)}
    question = next(
        (x for x in declaration(dossier).questions if x.projected_to == "etablissement"), None
    )
    found = []
    for part, known in zip(parties, answers, strict=True):
        place = allowed.get(part.etablissement, dossier.etablissement)
        if question is not None and place is not dossier.etablissement:
            known.reponses[question.name] = place.siret
            known.saisies.pop(question.name, None)
        found.append(place)
    return found


def _lot(acteur: Acteur, dossier: Dossier, more: int) -> tuple[Lot, int]:
    """The lot of the dossier, new if need be, locked; and the last part it has."""
    if dossier.lot_id is None:
        lot = Lot(
            organisation_id=dossier.organisation_id,
            reference="L-" + "".join(secrets.choice(KEY_ALPHABET) for _ in range(8)).upper(),
            auteur_id=acteur.utilisateur_id,
            cree_le=horloge.now(),
        )
        session().add(lot)
        dossier.lot, dossier.part = lot, 1
        session().flush()
        return lot, 1
    lot = session().get_one(Lot, dossier.lot_id, with_for_update=True)
    held, last = (
        session()
        .execute(select(func.count(), func.max(Dossier.part)).where(Dossier.lot_id == lot.id))
        .one()
    )
    if held + more > MOST_PARTIES:
        raise Refuse(
            f"Le lot {lot.reference} compte déjà {held} dossiers, {MOST_PARTIES} au plus. "
            "Créez une autre demande pour ces personnes. Aucun dossier n’a été créé."
        )
    return lot, last or 0


def _keep_the_first(
    acteur: Acteur,
    dossier: Dossier,
    part: Partie,
    people: Mapping[str, Personne],
    answers: Answers,
    most: int,
) -> None:
    """Leave in the dossier the people and the amounts of its part alone."""
    dossier.revision += 1
    staying = set(part.cles)
    waited = [one.cle for one in dossier.en_attente]
    for stagiaire in [one for one in dossier.stagiaires if one.cle not in staying]:
        remember_presence(acteur, dossier, stagiaire, present=False)
        dossier.stagiaires.remove(stagiaire)
    dossier.en_attente.clear()
    session().flush()
    for cle in waited:
        if cle in staying:
            enter(acteur, dossier, people[cle], most)
    changed = {
        name: answers[name]
        for name, value in answers.reponses.items()
        if dossier.reponses.get(name) != value
    }
    dossier.reponses, dossier.saisies = answers.reponses, answers.saisies
    if changed:
        remember(acteur, dossier, "", changed)


def _forget_plan(dossier: Dossier) -> None:
    kept = session().get(Repartition, dossier.id)
    if kept is not None:
        session().delete(kept)
