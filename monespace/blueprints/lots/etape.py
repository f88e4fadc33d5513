"""The step of a lot: what its parts answer alike, and the model whose answers are shown."""

from collections.abc import Mapping, Sequence

from monespace.dossiers.lots_partout import of_each_part
from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.questionnaire import Question, Raw, Step
from monespace.refus import Interdit, Introuvable


def model_of(unsent: Sequence[Dossier]) -> Dossier:
    """The part whose answers the form shows. Raise Interdit when none can be changed."""
    if not unsent:
        raise Interdit(
            "Aucun dossier de ce lot ne peut être modifié\u00a0: ils sont transmis, ou vous n’avez "
            "pas le droit d’y saisir. Rien n’a été modifié."
        )
    return unsent[0]


def step_of(dossier: Dossier, name: str) -> Step:
    """The step of that name. Raise Introuvable when it holds no answer for all the parts."""
    step = declaration(dossier).step(name)
    if step is None or not shown_in(step, dossier):
        raise Introuvable()
    return step


def common_steps(dossier: Dossier) -> list[Step]:
    """The steps that hold an answer for all the parts."""
    return [step for step in declaration(dossier).steps if shown_in(step, dossier)]


def shown_in(step: Step, dossier: Dossier) -> list[Question]:
    """The questions that all the parts answer alike."""
    return [one for one in step.questions if not of_each_part(one, dossier.reponses)]


def common(step: Step, dossier: Dossier, answered: Mapping[str, Raw]) -> dict[str, Raw]:
    """What was typed for those, and nothing else."""
    names = {question.name for question in shown_in(step, dossier)}
    return {name: raw for name, raw in answered.items() if name in names}
