"""What the holder of a right code does with it: administer, or have one's own request validated."""

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acces.actions.demander import (
    SUSPENDED,
    Voulu,
    add_request,
    hold,
    is_in_force,
    open_request,
    tell,
)
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.verrou import hold_organisation, hold_rattachement
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur, Objet, Origine
from monespace.activation import actions as codes
from monespace.activation.models import CodeActivation, UsagePour
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import EtatRattachement, Rattachement
from monespace.organisations.octrois import Octrois
from monespace.refus import Refuse

BY_CODE = "le code du courrier"
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
    code = codes.use(acteur, code_id, UsagePour.ADMINISTRER)
    rattachement = found or _new(person, code)
    waiting = open_request(rattachement)
    if _must_be_approved(code, rattachement, former):
        if waiting is None or waiting.genre is not GenreDemande.ADMINISTRATION:
            _close(acteur, waiting, EtatDemande.RETIREE)
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
    _close(acteur, waiting, EtatDemande.APPROUVEE)
    _open(acteur, rattachement)
    rattachement.administrateur = True
    journal.record(acteur, "devenir administrateur", rattachement)
    _tell_everybody(person, rattachement, "administre maintenant")
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
    waiting = open_request(found) if found else None
    if waiting is None and voulu is None:
        raise Refuse(NOTHING_ASKED)
    code = codes.use(acteur, code_id, UsagePour.VALIDER)
    rattachement = found or _new(person, code)
    if voulu is not None and waiting is not None:
        _close(acteur, waiting, EtatDemande.RETIREE)
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
    _close(acteur, waiting, EtatDemande.APPROUVEE)
    _open(acteur, rattachement)
    # The company itself grants, by its letter.
    replace_rights(
        replace(acteur, organisation_id=code.organisation_id, administrateur=True),
        rattachement,
        wanted,
        Origine.CODE,
    )
    _tell_everybody(person, rattachement, "est maintenant rattaché à")
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


def _new(person: Utilisateur, code: CodeActivation) -> Rattachement:
    made = Rattachement(
        utilisateur_id=person.id,
        organisation=code.organisation,
        etat=EtatRattachement.DEMANDE,
        cree_le=horloge.now(),
    )
    session().add(made)
    session().flush()
    return made


def _must_be_approved(code: CodeActivation, rattachement: Rattachement, former: bool) -> bool:
    """Must an administrateur answer first? Never when there is none: nobody could."""
    others = comptes.administrateurs(code.organisation_id)
    # Removed, refused, or in force once and over.
    sent_away = not former and (
        rattachement.etat is not EtatRattachement.DEMANDE or _was_refused(rattachement)
    )
    return bool(others) and (code.organisation.code_a_approuver or sent_away)


def _was_refused(rattachement: Rattachement) -> bool:
    """Asking again after a refusal does not make it forgotten."""
    return bool(
        session().scalar(
            select(DemandeAcces.id)
            .where(
                DemandeAcces.rattachement_id == rattachement.id,
                DemandeAcces.etat == EtatDemande.REFUSEE,
            )
            .limit(1)
        )
    )


def _open(acteur: Acteur, rattachement: Rattachement) -> None:
    if not is_in_force(rattachement):
        rattachement.etat = EtatRattachement.ACTIF
        rattachement.debut = rattachement.fin = None
        # The role of a time that is over does not come back by itself.
        rattachement.administrateur = False
    rattachement.origine, rattachement.accorde_par = Origine.CODE, BY_CODE
    rattachement.accorde_le = horloge.now()


def _close(acteur: Acteur, demande: DemandeAcces | None, etat: EtatDemande) -> None:
    if demande is None:
        return
    demande.etat = etat
    demande.decide_le = horloge.now()
    demande.decideur = BY_CODE if etat is EtatDemande.APPROUVEE else ""
    journal.record(acteur, "clore par un code", demande, etat=etat)
    session().flush()


def _without_power(octrois: Octrois) -> Octrois:
    return frozenset(one for one in octrois if one.objet is not Objet.RATTACHEMENTS)


def _tell_everybody(person: Utilisateur, rattachement: Rattachement, what: str) -> None:
    """The person, and at once every administrateur, with where they can suspend them."""
    nom = rattachement.organisation.nom
    others = comptes.administrateurs(rattachement.organisation_id)
    notify(
        [one for one in others if one.id != person.id],
        f"{person.nom_complet} {what} {nom}",
        "Le code du courrier de l’entreprise lui a ouvert cet accès. Si vous ne connaissez pas "
        "cette personne, ouvrez sa fiche\u00a0: vous pouvez la suspendre en un clic.",
        f"/acces/personnes/{rattachement.cle}",
        organisation_id=rattachement.organisation_id,
        urgent=True,
    )
    notify(
        [person],
        f"Vous avez utilisé le code d’activation de l’entreprise {nom}",
        "Si ce n’est pas vous, changez votre mot de passe et appelez-nous.",
        "/entreprises",
        organisation_id=rattachement.organisation_id,
        urgent=True,
    )
