"""The listing says what the dossiers say, for whom it may, in the order of the list."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update

from monespace.acteur import Acteur
from monespace.db import Database, session
from monespace.dossiers.filtres import Filtre
from monespace.dossiers.models import Dossier, LigneCout, Statut
from tests.exports.classeur import make
from tests.support.entreprise import Societe, societe


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dossiers.xlsx"


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    """The HR manager of the company."""
    with database.transaction():
        return company.person("Martin", administrateur=True)


def test_a_dossier_reads_as_it_was_answered(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        dossier = company.granted(rh, PEDA=Decimal("1500.00"), HEB=Decimal("100.00"))

    row = make(database, rh, Filtre(), path)["Dossiers"].only
    assert (
        row
        | {
            "N° dossier": dossier.reference,
            "Référence interne": "RH-0042",
            "Dispositif": "Action de formation",
            "Statut": "Accordé",
            "SIREN": "005720784",
            "SIRET": "00572078400015",
            "Code postal": "01000",
            "IDCC": "0573",
            "Intitulé de la formation / diplôme visé": "Conduite d’équipe",
            "Code RNCP": "RNCP38565",
            "Modalité": "Mixte",
            "Organisation": "Intra-entreprise",
            "SIRET OF/CFA": "00572078400031",
            "NDA": "01234567890",
            "Date de début": datetime(2026, 12, 7),  # noqa: DTZ001
            "Durée (heures)": 14,
            "Dont à distance (heures)": 3.5,
            "Nombre de stagiaires": 1,
            "Nom du bénéficiaire": "L’Hénaff",
            "Prénom du bénéficiaire": "Zoé 🎓",
            "Subrogation": "Oui",
            "Pièces manquantes": 2,
            "Créé par": "Camille Martin",
            "Montant accordé (engagé)": 1600,
            "Dont coûts pédagogiques engagés": 1500,
            "Dont rémunération engagée": 0,
            "Dont frais annexes engagés": 100,
        }
        == row
    )


def test_nothing_is_granted_before_the_decision(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(rh)

    sheets = make(database, rh, Filtre(), path)
    assert sheets["Dossiers"].only["Montant accordé (engagé)"] is None
    assert sheets["Dossiers"].only["Reste à charge entreprise"] is None
    assert set(sheets["Détail financier"].column("Engagé")) == {None}


def test_amounts_add_up(database: Database, company: Societe, rh: Acteur, path: Path) -> None:
    with database.transaction():
        company.granted(rh, PEDA=Decimal("1234.56"), TRANS=Decimal("0.01"))
        company.dossier(rh, people=7)
        company.dossier(rh, people=30, peda_prix=1, heb_prix=3333)

    sheets = make(database, rh, Filtre(), path)
    criteria = {row["Critère"]: row["Valeur"] for row in sheets["Critères"].rows}
    for of_dossier, of_detail in (
        ("Montant demandé", "Demandé HT"),
        ("Montant accordé (engagé)", "Engagé"),
    ):
        whole = _sum(sheets["Dossiers"].column(of_dossier))
        assert whole == _sum(sheets["Détail financier"].column(of_detail)) > 0
        assert _cents(criteria[f"Dossiers\u00a0: total «\u00a0{of_dossier}\u00a0»"]) == whole
        assert _cents(criteria[f"Détail financier\u00a0: total «\u00a0{of_detail}\u00a0»"]) == whole
    for row in sheets["Dossiers"].rows:
        lines = [
            line["Demandé HT"]
            for line in sheets["Détail financier"].rows
            if line["N° dossier"] == row["N° dossier"]
        ]
        assert _sum(lines) == _cents(row["Montant demandé"])
    assert criteria["Stagiaires\u00a0: nombre de lignes"] == 38


def test_who_is_paid(database: Database, company: Societe, rh: Acteur, path: Path) -> None:
    with database.transaction():
        company.dossier(rh)

    detail = {
        row["Poste de coût"]: row["SIRET bénéficiaire"]
        for row in make(database, rh, Filtre(), path)["Détail financier"].rows
    }
    assert detail["Coûts pédagogiques"] == "00572078400031"
    assert detail["Transport"] == "00572078400015"


def test_people_are_listed_without_what_is_private(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(rh, people=2)

    sheets = make(database, rh, Filtre(), path)
    assert sheets["Dossiers"].only["Nom du bénéficiaire"] == "Multiple"
    assert (
        sheets["Stagiaires"].rows[0]
        | {
            "Civilité": "Mme",
            "Nom": "L’Hénaff",
            "CSP": "Employé",
            "Type de contrat": "CDI",
            "Heures prévues": 14,
        }
        == sheets["Stagiaires"].rows[0]
    )
    assert "zoe@entreprise.example" not in str(sheets)
    assert "handicap" not in str(sheets).lower()


def test_hostile_answers_are_only_texts(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(
            rh, intitule="=1+1", reference_interne="@x\x0by" + "é" * 40_000, of_nom="🎓" * 200
        )

    row = make(database, rh, Filtre(), path)["Dossiers"].only
    assert row["Intitulé de la formation / diplôme visé"] == "=1+1"
    assert str(row["Référence interne"]).startswith("@xyé")
    assert len(str(row["Référence interne"])) == 32_767


def test_an_answer_of_a_former_form_does_not_stop_the_listing(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(rh, modalite="disparue", heures_distance="beaucoup")

    row = make(database, rh, Filtre(), path)["Dossiers"].only
    assert row["Modalité"] == "disparue"


def test_only_what_the_rights_show(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        mine = company.dossier(rh, at=company.annexe)
        company.dossier(rh)
        other = societe("552081317", "Autre")
        other.dossier(other.person("Ailleurs"))
        limited = company.person("Borné", siret=company.annexe.siret)

    sheets = make(database, limited, Filtre(), path)
    assert sheets["Dossiers"].column("N° dossier") == [mine.reference]
    assert set(sheets["Stagiaires"].column("N° dossier")) == {mine.reference}
    criteria = [row["Valeur"] for row in sheets["Critères"].rows if row["Critère"] == "Périmètre"]
    assert criteria == ["Tous les dispositifs\u00a0: 00572078400023 L’annexe, Bourg-en-Bresse"]


def test_exactly_the_filtered_list_in_its_order(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(rh, at=company.annexe, intitule="Zèbre")
        company.dossier(rh, at=company.annexe, intitule="élan")
        company.dossier(rh, at=company.annexe, intitule="Autruche", of_nom="Ailleurs")
        company.dossier(rh, intitule="Castor")
    filtre = Filtre(
        {"etablissement": company.annexe.siret, "q": "atelier", "dispositif": "PDC"}, "intitule"
    )

    sheets = make(database, rh, filtre, path)
    assert sheets["Dossiers"].column("Intitulé de la formation / diplôme visé") == ["élan", "Zèbre"]
    criteria = {row["Critère"]: row["Valeur"] for row in sheets["Critères"].rows}
    assert (
        criteria
        | {
            "Extrait le": "17\u00a0novembre\u00a02026 à 14:32 (heure de Paris)",
            "Par": "Camille Martin",
            "SIREN": "005720784",
            "Périmètre": "Tous les dispositifs, tous les établissements",
            "Filtre\u00a0: Dispositif": "Action de formation",
            "Filtre\u00a0: Établissement": "00572078400023 L’annexe, Bourg-en-Bresse",
            "Dossiers\u00a0: nombre de lignes": 2,
        }
        == criteria
    )


def test_an_empty_list_has_its_headings(database: Database, rh: Acteur, path: Path) -> None:
    sheets = make(database, rh, Filtre({"statut": "SOLDE"}), path)

    assert sheets["Dossiers"].rows == []
    assert sheets["Dossiers"].headings[0] == "N° dossier"


def test_a_refusal_gives_its_reason(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        dossier = company.dossier(rh)
        session().execute(
            update(Dossier)
            .where(Dossier.id == dossier.id)
            .values(statut=Statut.REFUSE, motif="Hors délai")
        )

    row = make(database, rh, Filtre({"statut": "REFUSE"}), path)["Dossiers"].only
    assert row["Motif de refus / d’annulation"] == "Hors délai"


def test_a_poste_that_is_not_declared_any_more_keeps_its_code(
    database: Database, company: Societe, rh: Acteur, path: Path
) -> None:
    with database.transaction():
        company.dossier(rh)
        session().execute(
            update(LigneCout).where(LigneCout.poste == "TRANS").values(poste="ANCIEN")
        )

    detail = make(database, rh, Filtre(), path)["Détail financier"]
    assert "ANCIEN" in detail.column("Poste de coût")


def _cents(euros: object) -> int:
    return round(float(str(euros or 0)) * 100)


def _sum(amounts: list[object]) -> int:
    return sum(_cents(amount) for amount in amounts)
