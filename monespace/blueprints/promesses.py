"""The form of what is promised to an address: an invitation, a predesignation."""

from dataclasses import dataclass, field
from typing import Any

from flask import request

from monespace.acces.actions.invitations import Promesse
from monespace.acces.grille import Grille, grille
from monespace.acces.lecture import read_grille
from monespace.acteur import Acteur
from monespace.blueprints.formulaire import new_token, received
from monespace.forms.answers import Answer, read
from monespace.forms.fields import text_of
from monespace.forms.kinds import Email, Kind, LongText
from monespace.forms.validators import printable
from monespace.organisations.octrois import Octrois

COURRIEL: Kind[Any] = Email()
MESSAGE: Kind[Any] = LongText(500)
NOTHING: Octrois = frozenset()


@dataclass(frozen=True, slots=True)
class Saisie:
    """What was typed in the form."""

    jeton: str = field(default_factory=new_token)
    courriel: Answer = field(default_factory=Answer)
    message: Answer = field(default_factory=Answer)
    administrateur: bool = False
    etablissement: str = ""
    droits: Octrois = NOTHING

    @property
    def adresse(self) -> str:
        """The address, as it was typed if it is none."""
        return text_of(COURRIEL, self.courriel)

    @property
    def texte(self) -> str:
        """The message, as it was typed if it is too long."""
        return text_of(MESSAGE, self.message)

    @property
    def fault(self) -> tuple[str, str] | None:
        """What must be typed again, and where, before anything can be promised."""
        if self.courriel.error or self.courriel.value is None:
            return self.courriel.error or COURRIEL.invite, "#courriel"
        return (self.message.error, "#message") if self.message.error else None

    def promesse(self) -> Promesse:
        """What is promised; an administrateur has every right, whatever was ticked."""
        return Promesse(
            self.adresse.casefold(),
            NOTHING if self.administrateur else self.droits,
            self.administrateur,
            self.texte,
        )


def typed(acteur: Acteur, organisation_id: int) -> Saisie:
    """The form of this request. Raise Refuse for a grid that is not of this company."""
    form = request.form
    return Saisie(
        received().jeton,
        read(COURRIEL, (form.get("courriel", ""),)),
        read(MESSAGE, (form.get("message", ""),)),
        form.get("administrateur") == "1",
        printable(form.get("etablissement", ""))[:20],
        read_grille(acteur, organisation_id, form, NOTHING),
    )


def grid_of(acteur: Acteur, organisation_id: int, saisie: Saisie) -> Grille:
    """Its grid, on the page that was asked for."""
    return grille(
        acteur,
        organisation_id,
        NOTHING,
        ticked=saisie.droits,
        q=printable(request.form.get("_q", ""))[:100],
        page=received().page if request.method == "POST" else 1,
    )
