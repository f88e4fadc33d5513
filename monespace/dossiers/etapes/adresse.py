"""Addresses: rules on postal codes."""

from collections.abc import Iterable

from monespace.forms.questionnaire import Check, Probleme, Values
from monespace.referentiels import communes


def known_postal_code(code: str) -> Check:
    """A code that is not in the official list is worth a second look, and may be a CEDEX."""

    def check(values: Values) -> Iterable[Probleme]:
        if values[code] and not communes.connu(values[code]):
            yield Probleme(
                code,
                "Ce code postal n’est pas dans la liste officielle\u00a0: vérifiez-le "
                "(les codes CEDEX n’y figurent pas).",
                blocks=False,
            )

    return check
