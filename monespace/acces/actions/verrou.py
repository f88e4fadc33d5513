"""One at a time: who decides on a person still may, and an administrateur always remains.

Locks are taken in one order everywhere, or two acts at once would wait for each other: the person
(when it is their own act), their rattachement, the organisation, then the request, invitation or
code. A view whose action locks more than its own row declares `lock=False`.

A person does one thing at a time: whatever makes their rattachement locks their row first, since
nothing else is there yet that two of their own acts would wait for.
"""

from sqlalchemy import ColumnElement, exists, select, true

from monespace import horloge, policy
from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from monespace.policy import Can
from monespace.refus import Refuse

LAST_ONE = (
    "Cette personne est le dernier administrateur de l’entreprise\u00a0: sans administrateur, plus "
    "personne ne pourrait donner de droits. Rien n’a été modifié. Nommez d’abord un autre "
    "administrateur, sans date de fin."
)
YOU_ARE_THE_LAST = (
    "Vous êtes le dernier administrateur de cette entreprise\u00a0: sans administrateur, plus "
    "personne ne pourrait donner de droits. Rien n’a été modifié. Nommez d’abord un autre "
    "administrateur, sans date de fin."
)


def held(acteur: Acteur, rattachement: Rattachement, can: Can) -> Acteur:
    """Hold the organisation until the end of the transaction. Return the acteur as of now.

    Two people who act on each other at once wait here; the second finds what the first left.
    Raise Introuvable or Interdit when the acteur may not, or not any more. Whoever locks the row
    of a rattachement does so before calling this.
    """
    hold_organisation(rattachement.organisation_id)
    now = as_of_now(acteur)
    policy.load(now, Rattachement, rattachement.cle, can, lock=True)
    return now


def hold_organisation(organisation_id: int | None) -> None:
    """Make whoever changes accesses of that organisation wait for the end of this transaction."""
    # Not against rows that name the organisation: those are added all day.
    session().execute(
        select(Organisation.id)
        .where(Organisation.id == organisation_id)
        .with_for_update(key_share=True)
    )


def hold_person(utilisateur_id: int | None) -> Utilisateur:
    """The person, whose other acts wait for the end of this transaction."""
    # Not against rows that name the person: those are added all day.
    return session().get_one(Utilisateur, utilisateur_id, with_for_update={"key_share": True})


def hold_rattachement(utilisateur_id: int | None, organisation_id: int) -> Rattachement | None:
    """What the person has or had there, both locked, as it is now. For the person's own acts."""
    hold_person(utilisateur_id)
    return session().scalar(
        select(Rattachement)
        .where(
            Rattachement.utilisateur_id == utilisateur_id,
            Rattachement.organisation_id == organisation_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def found_or_made(utilisateur_id: int | None, organisation_id: int) -> Rattachement:
    """The same; where the person never was, a place that opens nothing yet. Locked."""
    found = hold_rattachement(utilisateur_id, organisation_id)
    if found is None:
        found = Rattachement(
            utilisateur_id=utilisateur_id,
            organisation_id=organisation_id,
            etat=EtatRattachement.DEMANDE,
            cree_le=horloge.now(),
        )
        session().add(found)
        session().flush()
    return found


def as_of_now(acteur: Acteur) -> Acteur:
    """The same person on the same organisation, with the rights they have at this instant."""
    if acteur.utilisateur_id is None:
        return acteur
    person = session().get_one(Utilisateur, acteur.utilisateur_id)
    found = session().scalars(
        select(Rattachement)
        .where(
            Rattachement.utilisateur_id == acteur.utilisateur_id,
            Rattachement.organisation_id == acteur.organisation_id,
            policy.in_force(horloge.today()),
        )
        .execution_options(populate_existing=True)
    )
    return policy.attached(person, found.one_or_none())


def keep_one(rattachement: Rattachement, message: str = LAST_ONE) -> None:
    """Raise Refuse if the organisation would be left without an administrateur who stays.

    To be called, the organisation held, before this person ceases to administer now or one day.
    """
    administers = rattachement.administrateur and rattachement.etat is EtatRattachement.ACTIF
    if not administers or _remains(rattachement, Rattachement.fin.is_(None)):
        return
    # Somebody who was only standing in takes nothing away that would have lasted.
    if rattachement.fin is not None and _remains(rattachement, true()):
        return
    raise Refuse(message)


def _remains(rattachement: Rattachement, staying: ColumnElement[bool]) -> bool:
    others = exists().where(
        Rattachement.organisation_id == rattachement.organisation_id,
        Rattachement.id != rattachement.id,
        Rattachement.administrateur,
        policy.in_force(horloge.today()),
        staying,
    )
    return bool(session().scalar(select(others)))
