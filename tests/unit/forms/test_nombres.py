"""Amounts, hours, whole numbers and percentages, typed as people type them."""

from decimal import Decimal

import pytest

from monespace.forms.kinds import Hours, Illisible, Integer, Kind, Money, Percent

NBSP, THIN = "\u00a0", "\u202f"


def _told(kind: Kind[Decimal] | Kind[int], typed: str) -> str:
    with pytest.raises(Illisible) as told:
        kind.read((typed,))
    return str(told.value).replace(NBSP, " ").replace(THIN, " ")


@pytest.mark.parametrize(
    "typed",
    [
        "1234,56",
        "1234.56",
        "1 234,56",
        "1 234,56 €",
        f"1{NBSP}234,56{NBSP}€",
        f"1{THIN}234,56{THIN}€",
        "1\u2009234,56€",
        " 1  234,56 ",
        "1.234,56",
        "1,234.56",
        "1'234.56",
        "1’234,56 euros",
        "1234,56 euro",
        "€ 1 234,56",
        "EUR 1234.56",
        "1 234,56 eur",
        "0001234,56",
    ],
)
def test_an_amount_is_read_however_it_is_typed(typed: str) -> None:
    assert Money().read((typed,)) == Decimal("1234.56")


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("0", 0), ("12", 1200), ("0,5", 50), ("9 600,00 €", 960_000), ("1.234.567", 123_456_700)],
)
def test_an_amount_is_kept_as_whole_cents(typed: str, cents: int) -> None:
    kind = Money()
    value = kind.read((typed,))
    assert value is not None
    assert value.as_tuple().exponent == -2
    assert kind.to_json(value) == cents


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1 2oo €", "Écrivez ce montant en chiffres, par exemple 1 234,56 €."),
        ("mille", "Écrivez ce montant en chiffres, par exemple 1 234,56 €."),
        ("1 23", "Indiquez un montant, par exemple 1 234,56 €."),
        ("1,2,3", "Indiquez un montant, par exemple 1 234,56 €."),
        ("1.234.56", "Indiquez un montant, par exemple 1 234,56 €."),
        ("12,345.67.8", "Indiquez un montant, par exemple 1 234,56 €."),
        ("٣٣", "Indiquez un montant, par exemple 1 234,56 €."),
        ("1_000", "Indiquez un montant, par exemple 1 234,56 €."),
        ("0,125", "Arrondissez ce montant au centime, par exemple 1 234,56 €."),
        ("-3", "Indiquez une valeur entre 0,00 € et 999 999 999,99 €."),
        ("1 000 000 000", "Indiquez une valeur entre 0,00 € et 999 999 999,99 €."),
    ],
)
def test_an_amount_that_cannot_be_read_is_told(typed: str, sentence: str) -> None:
    assert _told(Money(), typed) == sentence


@pytest.mark.parametrize("typed", ["1.234", "1,234", "1,234 €"])
def test_an_amount_with_two_readings_is_asked_again(typed: str) -> None:
    assert _told(Money(), typed) == (
        "Ce montant peut se lire 1 234,00 € ou 1,23 €. Indiquez-le avec ses centimes : 1 234,00 €."
    )


def test_an_amount_keeps_to_its_limits() -> None:
    kind = Money(Decimal("-5.00"), Decimal("10.00"))
    assert kind.read(("-5",)) == Decimal("-5.00")
    assert kind.read(("− 4,20",)) == Decimal("-4.20")
    assert kind.text(Decimal("-4.20")) == f"−4,20{NBSP}€"
    assert _told(kind, "10,01") == "Indiquez une valeur entre −5,00 € et 10,00 €."


def test_a_negative_zero_is_zero() -> None:
    value = Money().read(("-0",))
    assert str(value) == "0.00"


def test_an_amount_has_the_euro_on_screen_and_not_in_its_control() -> None:
    kind = Money()
    assert kind.text(Decimal("9600")) == f"9{NBSP}600,00{NBSP}€"
    assert kind.write(Decimal("9600.00")) == (f"9{NBSP}600,00",)
    assert kind.cell(Decimal("9600.00")) == Decimal("9600.00")
    assert kind.number_format == '#,##0.00 "€"'


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("13,5", "13.50"),
        ("13.5", "13.50"),
        ("13,50 h", "13.50"),
        ("13h30", "13.50"),
        ("13 h 30", "13.50"),
        ("13H30min", "13.50"),
        ("13:30", "13.50"),
        ("13 heures 30", "13.50"),
        ("13 h", "13.00"),
        ("1 heure", "1.00"),
        ("13h20", "13.33"),
        ("0h01", "0.02"),
        ("1 400", "1400.00"),
    ],
)
def test_hours_are_read_as_decimals_or_as_a_clock(typed: str, hours: str) -> None:
    assert Hours().read((typed,)) == Decimal(hours)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("13h75", "Les minutes vont de 0 à 59."),
        ("13h5", "Indiquez un nombre d’heures, par exemple 13,5 ou 13h30."),
        ("deux jours", "Indiquez un nombre d’heures, par exemple 13,5 ou 13h30."),
        ("13,125", "Deux décimales suffisent."),
        ("999999", "Indiquez une valeur entre 0 h et 99 999,99 h."),
    ],
)
def test_hours_that_cannot_be_read_are_told(typed: str, sentence: str) -> None:
    assert _told(Hours(), typed).startswith(sentence)


def test_hours_are_kept_as_text_with_two_decimals() -> None:
    kind = Hours()
    assert kind.to_json(Decimal("13.5")) == "13.50"
    assert kind.from_json("13.50") == Decimal("13.5")
    assert kind.text(Decimal("1400.50")) == f"1{NBSP}400,5{NBSP}h"
    assert kind.write(Decimal("14.00")) == ("14",)


@pytest.mark.parametrize("typed", ["1 234", f"1{THIN}234", "1234", "1'234", "1’234"])
def test_a_whole_number_may_have_thousands(typed: str) -> None:
    assert Integer().read((typed,)) == 1234


@pytest.mark.parametrize("typed", ["12,5", "12,0", "1.234", "douze", "1e3"])
def test_a_whole_number_has_no_decimals(typed: str) -> None:
    assert _told(Integer(), typed) == "Indiquez un nombre entier, par exemple 12."


def test_a_whole_number_keeps_to_its_limits() -> None:
    assert _told(Integer(1, 30), "31") == "Indiquez une valeur entre 1 et 30."


@pytest.mark.parametrize("typed", ["12,5", "12.5 %", f"12,50{NBSP}%", "12,5%"])
def test_a_percentage_may_have_its_sign(typed: str) -> None:
    kind = Percent()
    value = kind.read((typed,))
    assert value == Decimal("12.5")
    assert kind.text(value) == f"12,5{NBSP}%"
    assert kind.cell(value) == Decimal("0.125")
    assert _told(kind, "101") == "Indiquez une valeur entre 0 % et 100 %."
