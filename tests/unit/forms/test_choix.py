"""Answers taken from closed lists."""

import pytest

from monespace.forms.kinds import Choice, Choices, Illisible, Listed, Option, Siret, YesNo

FEW = (("intra", "Intra-entreprise"), ("inter", "Inter-entreprises"), ("tva", "TVA : oui"))
MANY = tuple((str(rank), f"Niveau {rank}") for rank in range(6))
SITES = (Option("99900100100018", "Siège, Paris"), Option("99900100100026", "Atelier, Lyon"))
PROPOSED = "Choisissez l’une des réponses proposées, par exemple «\u00a0Intra-entreprise\u00a0»."


def test_yes_or_no() -> None:
    kind = YesNo()
    assert [kind.read((typed,)) for typed in ("oui", "non", "")] == [True, False, None]
    assert [kind.text(value) for value in (True, False, None)] == ["Oui", "Non", ""]
    assert [kind.write(value) for value in (True, False, None)] == [("oui",), ("non",), ("",)]
    assert (kind.cell(True), kind.cell(False)) == ("Oui", "Non")
    with pytest.raises(Illisible, match="Choisissez oui ou non"):
        kind.read(("peut-être",))


def test_a_few_options_are_radios_and_many_a_list() -> None:
    few, many = Choice(*FEW), Choice(*MANY)
    assert (few.component, few.silent) == ("radios", True)
    assert (many.component, many.silent) == ("select", False)


def test_a_choice_shows_its_label_and_keeps_its_value() -> None:
    kind = Choice(*FEW)
    assert kind.read(("inter",)) == "inter"
    assert kind.text("inter") == kind.cell("inter") == "Inter-entreprises"
    assert kind.text("tva") == "TVA\u00a0: oui"
    with pytest.raises(Illisible) as told:
        kind.read(("externe",))
    assert str(told.value) == PROPOSED


def test_a_choice_kept_before_it_was_withdrawn_is_still_read() -> None:
    kind = Choice(*FEW)
    assert kind.text(kind.from_json("ancien")) == "ancien"


def test_ticked_boxes_are_kept_in_the_declared_order_and_once() -> None:
    kind = Choices(*FEW)
    assert kind.read(("inter", "intra", "inter", "")) == ("intra", "inter")
    assert kind.read(()) is None
    assert kind.text(("intra", "inter")) == "Intra-entreprise, Inter-entreprises"
    assert kind.to_json(("intra", "inter")) == ["intra", "inter"]
    with pytest.raises(Illisible) as told:
        kind.read(("intra", "externe"))
    assert str(told.value) == PROPOSED


def test_a_list_known_late_keeps_the_kind_of_its_answers() -> None:
    kind = Listed(Siret(), SITES)
    assert kind.component == "select"
    assert kind.read(("999 001 001 00026",)) == "99900100100026"
    assert kind.write("99900100100026") == ("99900100100026",)
    assert kind.text("99900100100026") == "Atelier, Lyon"
    assert kind.cell("99900100100026") == "99900100100026"
    assert kind.schema() == Siret().schema()


def test_an_answer_that_left_the_list_is_still_shown() -> None:
    kind = Listed(Siret(), SITES)
    assert kind.text(kind.from_json("35600000000048")) == "356\u00a0000\u00a0000\u00a000048"
    with pytest.raises(Illisible, match="par exemple «\u00a0Siège, Paris\u00a0»"):
        kind.read(("35600000000048",))


def test_an_empty_list_gives_no_example() -> None:
    with pytest.raises(Illisible, match="Choisissez l’une des réponses proposées"):
        Listed(Siret(), ()).read(("35600000000048",))
