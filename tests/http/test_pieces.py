"""The files that people join: the sound ones are kept, the others told why not."""

import pytest
from sqlalchemy import func, select

from monespace.dossiers.models import Piece
from tests.http.gestes import Assistant
from tests.support import fichiers, fichiers_hostiles
from tests.support.client import Joint
from tests.support.fichiers import MEGABYTE
from tests.support.terrain import Terrain

REFUSED = [
    ("vide.pdf", b"", "Ce fichier est vide"),
    ("programme.pdf", fichiers.exe(), "n’est ni un PDF"),
    ("programme.exe", fichiers.exe(), "n’est ni un PDF"),
    ("photo.pdf", fichiers.jpg(), "son nom dit autre chose"),
    ("convention.jpg", fichiers.pdf(), "son nom dit autre chose"),
    ("protégé.pdf", fichiers.pdf_user_password(), "protégé par un mot de passe"),
    ("coupé.pdf", fichiers_hostiles.pdf_truncated(), "abîmé ou incomplet"),
    ("script.pdf", fichiers_hostiles.pdf_javascript(), "contient un script"),
    ("double.pdf", fichiers_hostiles.pdf_before_zip(), "autre chose que le document"),
    ("lourd.pdf", b"%PDF-" + bytes(10 * MEGABYTE), "dépasse 10\u00a0Mo"),
]


@pytest.fixture
def assistant(terrain: Terrain) -> Assistant:
    return Assistant(terrain, terrain.client("tout sur un SIRET"))


def pieces(terrain: Terrain) -> int:
    with terrain.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Piece)) or 0


def test_a_file_that_may_not_be_kept_is_refused_beside_its_field(assistant: Assistant) -> None:
    before, kept = assistant.terrain.fingerprint(), set(assistant.terrain.stockage.keys())
    for nom, contenu, words in REFUSED:
        answer = assistant.joindre("convention", Joint(nom, contenu))

        assert answer.status == 422, nom
        assert words in answer.page.text, nom
        summary = next(answer.page.has_class("errors"))
        assert next(summary.iter("a")).get("href") == "#piece-convention"
    assert assistant.terrain.fingerprint() == before
    assert set(assistant.terrain.stockage.keys()) == kept


def test_no_file_chosen(assistant: Assistant) -> None:
    before = assistant.terrain.fingerprint()
    for joint in (Joint("", b""), Joint("", b"rien")):
        answer = assistant.joindre("programme", joint)
        assert answer.status == 422
        assert "Choisissez un fichier" in answer.text
    assert assistant.terrain.fingerprint() == before


def test_a_body_over_the_limit_is_not_even_read(assistant: Assistant) -> None:
    before = assistant.terrain.fingerprint()
    answer = assistant.joindre("convention", Joint("énorme.pdf", bytes(13 * MEGABYTE)))

    assert answer.status == 413
    assert "10\u00a0Mo au plus" in answer.page.text
    assert assistant.terrain.fingerprint() == before


@pytest.mark.parametrize(
    ("nom", "shown"),
    [
        ("Convention signée – été 2026.pdf", "Convention signée – été 2026.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("合同.pdf", "合同.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("<img src=x>.pdf", "<img src=x>.pdf"),
    ],
)
def test_a_name_is_only_a_name(assistant: Assistant, nom: str, shown: str) -> None:
    contenu = fichiers.pdf()
    joined = assistant.joindre("convention", Joint(nom, contenu))

    page = assistant.client.follow(joined)
    assert f"«\u00a0{shown}\u00a0» est joint au dossier" in page.page.text
    link = next(one for one in page.page.all("a") if one.text == shown)
    downloaded = assistant.client.get(link.get("href", ""))
    assert downloaded.body == contenu
    assert "\n" not in downloaded.headers["Content-Disposition"]


def test_a_piece_takes_the_place_of_the_former_one(assistant: Assistant) -> None:
    before = pieces(assistant.terrain)
    former = assistant.terrain.monde.dossiers["brouillon"].piece
    assistant.joindre("convention", Joint("nouvelle.png", fichiers.png()))

    shown = assistant.client.get(assistant.adresse("pieces"))
    assert "nouvelle.png" in shown.text
    assert former not in shown.page.source
    assert pieces(assistant.terrain) == before + 1
    # What was sent to the OPCO once can still be read by who may see the dossier.
    assert assistant.client.get(f"/dossiers/pieces/{former}").status == 200
