"""What each rule asks for: one table, compared with RULES by a test."""

from collections.abc import Mapping

from monespace.acces.models import DemandeAcces, Invitation
from monespace.acteur import Objet, Verbe
from monespace.activation.models import CodeActivation, Courrier
from monespace.comptes.models import FormulaireGarde, SessionOuverte
from monespace.dossiers.models import Dossier, Lot, Piece
from monespace.exports.models import Export
from monespace.imports.models import Import
from monespace.journal import Evenement
from monespace.notifications.models import Notification
from monespace.organisations.models import Organisation, Rattachement
from monespace.policy.table import Can
from monespace.salaries.models import Salarie

Door = tuple[type, Can]
# A right…
RIGHTS: Mapping[Door, tuple[Objet, Verbe]] = {
    (Dossier, Can.VIEW): (Objet.DOSSIERS, Verbe.CONSULTER),
    (Dossier, Can.EDIT): (Objet.DOSSIERS, Verbe.SAISIR),
    (Dossier, Can.ATTACH): (Objet.DOSSIERS, Verbe.SAISIR),
    (Dossier, Can.SUBMIT): (Objet.DOSSIERS, Verbe.TRANSMETTRE),
    (Dossier, Can.ANSWER): (Objet.DOSSIERS, Verbe.TRANSMETTRE),
    (Dossier, Can.DELETE): (Objet.DOSSIERS, Verbe.SUPPRIMER),
    (Dossier, Can.DUPLICATE): (Objet.DOSSIERS, Verbe.SAISIR),
    (Lot, Can.VIEW): (Objet.DOSSIERS, Verbe.CONSULTER),
    (Piece, Can.VIEW): (Objet.DOSSIERS, Verbe.CONSULTER),
    (Salarie, Can.VIEW): (Objet.SALARIES, Verbe.CONSULTER),
    (Salarie, Can.EDIT): (Objet.SALARIES, Verbe.SAISIR),
    (Organisation, Can.OVERSEE): (Objet.RATTACHEMENTS, Verbe.CONSULTER),
    (Organisation, Can.INVITE): (Objet.RATTACHEMENTS, Verbe.SAISIR),
    (Rattachement, Can.VIEW): (Objet.RATTACHEMENTS, Verbe.CONSULTER),
    (Rattachement, Can.EDIT): (Objet.RATTACHEMENTS, Verbe.SAISIR),
    (Rattachement, Can.DELETE): (Objet.RATTACHEMENTS, Verbe.SUPPRIMER),
    (Rattachement, Can.RESUME): (Objet.RATTACHEMENTS, Verbe.SUPPRIMER),
    (DemandeAcces, Can.VIEW): (Objet.RATTACHEMENTS, Verbe.CONSULTER),
    (DemandeAcces, Can.DECIDE): (Objet.RATTACHEMENTS, Verbe.SAISIR),
    (DemandeAcces, Can.UNDO): (Objet.RATTACHEMENTS, Verbe.SAISIR),
    (Invitation, Can.VIEW): (Objet.RATTACHEMENTS, Verbe.CONSULTER),
    (Invitation, Can.DELETE): (Objet.RATTACHEMENTS, Verbe.SAISIR),
    (Evenement, Can.VIEW): (Objet.RATTACHEMENTS, Verbe.CONSULTER),
}
# … to administer…
ADMINISTERING: frozenset[Door] = frozenset(
    {
        (Organisation, Can.ADMINISTER),
        (Rattachement, Can.APPOINT),
        (Courrier, Can.VIEW),
        (CodeActivation, Can.VIEW),
        (CodeActivation, Can.REVOKE),
    }
)
# … to be of the OPCO; or nothing but to be the person the row belongs to.
OF_THE_OPCO: frozenset[Door] = frozenset(
    {
        (Dossier, Can.INSTRUCT),
        (Organisation, Can.PRE_APPOINT),
        (Organisation, Can.REISSUE),
        (Invitation, Can.WITHDRAW),
        (CodeActivation, Can.EDIT),
    }
)
OF_ONESELF: frozenset[Door] = frozenset(
    {
        (Export, Can.VIEW),
        (Import, Can.VIEW),
        (Notification, Can.VIEW),
        (SessionOuverte, Can.VIEW),
        (FormulaireGarde, Can.VIEW),
        (Organisation, Can.VIEW),
        (Rattachement, Can.LEAVE),
        (Rattachement, Can.WORK),
        (DemandeAcces, Can.ASK),
        (DemandeAcces, Can.WITHDRAW),
    }
)
