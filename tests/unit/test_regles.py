"""The rules of pages bite: a form that lacks what every form carries is found."""

import pytest

from tests.support.html import Page
from tests.support.regles import forms_are_whole

TOKEN = '<input type="hidden" name="csrf_token" value="x">'
PLACE = '<input type="hidden" name="_espace" value="zzzzzzzzzzzz">'
END = '<input type="hidden" name="_fin" value="1">'
FIELD = '<input name="nom">'


def faults(inside: str, action: str = "/salaries") -> list[str]:
    form = f'<form method="post" action="{action}" novalidate>{inside}</form>'
    return list(forms_are_whole(Page(f"<!DOCTYPE html><html><body>{form}</body></html>")))


@pytest.mark.parametrize("place", [PLACE, '<input type="hidden" name="_espace" value="">'])
def test_a_whole_form_passes_for_somebody_of_nowhere_too(place: str) -> None:
    assert faults(TOKEN + place + FIELD + END) == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (PLACE + FIELD + END, "can be forged"),
        (TOKEN + FIELD + END, "which organisation"),
        (TOKEN + PLACE + PLACE + FIELD + END, "which organisation"),
        (TOKEN + PLACE + FIELD, "the end of the form"),
        (TOKEN + PLACE + END + FIELD, "the end of the form"),
    ],
)
def test_what_it_lacks_is_said(inside: str, said: str) -> None:
    [fault] = faults(inside)
    assert said in fault


def test_signing_in_and_out_alone_need_no_end() -> None:
    assert faults(TOKEN + PLACE + FIELD, "/connexion") == []
    [fault] = faults(TOKEN + FIELD, "/deconnexion")
    assert "which organisation" in fault
