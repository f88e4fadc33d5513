"""Make a brouillon out of a dossier: duplicated by a person, or born as a part of a lot."""

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import journal
from monespace.acteur import Acteur
from monespace.config import CEILING_STAGIAIRES
from monespace.db import session
from monespace.dossiers.actions.brouillon import blank
from monespace.dossiers.actions.revision import Holder, remember, touch
from monespace.dossiers.actions.stagiaires import Personne, enter
from monespace.dossiers.models import Dossier, Piece
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answers
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Etablissement
from monespace.refus import DejaServi, Refuse


def duplicate(acteur: Acteur, dossier: Dossier, jeton: str, people: bool, pieces: bool) -> Dossier:
    """A new brouillon with the answers that are worth copying. One `jeton` makes one.

    Raise Refuse for a closed dispositif.
    """
    again = made_by(acteur, jeton)
    if again is not None:
        return again
    dispositif = declaration(dossier)
    if not dispositif.open_to_new:
        raise Refuse(closed(dossier))
    answers = worth_copying(dispositif.questions, dossier)
    copy = copy_of(acteur, dossier, jeton, answers, dossier.etablissement)
    copy.copie_de_id = dossier.id
    for stagiaire in dossier.stagiaires if people else ():
        kept = worth_copying(dispositif.personnes.questions, stagiaire)
        person = Personne(secrets.token_hex(16), kept.reponses, kept.saisies, stagiaire.salarie_id)
        enter(acteur, copy, person, CEILING_STAGIAIRES)
    if pieces:
        copy_pieces(dossier, copy)
    touch(copy)
    journal.record(acteur, "dupliquer", copy, origine=dossier.reference)
    return copy


def closed(dossier: Dossier) -> str:
    """Why a dossier of this dispositif cannot be duplicated any more."""
    return (
        f"Le dispositif «\u00a0{declaration(dossier).nom}\u00a0» n’accepte plus de demandes\u00a0: "
        "ce dossier ne peut plus être dupliqué. Choisissez un autre dispositif dans "
        "«\u00a0Nouvelle demande\u00a0»."
    )


def worth_copying(questions: Iterable[Question], holder: Holder) -> Answers:
    """What a duplicate takes over of these answers: those still asked for, nothing emptied."""
    taken = {question.name for question in questions if not question.emptied}
    return Answers(
        {name: value for name, value in holder.reponses.items() if name in taken},
        {name: value for name, value in holder.saisies.items() if name in taken},
    )


def copy_of(
    acteur: Acteur, dossier: Dossier, jeton: str, answers: Answers, etablissement: Etablissement
) -> Dossier:
    """A brouillon of the same dispositif with these answers, whose history begins here.

    The caller adds who and what belongs to it, then calls `touch`.
    """
    copy = blank(acteur, declaration(dossier), etablissement, jeton)
    copy.reponses, copy.saisies = dict(answers.reponses), dict(answers.saisies)
    copy.revision = 1
    try:
        with session().begin_nested():
            session().add(copy)
    except IntegrityError as error:
        raise DejaServi() from error
    names = (*answers.reponses, *answers.saisies)
    if names:
        remember(acteur, copy, "", {name: answers[name] for name in names})
    return copy


def copy_pieces(dossier: Dossier, copy: Dossier) -> None:
    """Join to the copy the files that the dossier stands on now: same files, rows of its own."""
    for piece in dossier.pieces:
        if piece.remplacee_le is None:
            copy.pieces.append(
                Piece(
                    jeton=piece.jeton,
                    type=piece.type,
                    nom=piece.nom,
                    type_mime=piece.type_mime,
                    taille=piece.taille,
                    sha256=piece.sha256,
                    fichier=piece.fichier,
                    auteur_id=piece.auteur_id,
                    ajoutee_le=piece.ajoutee_le,
                )
            )


def made_by(acteur: Acteur, jeton: str) -> Dossier | None:
    """What this form already made. Raise Conflit when somebody else's form bears the token."""
    dossier = session().scalars(select(Dossier).where(Dossier.jeton == jeton)).one_or_none()
    if dossier is not None and dossier.auteur_id != acteur.utilisateur_id:
        raise DejaServi()
    return dossier
