"""Add, change and remove the people of a dossier, thirty at most."""

from collections.abc import Mapping

from monespace import journal
from monespace.acteur import Acteur
from monespace.db import new_key, session
from monespace.dossiers.actions.revision import Saved, touch, write
from monespace.dossiers.completude import name_of
from monespace.dossiers.models import Dossier, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.forms.fields import Lists
from monespace.forms.questionnaire import Raw
from monespace.refus import Refuse


class Complet(Refuse):
    """The dossier has as many people as it may."""


def save_stagiaire(
    acteur: Acteur,
    dossier: Dossier,
    jeton: str,
    typed: Mapping[str, Raw],
    shown_revision: int,
    lists: Lists,
    most: int,
) -> tuple[Stagiaire | None, Saved]:
    """Keep what was typed about one person: a new one, or the one this `jeton` made.

    A form left empty makes nobody (None). Raise Complet at `most` people; the dossier must be
    locked, and the database refuses a thirty-first whatever happens.
    """
    stagiaire = next((one for one in dossier.stagiaires if one.jeton == jeton), None)
    if stagiaire is None:
        if not any(part.strip() for raw in typed.values() for part in raw):
            return None, Saved(False)
        stagiaire = _add(dossier, jeton, most)
    questions = declaration(dossier).personnes.questions
    prefix = f"stagiaires/{stagiaire.cle}/"
    saved = write(acteur, dossier, stagiaire, prefix, questions, typed, shown_revision, lists)
    return stagiaire, saved


def remove_stagiaire(acteur: Acteur, dossier: Dossier, stagiaire: Stagiaire) -> None:
    """Take one person out of the dossier; their rank may be given again."""
    journal.record(acteur, "retirer", dossier, salarie=name_of(stagiaire))
    dossier.stagiaires.remove(stagiaire)
    session().flush()
    dossier.revision += 1
    touch(dossier)


def _add(dossier: Dossier, jeton: str, most: int) -> Stagiaire:
    taken = {one.rang for one in dossier.stagiaires}
    if len(taken) >= most:
        raise Complet(
            f"Ce dossier compte {most} salariés, le maximum. "
            "Pour en inscrire d’autres, créez un second dossier pour la même formation. "
            "La personne que vous venez de saisir n’a pas été ajoutée."
        )
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
