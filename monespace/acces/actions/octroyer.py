"""Put rights in force: the one place where habilitations are written."""

from monespace import horloge, journal
from monespace.acces.lignes import ids_of
from monespace.acteur import Acteur, Origine
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.policy.octroyer import pouvoir
from monespace.refus import Interdit, Refuse

BEYOND_ONESELF = (
    "Vous ne pouvez pas accorder ni retirer un droit que vous n’avez pas vous-même. "
    "Rien n’a été modifié. Demandez à un administrateur de votre entreprise de décider."
)
UNKNOWN_SIRET = (
    "Un établissement de la grille n’existe plus dans cette entreprise. Rien n’a été modifié. "
    "Rechargez la page, puis recommencez."
)


def replace_rights(
    acteur: Acteur, rattachement: Rattachement, wanted: Octrois, origine: Origine
) -> None:
    """Make `wanted` all that the rattachement grants.

    What does not change keeps its origin. Raise Interdit for what the acteur may not give or
    take, Refuse for a SIRET that is not of the company.
    """
    before = ecrits.of(rattachement.habilitations)
    wanted = frozenset(one for one in wanted if one.verbes)
    check_power(acteur, rattachement.organisation_id, wanted - before, before - wanted)
    write_rights(acteur, rattachement, wanted, origine)


def write_rights(
    acteur: Acteur, rattachement: Rattachement, wanted: Octrois, origine: Origine
) -> None:
    """The same, for what was decided before by who might, or is a proof in itself."""
    before = ecrits.of(rattachement.habilitations)
    wanted = frozenset(one for one in wanted if one.verbes)
    given, taken = wanted - before, before - wanted
    gone = {(one.objet, one.siret, one.dispositif) for one in taken}
    for row in list(rattachement.habilitations):
        if (row.objet, row.siret, row.dispositif) in gone:
            rattachement.habilitations.remove(row)
    # The rows that go must be gone before those that take their place.
    session().flush()
    for octroi in given:
        row = ecrits.habilitation(octroi)
        row.origine, row.accorde_par, row.accorde_le = origine, acteur.nom, horloge.now()
        rattachement.habilitations.append(row)
    if given or taken:
        journal.record(
            acteur,
            "changer les droits",
            rattachement,
            avant=ecrits.to_json(before),
            apres=ecrits.to_json(wanted),
        )


def check_power(acteur: Acteur, organisation_id: int, given: Octrois, taken: Octrois) -> None:
    """Raise Interdit for what the acteur may not give or take, Refuse for an unknown SIRET."""
    places = ids_of(organisation_id, {one.siret for one in given | taken})
    if any(one.siret != TOUS and one.siret not in places for one in given):
        raise Refuse(UNKNOWN_SIRET)
    may = pouvoir(acteur)
    if not all(may(one, places.get(one.siret)) for one in given | taken):
        raise Interdit(BEYOND_ONESELF)
