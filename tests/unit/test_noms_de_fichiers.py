"""The name a person gave to a file is data: shown once cleaned, never a path."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monespace.fichiers import LONGEST_NAME, clean_name


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Convention.pdf", "Convention.pdf"),
        ("合同.pdf", "合同.pdf"),
        ("L’été à Saint-Étienne 😀.pdf", "L’été à Saint-Étienne 😀.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("C:\\Users\\Zoé\\devis.pdf", "devis.pdf"),
        ("..\\..\\devis.pdf", "devis.pdf"),
        ("\x00.pdf", "document.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie: x.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe"),
        ("\u2066\u200fdevis\u2069.pdf", "devis.pdf"),
        ("\ufeffdevis\u200b.pdf", "devis.pdf"),
        ("devis\udcff.pdf", "devis.pdf"),
        ("  mon   devis .pdf ", "mon devis.pdf"),
        (".pdf", "document.pdf"),
        ("...pdf", "document.pdf"),
        ("", "document"),
        ("dossier/", "document"),
        (".", "document."),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("a" * 300, "a" * 150),
        ("a." + "b" * 300, "a." + "b" * 148),
        ("devis v1.2 (final).pdf", "devis v1.2 (final).pdf"),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("devis%2F..%2Fx.pdf", "devis%2F..%2Fx.pdf"),
        ("-rf.pdf", "-rf.pdf"),
        ("CON.pdf", "CON.pdf"),
        ("devis\u00a0n°\u00a03.pdf", "devis n° 3.pdf"),
    ],
)
def test_the_name_shown_is_cleaned(typed: str, shown: str) -> None:
    assert clean_name(typed) == shown


@given(st.text(st.characters(), max_size=400))
def test_any_name_becomes_one_that_can_be_shown(typed: str) -> None:
    shown = clean_name(typed)
    assert 1 <= len(shown) <= LONGEST_NAME
    assert unicodedata.is_normalized("NFC", shown)
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(char) for char in shown}
    assert not {"/", "\\"} & set(shown)
