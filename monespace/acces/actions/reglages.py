"""What an organisation chooses about its accesses."""

from monespace import journal, policy
from monespace.acces.actions.verrou import as_of_now, hold_organisation
from monespace.acteur import Acteur
from monespace.organisations.models import Organisation
from monespace.policy import Can


def set_code_rule(acteur: Acteur, organisation: Organisation, approved: bool) -> None:
    """Must an administrateur approve who uses a code while there are administrateurs?"""
    hold_organisation(organisation.id)
    now = as_of_now(acteur)
    policy.load(now, Organisation, organisation.cle, Can.ADMINISTER)
    if organisation.code_a_approuver == approved:
        return
    organisation.code_a_approuver = approved
    journal.record(now, "régler les codes", organisation, a_approuver=approved)
