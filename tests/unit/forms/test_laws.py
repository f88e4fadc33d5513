"""The laws every kind obeys, whatever is typed."""

import json
import re
import time
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monespace.db import Json
from monespace.forms import kinds
from monespace.forms.kinds import Illisible, Kind, Option
from monespace.forms.validators import line, lines

SIRETS = ("99900100100018", "99900100100026", "35600000009075", "35600000000048")

LABELS = (("a", "Assujetti : oui"), ("b", "Bilan"), ("c", "Café"))
MANY = tuple((str(number), f"Niveau {number}") for number in range(9))


def _cents(highest: int) -> st.SearchStrategy[Decimal]:
    return st.integers(0, highest).map(lambda cents: Decimal(cents).scaleb(-2))


def _line(typed: str) -> str:
    return line(typed, 1000, "")


VALUES: dict[str, tuple[Kind[Any], st.SearchStrategy[Any]]] = {
    name: (kind, strategy)
    for name, kind, strategy in (
        ("text", kinds.Text(30), st.text(max_size=30).map(_line).filter(bool)),
        (
            "long text",
            kinds.LongText(80),
            st.text(max_size=60).map(lambda typed: lines(typed, 1000, "")).filter(bool),
        ),
        ("email", kinds.Email(), st.sampled_from(("a@b.fr", "nom.prenom+x@exemple.fr"))),
        ("phone", kinds.Phone(), st.integers(1 * 10**8, 2 * 10**8 - 1).map("+33{}".format)),
        ("money", kinds.Money(), _cents(99_999_999_999)),
        ("hours", kinds.Hours(), _cents(9_999_999)),
        ("percent", kinds.Percent(), _cents(10_000)),
        ("integer", kinds.Integer(-5, 10**6), st.integers(-5, 10**6)),
        ("date", kinds.Date(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
        ("yes or no", kinds.YesNo(), st.booleans()),
        ("radios", kinds.Choice(*LABELS), st.sampled_from("abc")),
        ("select", kinds.Choice(*MANY), st.sampled_from("012345678")),
        (
            "checkboxes",
            kinds.Choices(*LABELS),
            st.sets(st.sampled_from("abc"), min_size=1).map(lambda found: tuple(sorted(found))),
        ),
        ("siret", kinds.Siret(), st.sampled_from(SIRETS)),
        ("siren", kinds.Siren(), st.sampled_from(("999001001", "999002009", "356000000"))),
        ("nda", kinds.Nda(), st.integers(1, 10**11 - 1).map("{:011}".format)),
        ("nir", kinds.Nir(), st.sampled_from(("105067505600172", "104062A00412364"))),
        ("code postal", kinds.CodePostal(), st.integers(1000, 98999).map("{:05}".format)),
        (
            "code formation",
            kinds.CodeFormation(),
            st.from_regex("RNCP[0-9]{3,5}(BC[0-9]{2})?|RS[0-9]{1,5}", fullmatch=True).filter(
                str.isascii
            ),
        ),
        ("code nsf", kinds.CodeNsf(), st.from_regex("[1-4][0-9]{2}", fullmatch=True)),
        ("code rome", kinds.CodeRome(), st.from_regex("[A-N][0-9]{4}", fullmatch=True)),
        (
            "listed",
            kinds.Listed(kinds.Siret(), [Option(siret, f"Site {siret}") for siret in SIRETS]),
            st.sampled_from(SIRETS),
        ),
    )
}

HOSTILE = (
    "", " ", "\u00a0\u202f", "\0", "a\0b", "\x0b", "\ud800", "\ufffe", "\u202egpj.exe", "\ufeff12",
    "٣٣", "１２", "²", "½", "Ⅳ", "NaN", "-inf", "Infinity", "1e309", "1E5", "0x1F", "1_000", "1__0",
    "--1", "+-1", "1,,2", "1.2.3", "1 2oo €", "€", "€€", "h", ":", "13h", "13h99", "99:99", "%",
    "-", "31/02/2026", "00/00/0000", "99999999", "2025-W07-5", "20250214", "32", "février", "1er",
    "er", "=1+1", "@SUM(A1)", "'; DROP TABLE dossiers; --", "<script>", "{{ 7*7 }}", "%s", "${x}",
    "O’Neill-Łuczak d'Été", "👩🏽‍🏫", "e\u0301", "ß", "İ", "a@", "@b", "a@b@c.fr", "a@[::1]",
    "a@.fr", "+", "+33", "+999", "(", "00", "0" * 14, "9" * 99, "RNCP", "rncp 12 bc 1", "oui",
    "a,b", "1\r\n2",
)  # fmt: skip
ALPHABET = "0123456789 ,.-+'’€%h:/éaBRNCPS@()\u00a0\u202f\u0663²\ud800\0\n"

TYPED = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=40), st.text(alphabet=ALPHABET, max_size=20)
)
BREAKABLE = re.compile(r" [:;!?»%€]|« |[0-9] [0-9]")

each_kind = pytest.mark.parametrize("name", VALUES)


def _conforms(document: Json, schema: Mapping[str, Json]) -> bool:
    """Whether a document obeys the few words of JSON Schema that kinds use."""
    types = {"string": str, "integer": int, "boolean": bool, "array": list}
    checks: dict[str, Callable[[Json, Json], bool]] = {
        "type": lambda found, told: type(found) is types[str(told)],
        "pattern": lambda found, told: re.search(str(told), str(found)) is not None,
        "format": lambda found, told: date.fromisoformat(str(found)).isoformat() == found,
        "enum": lambda found, told: isinstance(told, list) and found in told,
        "minLength": lambda found, told: len(str(found)) >= int(str(told)),
        "maxLength": lambda found, told: len(str(found)) <= int(str(told)),
        "minimum": lambda found, told: int(str(found)) >= int(str(told)),
        "maximum": lambda found, told: int(str(found)) <= int(str(told)),
        "minItems": lambda found, told: isinstance(found, list) and len(found) >= int(str(told)),
        "uniqueItems": lambda found, told: (
            isinstance(found, list) and len(set(map(str, found))) == len(found)
        ),
        "items": lambda found, told: (
            isinstance(found, list)
            and isinstance(told, dict)
            and all(_conforms(each, told) for each in found)
        ),
        "description": lambda found, told: True,
    }
    return all(checks[word](document, told) for word, told in schema.items())


def _obeys(kind: Kind[Any], value: Any) -> None:
    raw = kind.write(value)
    assert kind.read(raw) == value
    kept = kind.to_json(value)
    assert json.loads(json.dumps(kept)) == kept
    assert kind.from_json(kept) == value
    assert _conforms(kept, kind.schema())
    assert kind.text(value)
    assert not BREAKABLE.search(kind.text(value))
    assert kind.cell(value) not in (None, "")


@each_kind
@given(data=st.data())
def test_a_value_survives_its_controls_and_its_json(name: str, data: st.DataObject) -> None:
    kind, values = VALUES[name]
    _obeys(kind, data.draw(values))


@each_kind
@settings(max_examples=300)
@given(raw=st.lists(TYPED, max_size=4).map(tuple))
def test_whatever_is_typed_is_read_or_told(name: str, raw: tuple[str, ...]) -> None:
    kind, _ = VALUES[name]
    try:
        value = kind.read(raw)
    except Illisible as told:
        _is_a_helpful_sentence(str(told))
    else:
        if value is not None:
            _obeys(kind, value)


@each_kind
def test_the_hostile_corpus(name: str) -> None:
    kind, _ = VALUES[name]
    for typed in HOSTILE:
        for raw in ((typed,), (typed, typed, typed), ("1", typed, "2026"), ("1", "1", typed)):
            try:
                value = kind.read(raw)
            except Illisible as told:
                _is_a_helpful_sentence(str(told))
            else:
                assert value is None or kind.read(kind.write(value)) == value


@each_kind
@pytest.mark.parametrize("typed", ["9" * 100_000, "é" * 100_000, " " * 100_000, "1 " * 50_000])
def test_a_huge_value_is_refused_before_it_is_looked_at(name: str, typed: str) -> None:
    kind, _ = VALUES[name]
    start = time.perf_counter()
    with pytest.raises(Illisible) as told:
        kind.read((typed,))
    assert time.perf_counter() - start < 0.005
    _is_a_helpful_sentence(str(told.value))


@each_kind
def test_nothing_typed_is_nothing(name: str) -> None:
    kind, _ = VALUES[name]
    for raw in ((), ("",), (" \u00a0\u202f\t",), kind.write(None)):
        assert kind.read(raw) is None
    assert kind.text(None) == ""
    assert kind.cell(None) is None


@each_kind
def test_controls_are_named_after_the_question(name: str) -> None:
    kind, _ = VALUES[name]
    controls = kind.controls("debut")
    assert len(controls) == len(kind.parts)
    assert controls == (
        ("debut-jour", "debut-mois", "debut-annee") if name == "date" else ("debut",)
    )


@each_kind
@pytest.mark.parametrize(
    "document", [None, True, 1.5, 10**400, -(10**20), "", "x\0", "NaN", "1_0.00", [], [1], {"a": 1}]
)
def test_any_json_is_read_or_told(name: str, document: Json) -> None:
    kind, _ = VALUES[name]
    try:
        value = kind.from_json(document)
    except Illisible as told:
        _is_a_helpful_sentence(str(told))
    else:
        kind.text(value)
        kind.write(value)


def _is_a_helpful_sentence(told: str) -> None:
    assert re.match("[A-ZÉ]", told)
    assert told.endswith(".")
    assert not re.search("invalide|incorrect|erroné", told)
    assert not BREAKABLE.search(told)
    assert len(told) < 200
