"""Every control of every form, fed with what no form expects: read back as it was typed."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from monespace.forms.validators import printable
from tests.http.gestes import Assistant
from tests.support.hostile import MARKUP, NAMES, NOT_AMOUNTS
from tests.support.html import Page
from tests.support.terrain import Terrain

LONG = "é" * 30_000
HOSTILE = (MARKUP, LONG, "\x00\x01", "٣١/١٢", *NAMES, *NOT_AMOUNTS)
TOLERATED = ("not rendered", "loose space", "forbidden words", "two links")


def controls(page: Page) -> Iterator[Element]:
    """What one types in or chooses from, in the form of the step."""
    (form,) = (one for one in page.all("form") if "data-autosave" in one.attrib)
    for one in form.iter():
        if one.tag in ("input", "textarea", "select") and one.get("type") != "hidden":
            yield one


def shown(page: Page, names: Mapping[str, str]) -> dict[str, str]:
    """What stands in the controls where anything can be typed."""
    free = [one for one in controls(page) if one.tag != "select" and one.get("type") == "text"]
    free += [one for one in controls(page) if one.tag == "textarea"]
    return {name: page.value(name) for one in free if (name := one.get("name", "")) in names}


def test_every_control_of_every_step(terrain: Terrain) -> None:
    """Twice the corpus goes through each step, a control later each time."""
    assistant = Assistant(terrain, terrain.client("administrateur", tolerated=TOLERATED))
    for etape in ("entreprise", "formation", "organisme", "budget", "salaries"):
        path = assistant.adresse("salaries" if etape == "salaries" else f"etapes/{etape}")
        for shift in range(0, len(HOSTILE), 4):
            page = assistant.client.get(path)
            names = list(dict.fromkeys(one.get("name", "") for one in controls(page.page)))
            typed = {
                name: HOSTILE[(rank + shift) % len(HOSTILE)] for rank, name in enumerate(names)
            }
            answer = assistant.client.submit(page, path, typed, "continuer")

            assert answer.status == 422, (etape, shift)
            kept = shown(answer.page, typed)
            assert len(kept) > 3
            for name, value in kept.items():
                assert " ".join(value.split()) == " ".join(printable(typed[name]).split()), name
    recap = assistant.client.get(assistant.adresse("envoi"))
    assert recap.status == 200
    assert assistant.client.get("/").status == assistant.client.get("/dossiers").status == 200
