"""What people type never becomes a link of the portal, least of all one that it signs."""

from datetime import UTC, datetime

import pytest

from monespace.coffre import Coffre
from monespace.comptes import textes
from monespace.courriels.rendu import inert, rendered

BASE = "https://portail.example"
TYPED = ("[[!/invitation/zzz]]", "[[[!/invitation/zzz]]]", "[[[[!/invitation/zzz]]", "[[/compte]]")


def sent(texte: str) -> str:
    return rendered(texte, BASE, Coffre("secret" * 10))


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_opens_nothing(typed: str) -> None:
    assert BASE not in sent(inert(typed))
    assert inert(typed).replace("\u2060", "") == typed


@pytest.mark.parametrize("typed", TYPED)
def test_nor_does_a_first_name(typed: str) -> None:
    instant = datetime(2026, 11, 27, 9, tzinfo=UTC)
    for texte in (textes.password_changed, textes.address_asked, textes.address_changed):
        signed = sent(texte(typed, instant)[1])
        assert "/invitation/" not in signed.replace(typed, "").replace(inert(typed), "")
        assert f"{BASE}/invitation" not in signed
        assert f"{BASE}/compte" not in signed
