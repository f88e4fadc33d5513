"""What every form carries besides its answers, read once."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import request

from monespace.forms.answers import posted
from monespace.forms.questionnaire import Question, Raw
from monespace.refus import Refus


class Tronque(Refus):
    """The body did not arrive whole."""

    statut = 400

    def __init__(self) -> None:
        super().__init__(
            "Votre envoi n’est pas arrivé en entier\u00a0: rien n’a été modifié. "
            "Revenez en arrière, vérifiez votre connexion, puis recommencez."
        )


@dataclass(frozen=True, slots=True)
class Envoi:
    """A form that arrived whole: the revision it was shown with, its token, the button pressed.

    `formulaire` is the drawing of the page it comes from, `frappe` how often something was typed
    there, `choix` what was chosen where two people had answered.
    """

    revision: int
    jeton: str
    suite: str
    formulaire: str
    frappe: int
    choix: Mapping[str, str]

    @property
    def automatic(self) -> bool:
        """Saved while typing, no button was pressed."""
        return not self.suite

    @property
    def page(self) -> int:
        """The page of a grid that the button asks for; the first one by any other button."""
        number = self.suite.removeprefix("page-")
        return int(number) if number.isdecimal() and len(number) < 6 else 1


def received() -> Envoi:
    """The form of this request. Raise Tronque when its last field is missing."""
    form = request.form
    if form.get("_fin") != "1":
        raise Tronque()
    return Envoi(
        _number(form.get("_revision", "0")),
        _token(form.get("_jeton", "")) or new_token(),
        form.get("suite", ""),
        _token(form.get("_formulaire", "")),
        _number(form.get("_frappe", "0")),
        {name: form.get(f"_choix-{name}", "") for name in form.getlist("_contestes")},
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Tronque()
    return int(text)


def _token(text: str) -> str:
    if not (text == "" or (text.isascii() and text.isalnum() and len(text) <= 32)):
        raise Tronque()
    return text


def typed(questions: Iterable[Question]) -> dict[str, Raw]:
    """What was typed, for the questions the form says it showed."""
    listed = frozenset(request.form.get("_champs", "").split())
    return posted(questions, request.form, listed)


def new_token() -> str:
    """One per rendered form: whatever is sent twice with it is made once."""
    return secrets.token_hex(16)
