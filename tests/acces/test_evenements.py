"""Every act that a company may read in its journal has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import monespace
from monespace.acces.actes import ACTES, TELLERS
from monespace.acces.evenements import GENRES
from monespace.db import Json

ROOT = Path(monespace.__file__).parent
# The batch of letters and the trades of its agents belong to the OPCO: no company reads them.
OF_THE_OPCO = {"tirer les courriers", "changer de rôle"}


def _recorded() -> Iterator[tuple[str, str]]:
    """Where, and the verb, of each call of journal.record with a constant verb."""
    for noun in ("acces", "activation", "organisations"):
        for path in sorted((ROOT / noun).rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                match call:
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name("journal"), attr="record"),
                        args=[_, ast.Constant(str(verb)), *_],
                    ):
                        yield f"{path.name}:{call.lineno}", verb
                    # The import of SIRENE tells each space of the company.
                    case ast.Call(
                        func=ast.Name("tell"), args=[_, _, ast.Constant(str(verb)), *_]
                    ) if noun == "organisations":
                        yield f"{path.name}:{call.lineno}", verb


def test_every_act_has_words() -> None:
    told = {acte for _, acte in ACTES}
    recorded = [one for one in _recorded() if one[1] not in OF_THE_OPCO]
    assert len(recorded) > 20
    assert [one for one in recorded if one[1] not in told] == []
    # And none has words that nobody reads.
    assert {objet for objet, _ in ACTES} == set(GENRES)


def test_which_agent_looks_after_the_company_is_told() -> None:
    assert list(TELLERS["confier à un agent"]({"agent": "Claire Petit"})) == [
        "Agent\u00a0: Claire Petit."
    ]


def test_what_sirene_changed_is_told_in_sentences() -> None:
    told = TELLERS["mettre à jour selon SIRENE"]
    changed: dict[str, Json] = {
        "avant": {"adresse": "1 rue du Port", "actif": True},
        "apres": {"adresse": "2 rue du Port", "actif": False},
    }

    assert list(told(changed)) == [
        "Adresse\u00a0: 1 rue du Port, désormais 2 rue du Port.",
        "En activité\u00a0: oui, désormais non.",
    ]
    moved: dict[str, Json] = {"avant": "00572078400015", "apres": "00572078400023"}
    assert list(TELLERS["changer le siège"](moved)) == [
        "SIRET 00572078400015, désormais 00572078400023."
    ]
