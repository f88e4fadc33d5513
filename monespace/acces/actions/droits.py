"""Change somebody's rights, and undo it."""

import json

from sqlalchemy import select

from monespace.acces.actions.annonces import tell_person
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.verrou import held
from monespace.acces.colonnes import colonnes
from monespace.acces.difference import Difference, difference
from monespace.acces.grille import digest
from monespace.acces.lecture import BROKEN, DroitsChanges
from monespace.acteur import Acteur, Origine
from monespace.db import Json, session
from monespace.journal import Evenement
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy import Can
from monespace.refus import Conflit, Refuse

CHANGED = "changer les droits"
HAS_ALL = (
    "Un administrateur a tous les droits. Retirez-lui d’abord ce rôle\u00a0: vous choisirez alors "
    "les droits qu’il garde."
)
TOO_LATE = (
    "Les droits de cette personne ont changé depuis. Rien n’a été modifié. Ouvrez la grille pour "
    "voir où ils en sont."
)


def change_rights(
    acteur: Acteur, rattachement: Rattachement, wanted: Octrois, base: str
) -> Difference:
    """Make `wanted` all that the person may do, if they still hold what `base` was drawn from.

    Return what changed. Raise Interdit beyond the acteur's power, DroitsChanges, Refuse.
    """
    now = held(acteur, rattachement, Can.EDIT)
    if rattachement.administrateur:
        raise Refuse(HAS_ALL)
    before = ecrits.of(rattachement.habilitations)
    if digest(before, frozenset()) != base:
        raise DroitsChanges(wanted)
    return _replace(now, rattachement, before, wanted)


def undo_rights(acteur: Acteur, rattachement: Rattachement) -> Difference:
    """Give back what the last change replaced, if nothing changed since. Raise Conflit."""
    now = held(acteur, rattachement, Can.EDIT)
    before = ecrits.of(rattachement.habilitations)
    former = former_rights(rattachement)
    if former is None:
        raise Conflit(TOO_LATE)
    return _replace(now, rattachement, before, former)


def former_rights(rattachement: Rattachement) -> Octrois | None:
    """What the last change replaced; None if there was none, or the rights changed since."""
    last = session().scalar(
        select(Evenement)
        .where(
            Evenement.objet == Rattachement.__tablename__,
            Evenement.objet_id == rattachement.id,
        )
        .order_by(Evenement.id.desc())
        .limit(1)
    )
    if last is None or last.acte != CHANGED or rattachement.administrateur:
        return None
    if _written(last.details.get("apres")) != ecrits.of(rattachement.habilitations):
        return None
    return _written(last.details.get("avant"))


def read_wanted(text: str, held_now: Octrois) -> Octrois:
    """The rights that a preview sends back to be confirmed. Raise Refuse for anything else."""
    places = {(one.objet, one.dispositif) for one in colonnes()}
    places |= {(one.objet, one.dispositif) for one in held_now}
    try:
        wanted = ecrits.from_json(json.loads(text))
    except (ValueError, TypeError, RecursionError):
        raise Refuse(BROKEN) from None
    if any((one.objet, one.dispositif) not in places for one in wanted):
        raise Refuse(BROKEN)
    return wanted


def _replace(
    acteur: Acteur, rattachement: Rattachement, before: Octrois, wanted: Octrois
) -> Difference:
    replace_rights(acteur, rattachement, wanted, Origine.ADMINISTRATEUR)
    changed = difference(before, wanted)
    if changed:
        nom = rattachement.organisation.nom
        tell_person(
            rattachement,
            f"Vos droits sur {nom} ont changé",
            f"{acteur.nom} les a changés.\n{changed.texte}",
            "/mes-droits",
        )
    return changed


def _written(droits: Json) -> Octrois | None:
    return ecrits.from_json(droits) if isinstance(droits, list) else None
