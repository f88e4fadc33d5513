"""SIREN, SIRET, NDA, postal codes and codes of certifications and trades."""

import pytest

from monespace.forms.kinds import (
    CodeFormation,
    CodePostal,
    CodeRome,
    Illisible,
    Kind,
    Nda,
    Nir,
    Siren,
    Siret,
)

WRONG_SIRET = "Ce SIRET comporte une erreur : vérifiez chaque chiffre."


def _told(kind: Kind[str], typed: str) -> str:
    with pytest.raises(Illisible) as told:
        kind.read((typed,))
    return str(told.value).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "typed",
    [
        "99900100100018",
        "999 001 001 00018",
        "999\u00a0001\u00a0001\u202f00018",
        " 999.001.001.00018 ",
        "999-001-001 00018",
        "\u202d99900100100018\u202c",
    ],
)
def test_a_siret_is_read_however_it_is_spaced(typed: str) -> None:
    kind = Siret()
    assert kind.read((typed,)) == "99900100100018"
    assert kind.text("99900100100018") == "999\u00a0001\u00a0001\u00a000018"
    assert kind.cell("99900100100018") == "99900100100018"
    assert kind.number_format == "@"


@pytest.mark.parametrize("typed", ["35600000000048", "35600000009075", "35600000037209"])
def test_the_sirets_of_la_poste_follow_their_own_rule(typed: str) -> None:
    assert Siret().read((typed,)) == typed


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9990010010001", "Le SIRET compte 14 chiffres ; vous en avez saisi 13."),
        ("999 001 001", "Le SIRET compte 14 chiffres ; vous en avez saisi 9."),
        ("90100200600013", WRONG_SIRET),
        ("35600000009090", WRONG_SIRET),
        ("50000000000000", WRONG_SIRET),
        ("00000000000000", WRONG_SIRET),
        ("9,99001E+13", "Indiquez un SIRET, 14 chiffres, par exemple 999 001 001 00018."),
        (
            "９９９００１００１０００１８",
            "Indiquez un SIRET, 14 chiffres, par exemple 999 001 001 00018.",
        ),
    ],
)
def test_a_siret_that_cannot_be_one_is_told(typed: str, sentence: str) -> None:
    assert _told(Siret(), typed) == sentence


def test_a_siren_is_checked() -> None:
    kind = Siren()
    assert kind.read(("999 002 009",)) == "999002009"
    assert kind.text("999002009") == "999\u00a0002\u00a0009"
    for typed in ("901002007", "000000000"):
        assert _told(kind, typed) == "Ce SIREN comporte une erreur : vérifiez chaque chiffre."


def test_a_nda_has_eleven_digits() -> None:
    kind = Nda()
    assert kind.read(("11 75 99901 75",)) == "11759990175"
    assert kind.text("11759990175") == "11\u00a075\u00a099901\u00a075"
    assert _told(kind, "1175999017") == (
        "Le numéro de déclaration d’activité compte 11 chiffres ; vous en avez saisi 10."
    )
    assert _told(kind, "0" * 11).startswith("Indiquez un numéro de déclaration d’activité")


def test_a_postal_code_keeps_its_zero() -> None:
    kind = CodePostal()
    assert kind.read(("01 200",)) == "01200"
    assert kind.cell("01200") == "01200"
    assert kind.read(("75908",)) == "75908"
    assert _told(kind, "1200") == "Le code postal compte 5 chiffres ; vous en avez saisi 4."
    assert _told(kind, "2A004") == "Indiquez un code postal, 5 chiffres, par exemple 75011."
    assert _told(kind, "00123").startswith("Un code postal commence par 01 à 98.")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("RNCP37948", "RNCP37948"),
        ("rncp 379", "RNCP379"),
        ("RNCP37948 BC 2", "RNCP37948BC02"),
        ("RNCP37948-BC02", "RNCP37948BC02"),
        ("rs 5616", "RS5616"),
    ],
)
def test_the_code_of_a_certification(typed: str, code: str) -> None:
    assert CodeFormation().read((typed,)) == code


@pytest.mark.parametrize("typed", ["RNCP", "RNCP12", "RNCP123456", "RS123456", "CQP 12", "RNCP٣٣٣"])
def test_a_code_that_is_no_certification_is_told(typed: str) -> None:
    assert "par exemple RNCP37948" in _told(CodeFormation(), typed)


def test_a_bare_number_does_not_tell_rncp_from_rs() -> None:
    assert _told(CodeFormation(), "37948") == (
        "Commencez ce code par RNCP ou RS, par exemple RNCP37948 ou RS5616."
    )


def test_the_code_of_a_trade() -> None:
    assert CodeRome().read(("m 1805",)) == "M1805"
    for typed in ("Z1805", "M180", "1805", "M18055"):
        assert _told(CodeRome(), typed).endswith("par exemple M1805.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1 05 06 75 056 001 72", "105067505600172"),
        ("1050675056001", "105067505600172"),
        ("104062a00412364", "104062A00412364"),
        ("2 08 07 2B 033 456 16", "208072B03345616"),
        ("105207505600105", "105207505600105"),
        ("305067505600169", "305067505600169"),
    ],
)
def test_a_nir_is_read_with_or_without_its_key(typed: str, kept: str) -> None:
    assert Nir().read((typed,)) == kept
    assert Nir().read((Nir().text(kept),)) == kept
    assert Nir().masked(kept).replace("\u00a0", " ").endswith(" ** *** ***")
    assert kept[5:] not in Nir().masked(kept)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("105067505600100", "La clé ne correspond pas"),
        ("104062000412364", "La clé ne correspond pas"),
        ("10506750560017", "compte 13 caractères, ou 15 avec sa clé ; vous en avez saisi 14."),
        ("199139710501202", "Vérifiez ce numéro"),
        ("505067505600100", "Vérifiez ce numéro"),
        ("269054958815780", "Vérifiez ce numéro"),
        ("1,05068E+14", "Indiquez un numéro de sécurité sociale"),
    ],
)
def test_a_nir_that_cannot_be_one_is_told_without_its_digits(typed: str, sentence: str) -> None:
    assert sentence in _told(Nir(), typed)
    assert typed[5:] not in _told(Nir(), typed)
