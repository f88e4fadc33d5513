"""Take a brouillon back to an earlier moment: new answers, the history only grows."""

import secrets
from collections.abc import Mapping

from sqlalchemy import select

from monespace import journal
from monespace.acteur import Acteur
from monespace.db import new_key, session
from monespace.dossiers.actions.brouillon import follow_etablissement
from monespace.dossiers.actions.revision import (
    Holder,
    path_of,
    remember,
    remember_presence,
    touch,
)
from monespace.dossiers.models import Dossier, Stagiaire
from monespace.dossiers.retour import Retour, Revenant
from monespace.forms.answers import Answer, Answers
from monespace.refus import Refuse
from monespace.salaries.models import Salarie


def go_back(acteur: Acteur, dossier: Dossier, asked: Retour, most: int) -> None:
    """Write the answers and the people of that moment, as changes that this person makes now.

    Pieces stay as they are. Raise Refuse past `most` people. The dossier must be locked, and
    `asked` read under that lock.
    """
    if asked.empty:
        return
    people = len(dossier.stagiaires) - len(asked.partants) + len(asked.revenants)
    if people > most:
        raise Refuse(
            f"Le dossier compterait {people} salariés, et {most} au plus sont possibles. Rien n’a "
            "été modifié. Retirez d’abord des salariés, ou choisissez un autre moment."
        )
    dossier.revision += 1
    _put(acteur, dossier, dossier, "", asked.reponses)
    for one in dossier.stagiaires:
        if one.cle in asked.personnes:
            _put(acteur, dossier, one, f"{path_of(one)}/", asked.personnes[one.cle])
    for one in asked.partants:
        remember_presence(acteur, dossier, one, present=False)
        dossier.stagiaires.remove(one)
    # Their ranks are free once the rows are gone.
    session().flush()
    for revenant in asked.revenants:
        _bring_back(acteur, dossier, revenant, most)
    follow_etablissement(dossier)
    touch(dossier)
    journal.record(
        acteur, "revenir", dossier, revision=dossier.revision, vers=asked.revision, au=asked.au
    )


def _put(
    acteur: Acteur, dossier: Dossier, holder: Holder, prefix: str, changed: Mapping[str, Answer]
) -> None:
    if not changed:
        return
    current = Answers(holder.reponses, holder.saisies)
    for name, answer in changed.items():
        current[name] = answer
    holder.reponses, holder.saisies = current.reponses, current.saisies
    remember(acteur, dossier, prefix, changed)


def _bring_back(acteur: Acteur, dossier: Dossier, one: Revenant, most: int) -> None:
    """Under the same key and the same rank when they are free."""
    ranks = set(range(1, most + 1)) - {other.rang for other in dossier.stagiaires}
    tokens = {other.jeton for other in dossier.stagiaires}
    taken = session().scalar(select(Stagiaire.id).where(Stagiaire.cle == one.cle)) is not None
    stagiaire = Stagiaire(
        cle=new_key() if taken else one.cle,
        jeton=secrets.token_hex(16) if one.jeton in tokens else one.jeton,
        rang=one.rang if one.rang in ranks else min(ranks),
        reponses=one.kept.reponses,
        saisies=one.kept.saisies,
        salarie_id=_still_known(dossier, one.salarie_id),
    )
    dossier.stagiaires.append(stagiaire)
    remember_presence(acteur, dossier, stagiaire, present=True)
    names = (*one.kept.reponses, *one.kept.saisies)
    told = {name: one.kept[name] for name in names} if taken else one.changed
    if told:
        remember(acteur, dossier, f"{path_of(stagiaire)}/", told)


def _still_known(dossier: Dossier, salarie_id: int | None) -> int | None:
    """Their place in the directory, unless it is gone or somebody here has it."""
    if salarie_id is None or any(one.salarie_id == salarie_id for one in dossier.stagiaires):
        return None
    return None if session().get(Salarie, salarie_id) is None else salarie_id
