"""A dispositif is one file: it is in the wizard, the lacks, the filters, the recap, the export."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from jobs.exports import exporter
from monespace.dossiers import dispositifs
from monespace.dossiers.models import Dossier
from monespace.exports.models import Export
from monespace.typographie import money
from tests.engine.declaration import SOURCE, TYPED
from tests.support.client import Answer, Client, Joint
from tests.support.fichiers import pdf
from tests.support.html import text_of
from tests.support.terrain import Terrain, second_dispositif


@pytest.fixture
def client(terrain: Terrain, tmp_path: Path) -> Iterator[Client]:
    """The administrateur of a portal where somebody has just put one more file."""
    folder = tmp_path / "dispositifs"
    folder.mkdir()
    (folder / "bilan.py").write_text(SOURCE)
    with second_dispositif(folder):
        yield terrain.client("administrateur")


def start(client: Client) -> str:
    """A brouillon of the new dispositif; its address."""
    page = client.get("/dossiers/nouveau")
    assert "Faire le point avec un conseiller." in page.text
    started = client.submit(page, "/dossiers/nouveau", {"dispositif": "BILAN"})
    assert started.location.endswith("/etapes/bilan")
    return started.location.removesuffix("/etapes/bilan")


def lacks(client: Client, base: str) -> list[str]:
    """What the page of sending says is missing."""
    page = client.get(f"{base}/envoi").page
    return [text_of(one) for part in page.all(id="manques") for one in part.iter("a")]


def fill(client: Client, base: str) -> Answer:
    step = client.get(f"{base}/etapes/bilan")
    people = client.follow(client.submit(step, step.path, TYPED, "continuer"))
    typed = {"prenom": "Zoé", "poste": "Fleuriste"}
    pieces = client.follow(client.submit(people, people.path, typed, "continuer"))
    for type_piece in ("accord", "devis"):
        joints = {"fichier": Joint(f"{type_piece}.pdf", pdf())}
        assert client.submit(pieces, f"{base}/pieces/{type_piece}", joints=joints).status == 303
    return client.get(f"{base}/envoi")


def test_the_wizard_shows_its_steps_and_its_questions(client: Client) -> None:
    base = start(client)
    page = client.get(f"{base}/etapes/bilan").page

    (steps,) = (one for one in page.all("nav") if one.get("aria-label") == "Étapes du dossier")
    names = [text_of(one) for one in steps.iter("li")]
    assert [name.split(" ")[1] for name in names[:3]] == ["Bilan", "Personnes", "Pièces"]
    labels = [text_of(one) for one in page.all("label", "legend")]
    assert "Thème du bilan" in labels
    assert "Domaines explorés (facultatif)" in labels
    condition = "À remplir si la réponse à «\u00a0Mené par un cabinet\u00a0» est «\u00a0Oui\u00a0»."
    assert condition in page.text
    assert any(one.get("data-si") == "externe=oui" for one in page.all())


def test_what_is_missing_follows_its_conditions(client: Client) -> None:
    base = start(client)
    told = " ".join(lacks(client, base))
    for label in ("Thème du bilan", "Nombre de séances", "Accord écrit", "au moins"):
        assert label in told
    assert "cabinet" not in told.replace("Mené par un cabinet", "")

    step = client.get(f"{base}/etapes/bilan")
    client.submit(step, step.path, {"externe": "oui", "seances": "30"}, "quitter")
    told = " ".join(lacks(client, base))
    for label in ("Nom du cabinet", "Devis du cabinet", "24 séances au plus"):
        assert label in told


def test_it_is_sent_found_and_exported(client: Client, terrain: Terrain) -> None:
    base = start(client)
    recap = fill(client, base)

    assert lacks(client, base) == []
    for words in ("Changer de métier", "Métier, Santé", "Cap & Co", "Fleuriste", money(96600)):
        assert words in recap.page.text, words
    sent = client.follow(client.submit(recap, recap.path, {"attestation": "oui"}))
    assert "BC-20" in sent.text
    found = client.get("/dossiers?dispositif=BILAN&q=cap+co")
    assert [one.get("href") for one in found.page.all("a") if one.get("href") == base] == [base]
    assert "Bilan de compétences" in [text_of(one) for one in found.page.all("option")]
    assert client.get("/dossiers?dispositif=VAE").page.source.count(base) == 0

    sheets = exported(client, terrain, found)
    (dossier,) = sheets["Dossiers"]
    assert {
        "Dispositif": "Bilan de compétences",
        "Intitulé de la formation / diplôme visé": "Changer de métier",
        "Organisme de formation / CFA": "Cap & Co",
        "Montant demandé": 966,
        "Prénom du bénéficiaire": "Zoé",
    }.items() <= dossier.items()
    (cost,) = sheets["Détail financier"]
    assert {"Poste de coût": "Séances", "Base": "Séance", "Quantité": 12}.items() <= cost.items()
    (person,) = sheets["Stagiaires"]
    assert person["Prénom"] == "Zoé"


def exported(client: Client, terrain: Terrain, found: Answer) -> dict[str, list[dict[str, object]]]:
    """The lines of each sheet of the export of that list."""
    asked = client.submit(found, "/exports")
    with terrain.database.reading() as session:
        export_id = session.scalars(select(Export.id).order_by(Export.id.desc())).first()
    assert export_id
    exporter(terrain.database, terrain.config, export_id)
    file = client.get(f"{asked.location}/fichier")
    sheets: dict[str, list[dict[str, object]]] = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(file.body)).worksheets:
        headings, *rows = sheet.values
        sheets[sheet.title] = [dict(zip(map(str, headings), row, strict=True)) for row in rows]
    return sheets


def test_an_answer_whose_question_is_not_asked_any_more_is_kept_and_not_read(
    client: Client, terrain: Terrain
) -> None:
    """Ticking «non» hides the cabinet from every reader; ticking «oui» again finds it back."""
    base = start(client)
    fill(client, base)
    step = client.get(f"{base}/etapes/bilan")
    client.submit(step, step.path, {"externe": "non"}, "quitter")

    assert "Cap & Co" not in client.get(f"{base}/envoi").text
    with terrain.database.reading() as session:
        dossier = session.scalars(select(Dossier).where(Dossier.dispositif == "BILAN")).one()
        assert dossier.prestataire_nom == ""
        assert dossier.reponses["cabinet"] == "Cap & Co"
    again = client.get(f"{base}/etapes/bilan")
    client.submit(again, again.path, {"externe": "oui"}, "quitter")
    assert "Cap & Co" in client.get(f"{base}/envoi").text


@pytest.mark.parametrize(
    ("written", "contradiction", "told"),
    [
        ('Question("seances"', 'Question("theme"', "asked twice"),
        ('when("externe", True), projected', 'when("exeterne", True), projected', "on nothing"),
        ('"intitule"', '"titre"', "projected to nothing"),
        ('step="personnes"', 'step="gens"', "no step for people"),
    ],
)
def test_a_file_that_contradicts_itself_does_not_start(
    tmp_path: Path, written: str, contradiction: str, told: str
) -> None:
    source = SOURCE.replace(written, contradiction)
    assert source != SOURCE
    (tmp_path / "bilan.py").write_text(source)

    before = dict(dispositifs.catalogue())
    with pytest.raises(ValueError, match=told), second_dispositif(tmp_path):
        pass
    assert dispositifs.catalogue() == before
