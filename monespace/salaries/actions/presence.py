"""Somebody leaves the company, or does not after all. Nobody is ever deleted from the directory."""

from datetime import date

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.forms.questionnaire import Values
from monespace.refus import Refuse
from monespace.salaries.fiche import FICHE
from monespace.salaries.models import Salarie
from monespace.typographie import date_long


def leave(acteur: Acteur, salarie: Salarie, le: date) -> None:
    """Note the last day of somebody in the company. Raise Refuse before their first one."""
    hired = Values(FICHE.questions, salarie.reponses)["embauche"] or salarie.naissance
    if le < hired:
        raise Refuse(
            f"Le départ ne peut pas précéder l’embauche, le {date_long(hired)}."
            if hired != salarie.naissance
            else "Le départ ne peut pas précéder la naissance."
        )
    if salarie.parti_le != le:
        salarie.parti_le, salarie.maj_le = le, horloge.now()
        journal.record(acteur, "depart", salarie, le=le.isoformat())


def come_back(acteur: Acteur, salarie: Salarie) -> None:
    """Undo a departure: told by mistake, or the person is back."""
    if salarie.parti_le is not None:
        salarie.parti_le, salarie.maj_le = None, horloge.now()
        journal.record(acteur, "retour", salarie)
