"""Issue a code, record the day it came, use it, stop it. The code itself is never here."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.activation.codes import expiry, last_day
from monespace.activation.models import CodeActivation, UsageCode, UsagePour
from monespace.comptes.queries import administrateurs
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import Organisation
from monespace.refus import Refuse
from monespace.typographie import date_long, siren

PAGE = "/acces/courriers"
# A letter does not take longer than this: another one is asked for instead.
LONGEST_JOURNEY = timedelta(days=60)
STOPPED = (
    "Ce code vient d’être arrêté ou remplacé\u00a0: rien n’a été fait. Utilisez le code du "
    "dernier courrier reçu, ou faites demander un nouveau courrier à votre conseiller."
)


def issue(
    acteur: Acteur, organisation_id: int, empreinte: str, reception_jours: int
) -> CodeActivation:
    """Put a new code in force, by its hash; the former one is revoked at the same moment.

    It is presumed received `reception_jours` days later.
    """
    # Two batches at once wait here for each other.
    organisation = session().get_one(
        Organisation, organisation_id, with_for_update={"key_share": True}
    )
    former = session().scalars(
        select(CodeActivation).where(
            CodeActivation.organisation_id == organisation_id, CodeActivation.revoque_le.is_(None)
        )
    )
    for code in former:
        _stop(acteur, code)
    session().flush()
    recu_le = horloge.today() + timedelta(days=reception_jours)
    code = CodeActivation(
        organisation=organisation,
        empreinte=empreinte,
        emis_le=horloge.now(),
        recu_le=recu_le,
        expire_le=expiry(recu_le),
    )
    session().add(code)
    journal.record(seen_by(acteur, organisation_id), "émettre un code", code)
    return code


def record_reception(acteur: Acteur, code: CodeActivation, recu_le: date) -> None:
    """The day the letter was received, as the company told the OPCO: the end follows from it.

    Raise Refuse for a code that is stopped or has ended, which no later day opens again, and for
    a day on which it cannot have come.
    """
    issued = horloge.paris(code.emis_le).date()
    if code.revoque_le is not None:
        raise Refuse(
            "Ce code a été arrêté ou remplacé\u00a0: sa date de réception ne change plus rien."
        )
    if code.expire_le <= horloge.now():
        raise Refuse(
            f"Ce code a expiré le {date_long(last_day(code.expire_le))}\u00a0: une date de "
            "réception ne le rouvre pas. Demandez un nouveau courrier pour cette entreprise."
        )
    latest = min(horloge.today(), issued + LONGEST_JOURNEY)
    if not issued <= recu_le <= latest:
        raise Refuse(
            f"Ce courrier a été émis le {date_long(issued)}\u00a0: indiquez un jour de réception "
            f"du {date_long(issued)} au {date_long(latest)}. S’il n’est pas arrivé, demandez un "
            "nouveau courrier."
        )
    before = code.recu_le
    code.recu_le, code.reception_constatee = recu_le, True
    code.expire_le = expiry(recu_le)
    journal.record(
        seen_by(acteur, code.organisation_id),
        "constater la réception",
        code,
        avant=before.isoformat(),
        apres=recu_le.isoformat(),
    )


def use(acteur: Acteur, code_id: int, pour: UsagePour) -> CodeActivation:
    """Record that the acteur, who typed this code, uses it; every administrateur is told.

    Raise Refuse if it was stopped, replaced or has ended since it was typed.
    """
    code = session().get_one(
        CodeActivation, code_id, with_for_update={"of": CodeActivation}, populate_existing=True
    )
    if code.revoque_le is not None or code.expire_le <= horloge.now():
        raise Refuse(STOPPED)
    assert acteur.utilisateur_id is not None
    session().add(
        UsageCode(
            code_id=code.id,
            utilisateur_id=acteur.utilisateur_id,
            auteur=acteur.nom,
            instant=horloge.now(),
            pour=pour,
        )
    )
    journal.record(seen_by(acteur, code.organisation_id), "utiliser un code", code, pour=pour.value)
    organisation = code.organisation
    what = "devenir administrateur" if pour is UsagePour.ADMINISTRER else "valider son rattachement"
    notify(
        [one for one in administrateurs(code.organisation_id) if one.id != acteur.utilisateur_id],
        f"Le code d’activation de l’entreprise {organisation.nom} vient d’être utilisé",
        f"{acteur.nom} a saisi le code du courrier de {organisation.nom} (SIREN "
        f"{siren(organisation.siren)}, profil {organisation.profil.value}) pour {what}. Si vous ne "
        "connaissez pas cette personne, retirez son accès et arrêtez ce code.",
        PAGE,
        organisation_id=code.organisation_id,
        urgent=True,
    )
    return code


def revoke(acteur: Acteur, code: CodeActivation) -> None:
    """Stop a code for good; nothing happens to one that is stopped already."""
    if code.revoque_le is not None:
        return
    _stop(acteur, code)
    notify(
        [one for one in administrateurs(code.organisation_id) if one.id != acteur.utilisateur_id],
        f"Le code d’activation de l’entreprise {code.organisation.nom} a été arrêté",
        f"{acteur.nom} a arrêté ce code\u00a0: il n’ouvre plus rien. Votre conseiller peut faire "
        "partir un nouveau courrier.",
        PAGE,
        organisation_id=code.organisation_id,
        urgent=True,
    )


def seen_by(acteur: Acteur, organisation_id: int) -> Acteur:
    """The same acteur, whose act the journal of that organisation shows."""
    return replace(acteur, organisation_id=organisation_id)


def _stop(acteur: Acteur, code: CodeActivation) -> None:
    code.revoque_le, code.revoque_par = horloge.now(), acteur.nom
    journal.record(seen_by(acteur, code.organisation_id), "arrêter un code", code)
