"""Every way accesses change: each is one function named by a verb, written in the journal."""

from monespace.acces.actions.acceptation import accept
from monespace.acces.actions.activer import administer, validate
from monespace.acces.actions.administrateurs import appoint, dismiss
from monespace.acces.actions.agents import engage, entrust, relieve
from monespace.acces.actions.choisir import work_for
from monespace.acces.actions.decider import DejaDecidee, approve, hold, refuse, undo
from monespace.acces.actions.decider_ensemble import Issue, approve_several, refuse_several
from monespace.acces.actions.demander import Voulu, ask_for_rights, ask_to_join, withdraw
from monespace.acces.actions.droits import change_rights, undo_rights
from monespace.acces.actions.invitations import cancel, invite, resend
from monespace.acces.actions.octroyer import replace_rights
from monespace.acces.actions.predesigner import cancel_pre_appointment, pre_appoint, welcome
from monespace.acces.actions.presence import leave, remove, resume, set_dates, suspend
from monespace.acces.actions.reglages import set_code_rule
from monespace.acces.actions.relancer import remind

__all__ = [
    "DejaDecidee",
    "Issue",
    "Voulu",
    "accept",
    "administer",
    "appoint",
    "approve",
    "approve_several",
    "ask_for_rights",
    "ask_to_join",
    "cancel",
    "cancel_pre_appointment",
    "change_rights",
    "dismiss",
    "engage",
    "entrust",
    "hold",
    "invite",
    "leave",
    "pre_appoint",
    "refuse",
    "refuse_several",
    "relieve",
    "remind",
    "remove",
    "replace_rights",
    "resend",
    "resume",
    "set_code_rule",
    "set_dates",
    "suspend",
    "undo",
    "undo_rights",
    "validate",
    "welcome",
    "withdraw",
    "work_for",
]
