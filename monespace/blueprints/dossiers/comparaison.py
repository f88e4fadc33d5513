"""Two people answered one question: what is asked of the second, and what they chose."""

from collections.abc import Iterable, Mapping

from monespace import identite
from monespace.blueprints.formulaire import Envoi
from monespace.dossiers.actions import Contested, Posted, Saved
from monespace.forms.answers import Answer
from monespace.forms.fields import Field, Rival
from monespace.typographie import date_long, time_of


def as_posted(envoi: Envoi) -> Posted:
    """What the form says of itself, for the history and the merge."""
    return Posted(envoi.formulaire, envoi.frappe, envoi.choix)


def status_of(saved: Saved | None) -> int:
    """409 when somebody else changed the same answer, 422 when one cannot be read."""
    if saved is None:
        return 200
    return 409 if saved.contested else 422


def asked_again(saved: Saved) -> Mapping[str, Rival]:
    """The answers that other people gave meanwhile, each to be chosen or not."""
    return {name: _rival(one) for name, one in saved.contested.items()}


def _rival(contested: Contested) -> Rival:
    theirs = contested.theirs
    when = f"{date_long(theirs.instant)} à {time_of(theirs.instant)}"
    if theirs.auteur_id == identite.acteur().utilisateur_id:
        label = f"Prendre celle que vous avez donnée ailleurs, le {when}"
        told = f"Vous avez répondu autre chose dans une autre page, le {when}."
    else:
        who = theirs.auteur.nom_complet if theirs.auteur else "Mon Espace"
        label = f"Prendre celle de {who}, le {when}"
        told = f"{who} a répondu autre chose, le {when}."
    return Rival(
        contested.typed,
        Answer.from_json(theirs.valeur),
        str(theirs.id),
        label,
        told,
    )


def errors_of(drawn: Iterable[Field]) -> list[tuple[str, str]]:
    """What is to be chosen or mended, each with the address of its control."""
    errors = []
    for one in drawn:
        if one.choix:
            errors.append((f"{one.label}\u00a0: {one.choix.rival.told}", f"#choix-{one.id}"))
        elif one.error:
            errors.append((f"{one.label}\u00a0: {one.error}", f"#{one.id}"))
    return errors
