"""Every act that a company may read in its journal has words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import monespace
from monespace.acces.evenements import ACTES

ROOT = Path(monespace.__file__).parent
# The batch of letters belongs to the OPCO: no company reads it.
OF_THE_OPCO = {"tirer les courriers"}


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


def test_every_act_has_words() -> None:
    told = {acte for _, acte in ACTES}
    recorded = [one for one in _recorded() if one[1] not in OF_THE_OPCO]
    assert len(recorded) > 20
    assert [one for one in recorded if one[1] not in told] == []
