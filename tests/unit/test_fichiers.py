"""What the portal accepts as a file, and the sentence each other file gets."""

import io
import resource
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monespace.fichiers import (
    ABIME,
    AUTRE_TYPE,
    MAX,
    MELANGE,
    TROP_LOURD,
    VIDE,
    FichierRefuse,
    FichierSain,
    inspect,
)
from monespace.refus import Refuse
from tests.support import fichiers
from tests.support import fichiers_hostiles as hostiles

ACTIF = "Ce PDF contient un script, un fichier joint ou un formulaire dynamique."


def refused(nom: str, contenu: bytes) -> str:
    with pytest.raises(FichierRefuse) as refus:
        inspect(nom, io.BytesIO(contenu))
    return refus.value.message


@pytest.mark.parametrize(
    ("nom", "contenu", "type_mime", "extension"),
    [
        ("Convention.pdf", fichiers.pdf("Formation «\u00a0Été\u00a0»"), "application/pdf", "pdf"),
        ("CONVENTION.PDF", fichiers.pdf(), "application/pdf", "pdf"),
        ("protégé en écriture.pdf", fichiers.pdf_owner_password(), "application/pdf", "pdf"),
        ("lien.pdf", hostiles.pdf_goes_to_page(), "application/pdf", "pdf"),
        ("photo.jpg", fichiers.jpg(), "image/jpeg", "jpg"),
        ("photo.JPEG", fichiers.jpg(), "image/jpeg", "jpg"),
        ("téléphone.jpg", hostiles.jpg_of_telephone(), "image/jpeg", "jpg"),
        ("plan.png", fichiers.png(), "image/png", "png"),
    ],
)
def test_sound_files_are_accepted(nom: str, contenu: bytes, type_mime: str, extension: str) -> None:
    attendu = FichierSain(nom, type_mime, extension, taille=len(contenu), pages=1)
    assert inspect(nom, io.BytesIO(contenu)) == attendu


@pytest.mark.parametrize(
    ("nom", "contenu", "sentence"),
    [
        ("vide.pdf", fichiers.empty(), VIDE),
        ("lourd.pdf", fichiers.too_heavy(), TROP_LOURD),
        ("programme.pdf", fichiers.exe(), AUTRE_TYPE),
        ("programme.exe", fichiers.exe(), AUTRE_TYPE),
        ("archive.zip", fichiers.archive(), AUTRE_TYPE),
        ("sans extension", fichiers.exe(), AUTRE_TYPE),
        ("après.pdf", hostiles.pdf_after_html(), MELANGE),
        ("avant.pdf", hostiles.pdf_before_zip(), MELANGE),
        ("archive courte.pdf", fichiers.pdf() + fichiers.archive()[-60:], MELANGE),
        ("suite.pdf", fichiers.pdf() + b"x" * 1100, MELANGE),
        ("photo.jpg", fichiers.jpg() + fichiers.archive(), MELANGE),
        ("photo.jpg", hostiles.jpg_with_html(), MELANGE),
        ("plan.png", fichiers.png() + b"x" * 1100, MELANGE),
        ("coupé.pdf", hostiles.pdf_truncated(), ABIME),
        ("coupé.jpg", hostiles.jpg_truncated(), ABIME),
        ("coupé.png", hostiles.png_truncated(), ABIME),
        ("rien.pdf", hostiles.pdf_without_catalog(), ABIME),
        ("boucle.pdf", hostiles.pdf_looping(), ABIME),
        ("script.pdf", hostiles.pdf_javascript(), ACTIF),
        ("script de page.pdf", hostiles.pdf_page_javascript(), ACTIF),
        ("script de lien.pdf", hostiles.pdf_link_javascript(), ACTIF),
        ("lance.pdf", hostiles.pdf_launch(), ACTIF),
        ("porte.pdf", hostiles.pdf_attachment(), ACTIF),
        ("xfa.pdf", hostiles.pdf_xfa(), ACTIF),
        ("sans page.pdf", hostiles.pdf_without_page(), "Ce PDF ne contient aucune page."),
        ("long.pdf", fichiers.pdf(pages=201), "Ce PDF compte plus de 200\u00a0pages."),
        ("répété.pdf", hostiles.pdf_repeating_a_page(5_000), "Ce PDF compte plus de 200"),
        ("bombe.png", hostiles.png_bomb(), "Cette image est trop grande"),
        (
            "secret.pdf",
            fichiers.pdf_user_password(),
            "Ce PDF est protégé par un mot de passe\u00a0: retirez-le puis joignez-le à nouveau.",
        ),
    ],
)
def test_other_files_are_refused_with_their_sentence(
    nom: str, contenu: bytes, sentence: str
) -> None:
    assert refused(nom, contenu).startswith(sentence)


@pytest.mark.parametrize(
    ("nom", "contenu", "found", "ending"),
    [
        ("photo.pdf", fichiers.jpg(), "une image JPG", ".jpg"),
        ("convention.png", fichiers.pdf(), "un PDF", ".pdf"),
        ("plan.jpg", fichiers.png(), "une image PNG", ".png"),
        ("convention", fichiers.pdf(), "un PDF", ".pdf"),
        ("pdf", fichiers.pdf(), "un PDF", ".pdf"),
        ("convention.pdf.exe", fichiers.pdf(), "un PDF", ".pdf"),
        ("convention\u202efdp.exe", fichiers.pdf(), "un PDF", ".pdf"),
    ],
)
def test_the_name_and_the_content_must_agree(
    nom: str, contenu: bytes, found: str, ending: str
) -> None:
    message = refused(nom, contenu)
    assert message.startswith(f"Le contenu de ce fichier est {found}")
    assert f"«\u00a0{ending}\u00a0»" in message


def test_the_limit_is_ten_megabytes_to_the_byte() -> None:
    assert inspect("juste.pdf", io.BytesIO(fichiers.sized(MAX))).taille == MAX == 10 * 1024 * 1024
    assert refused("trop.pdf", fichiers.sized(MAX + 1)) == TROP_LOURD
    assert TROP_LOURD == "Le fichier dépasse 10\u00a0Mo. Réduisez-le ou envoyez-le en deux parties."


def test_two_hundred_pages_are_counted() -> None:
    assert inspect("long.pdf", io.BytesIO(fichiers.pdf(pages=200))).pages == 200


def test_the_file_is_given_back_rewound() -> None:
    sent = fichiers.pdf()
    contenu = io.BytesIO(sent)
    inspect("a.pdf", contenu)
    assert contenu.read() == sent


def test_a_refusal_is_one_of_the_domain() -> None:
    assert issubclass(FichierRefuse, Refuse)
    assert FichierRefuse.statut == 422


@pytest.mark.parametrize(
    "bomb", [hostiles.pdf_hiding_its_weight(), hostiles.pdf_repeating_a_page()]
)
def test_a_bomb_is_refused_without_weighing_on_the_portal(bomb: bytes) -> None:
    inspect("sain.pdf", io.BytesIO(fichiers.sized(len(bomb))))
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    refused("bombe.pdf", bomb)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert kilobytes < 20 * 1024
    assert time.monotonic() - start < 30


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_accepted_or_refused_and_nothing_else(data: st.DataObject) -> None:
    nom, whole = data.draw(
        st.sampled_from(
            [("a.pdf", fichiers.pdf()), ("a.jpg", fichiers.jpg()), ("a.png", fichiers.png())]
        )
    )
    damaged = bytearray(whole)
    for place in data.draw(st.lists(st.integers(8, len(whole) - 1), min_size=1, max_size=12)):
        damaged[place] = data.draw(st.integers(0, 255))
    with suppress(FichierRefuse):
        assert inspect(nom, io.BytesIO(bytes(damaged))).pages >= 1
