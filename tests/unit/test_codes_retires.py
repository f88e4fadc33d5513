"""Activation codes are taken out of what people write; sentences are not."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monespace.activation import codes
from monespace.aide.codes import TAKEN_OUT, without_codes

CODES = [codes.new_code() for _ in range(200)]


@pytest.mark.parametrize("separator", ["", "-", " ", "\u00a0", "–", " - ", ".", "\n"])
@pytest.mark.parametrize("lower", [False, True])
def test_every_code_is_taken_out(separator: str, lower: bool) -> None:
    for code in CODES:
        typed = separator.join(code[start : start + 4] for start in range(0, 16, 4))
        typed = typed.lower() if lower else typed
        kept = without_codes(f"Bonjour, le code : {typed}, reçu le 12/03/2026, ne va pas.")
        assert kept == f"Bonjour, le code : {TAKEN_OUT}, reçu le 12/03/2026, ne va pas."


def test_a_mistyped_code_is_taken_out_too() -> None:
    kept = without_codes("Le code 7K3M-9QXA-2B4C-D5EF ne va pas, ni le code 7K3M 9QXA 2B4C D5EG")
    assert kept.count(TAKEN_OUT) == 2
    assert not any(group in kept for group in ("7K3M", "9QXA", "2B4C", "D5E"))


WORDS = ("ne", "va", "marche", "pas", "code", "le", "est", "mon", "depuis", "2026")


@pytest.mark.parametrize("mistyped", [False, True])
def test_the_words_around_a_code_shift_nothing(mistyped: bool) -> None:
    draw = random.Random(4)
    for code in CODES:
        # One symbol exchanged for another: the check no longer holds.
        typed = code[:-1] + ("7" if code[-1] != "7" else "8") if mistyped else code
        groups = [typed[start : start + 4] for start in range(0, 16, 4)]
        # One mistyped code in three hundred has its letters and digits apart, as sentences.
        if mistyped and all(one.isdigit() or one.isalpha() for one in groups):
            continue
        before, after = (" ".join(draw.choices(WORDS, k=4)) for _ in range(2))
        kept = without_codes(f"{before} {'-'.join(groups)} {after}")
        assert not any(one in kept for one in groups if not one.isdigit()), (typed, kept)


def test_full_width_letters_hide_nothing() -> None:
    code = codes.printed(CODES[0])
    wide = "".join(chr(ord(one) + 0xFEE0) if one != "-" else one for one in code)
    assert without_codes(f"Le voici : {wide}, merci") == f"Le voici : {TAKEN_OUT}, merci"


@pytest.mark.parametrize(
    "sentence",
    [
        "Bonjour madame, nous avons reçu le courrier du 12 mars 2026 pour le SIREN 999 001 001.",
        "SIRET 999 001 001 00018, téléphone 01 88 13 10 00, dossier D-2026-004127.",
        "avec cela dans mars 2026 notre dossier reste bloqué",
        "IBAN FR76 3000 6000 0112 3456 7890 189",
        "Nous sommes 30 salariés au 3 rue des Lilas, 69003 Lyon, depuis le 01/02/2024.",
        "",
    ],
)
def test_sentences_stay_as_they_are(sentence: str) -> None:
    assert without_codes(sentence) == sentence


@given(st.text(max_size=400))
def test_nothing_breaks_it(text: str) -> None:
    once = without_codes(text)
    assert without_codes(once) == once
