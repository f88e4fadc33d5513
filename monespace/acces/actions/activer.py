"""What the holder of a right code does with it: administer, or have one's own request validated."""

from dataclasses import dataclass, replace
from enum import StrEnum

from monespace import journal
from monespace.acces.actions.annonces import tell_administrateurs, tell_person
from monespace.acces.actions.demander import (
    SUSPENDED,
    Voulu,
    add_request,
    hold,
    made_with,
    tell,
)
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.ouverture import (
    close_request,
    come_from,
    is_in_force,
    open_access,
    open_request,
    was_refused,
)
from monespace.acces.actions.verrou import found_or_made, hold_organisation, hold_rattachement
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur, Objet, Origine
from monespace.activation import actions as codes
from monespace.activation.models import CodeActivation, UsagePour
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.refus import JetonServi, Refuse

BY_CODE = "le code du courrier"
BY_A_CODE = "clore par un code"
NOTHING_ASKED = (
    "Dites d’abord de quels droits vous avez besoin\u00a0: le code validera cette demande."
)
ALREADY = "Vous administrez déjà cette entreprise\u00a0: ce code ne vous apporte rien de plus."
ALREADY_IN = (
    "Vous êtes déjà rattaché à cette entreprise\u00a0: demandez un droit de plus dans "
    "«\u00a0Mes droits\u00a0», ou devenez administrateur avec ce code."
)


class Suite(StrEnum):
    """What the code opened: an access at once, or a request that administrateurs must answer."""

    FAIT = "fait"
    A_APPROUVER = "à approuver"


@dataclass(frozen=True, slots=True)
class Usage:
    suite: Suite
    rattachement: Rattachement


def administer(acteur: Acteur, code_id: int, jeton: str) -> Usage:
    """Become an administrateur of the organisation of that code, with every right there.

    At once, unless an administrateur must approve: the organisation chose so, or this person was
    removed or refused before. Raise Refuse for a code that is not in force any more, and for
    somebody suspended.
    """
    person, found = _taken(acteur, code_id)
    former = found is not None and is_in_force(found)
    if former and found and found.administrateur:
        raise Refuse(ALREADY)
    asked = _asked_by(acteur, code_id, jeton)
    if asked is not None and asked.genre is not GenreDemande.ADMINISTRATION:
        raise JetonServi()
    code = codes.use(acteur, code_id, UsagePour.ADMINISTRER)
    rattachement = found or found_or_made(person.id, code.organisation_id)
    waiting = open_request(rattachement)
    if _must_be_approved(code, rattachement, former):
        if waiting is None or waiting.genre is not GenreDemande.ADMINISTRATION:
            close_request(acteur, rattachement, BY_A_CODE)
            waiting = add_request(
                acteur,
                rattachement,
                GenreDemande.ADMINISTRATION,
                jeton,
                frozenset(),
                "Cette personne a saisi le code du courrier de l’entreprise.",
            )
        nom = rattachement.organisation.nom
        tell(waiting, f"{person.nom_complet} demande à administrer {nom}", URGE, urgent=True)
        return Usage(Suite.A_APPROUVER, rattachement)
    _open(acteur, rattachement)
    rattachement.administrateur = True
    journal.record(acteur, "devenir administrateur", rattachement)
    _tell_everybody(acteur, rattachement, "administre maintenant")
    return Usage(Suite.FAIT, rattachement)


URGE = (
    "Cette personne a saisi le code du courrier de l’entreprise, mais il faut l’accord d’un "
    "administrateur. Approuvez ou refusez sa demande."
)


def validate(acteur: Acteur, code_id: int, voulu: Voulu | None, jeton: str) -> Usage:
    """Have one's own request to join validated by the code: the rights that wait, or `voulu`.

    The code stands for the consent of the company, so nobody decides for oneself; it validates
    nobody else's request, and never the power over other people's accesses.
    """
    person, found = _taken(acteur, code_id)
    if found and is_in_force(found):
        raise Refuse(ALREADY_IN)
    if _asked_by(acteur, code_id, jeton) is not None:
        # Sent twice: it waits already.
        voulu = None
    waiting = open_request(found) if found else None
    if waiting is None and voulu is None:
        raise Refuse(NOTHING_ASKED)
    code = codes.use(acteur, code_id, UsagePour.VALIDER)
    rattachement = found or found_or_made(person.id, code.organisation_id)
    if voulu is not None and waiting is not None:
        close_request(acteur, rattachement, BY_A_CODE)
        waiting = None
    if waiting is None:
        assert voulu is not None
        rattachement.qualite = voulu.qualite
        rattachement.siren_mandataire = voulu.siren_mandataire
        waiting = add_request(
            acteur,
            rattachement,
            GenreDemande.RATTACHEMENT,
            jeton,
            voulu.octrois,
            voulu.message,
        )
    if waiting.genre is not GenreDemande.RATTACHEMENT or _must_be_approved(
        code, rattachement, False
    ):
        nom = rattachement.organisation.nom
        tell(waiting, f"{person.nom_complet} demande à rejoindre {nom}", URGE, urgent=True)
        return Usage(Suite.A_APPROUVER, rattachement)
    wanted = _without_power(ecrits.from_json(waiting.droits))
    _open(acteur, rattachement)
    # The company itself grants, by its letter.
    replace_rights(
        replace(acteur, organisation_id=code.organisation_id, administrateur=True),
        rattachement,
        wanted,
        Origine.CODE,
    )
    _tell_everybody(acteur, rattachement, "est maintenant rattaché à")
    return Usage(Suite.FAIT, rattachement)


def _taken(acteur: Acteur, code_id: int) -> tuple[Utilisateur, Rattachement | None]:
    """The person and their rattachement to the organisation of the code, nobody else acting.

    Raise Refuse for somebody suspended: only who may remove them lets them in again.
    """
    code = session().get_one(CodeActivation, code_id)
    person = hold(acteur)
    found = hold_rattachement(person.id, code.organisation_id)
    hold_organisation(code.organisation_id)
    if found is not None and found.etat is EtatRattachement.SUSPENDU:
        raise Refuse(SUSPENDED)
    return person, found


def _asked_by(acteur: Acteur, code_id: int, jeton: str) -> DemandeAcces | None:
    """What this form asked already. Looked at before the code is used. Raise JetonServi."""
    code = session().get_one(CodeActivation, code_id)
    return made_with(acteur, code.organisation_id, jeton)


def _must_be_approved(code: CodeActivation, rattachement: Rattachement, former: bool) -> bool:
    """Must an administrateur answer first? Never when there is none: nobody could."""
    others = comptes.administrateurs(code.organisation_id)
    # Removed, refused, or in force once and over.
    sent_away = not former and (
        rattachement.etat is not EtatRattachement.DEMANDE or was_refused(rattachement)
    )
    return bool(others) and (code.organisation.code_a_approuver or sent_away)


def _open(acteur: Acteur, rattachement: Rattachement) -> None:
    close_request(acteur, rattachement, BY_A_CODE, EtatDemande.APPROUVEE, BY_CODE)
    if is_in_force(rattachement):
        come_from(rattachement, Origine.CODE, BY_CODE)
    else:
        open_access(rattachement, Origine.CODE, BY_CODE)


def _without_power(octrois: Octrois) -> Octrois:
    return frozenset(one for one in octrois if one.objet is not Objet.RATTACHEMENTS)


def _tell_everybody(acteur: Acteur, rattachement: Rattachement, what: str) -> None:
    """The person, and at once every administrateur, with where they can suspend them."""
    nom = rattachement.organisation.nom
    tell_administrateurs(acteur, rattachement, f"{acteur.nom} {what} {nom}", BY_CODE)
    tell_person(
        rattachement,
        f"Vous avez utilisé le code d’activation de l’entreprise {nom}",
        "Si ce n’est pas vous, changez votre mot de passe et appelez-nous.",
        "/entreprises",
    )
