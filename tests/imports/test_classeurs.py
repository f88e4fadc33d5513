"""Workbooks made by different hands: taken, or given back to be mended and taken whole."""

from datetime import date

import pytest

from monespace.imports.models import EtatImport
from monespace.salaries.models import Salarie
from tests.imports.classeurs import (
    A_CORRIGER,
    TITRES,
    mended,
    opened,
    put,
    rows_of,
    salarie,
    saved,
    texte,
    xlsx,
)
from tests.imports.conftest import Entreprise
from tests.support.classeurs import libreoffice


def names(people: list[Salarie]) -> list[str]:
    return [str(one.reponses["nom_naissance"]) for one in people]


def placed(entreprise: Entreprise) -> dict[str, str]:
    """The choice of the preview, for rows that name no établissement."""
    return {"etablissement": entreprise.societe.siege.siret}


def test_columns_reordered_and_unaccented(entreprise: Entreprise) -> None:
    rows = [
        ("NE LE", "POSTE", "prenom", "SIRET", "nom  de naissance", "csp"),
        ("27/03/1994", "Vendeuse", "Nora", "00572078400023", "Benali", "Employé"),
        (date(1980, 2, 1), "Acheteur", "Paul", 572078400015.0, "L’Hénaff", "cadre"),
    ]
    qui = entreprise.importateur()
    page = qui.envoyer("effectifs.xlsx", xlsx(rows))
    assert "Vérifier avant d’importer" in page.text
    assert "Rien n’est encore enregistré" in page.text
    assert entreprise.annuaire() == []

    page = qui.confirmer(page)
    assert "Import terminé" in page.text
    nora, paul = entreprise.annuaire()
    assert (nora.reponses["prenom"], nora.naissance) == ("Nora", date(1994, 3, 27))
    assert nora.etablissement_id == entreprise.societe.annexe.id
    assert (nora.reponses["emploi"], nora.reponses["csp"]) == ("Vendeuse", "employe")
    assert paul.etablissement_id == entreprise.societe.siege.id
    assert "a-corriger" not in page.page.source


def test_two_title_lines_above(entreprise: Entreprise) -> None:
    rows = [
        ("Les Halles d’Ajaccio",),
        ("Effectifs au 1er novembre 2026", None, None, "confidentiel"),
        (),
        TITRES,
        salarie(1),
        (),
        salarie(2),
    ]
    qui = entreprise.importateur()
    page = qui.envoyer("effectifs.xlsx", xlsx(rows))
    assert "2 lignes lues" in page.text
    # The lines are those of Excel.
    assert "Ligne 5" in page.text
    assert "Ligne 7" in page.text
    qui.confirmer(page, **placed(entreprise))
    assert len(entreprise.annuaire()) == 2


def test_a_workbook_of_libreoffice(entreprise: Entreprise) -> None:
    titres = ("Prénom", "Nom", "Né le", "SIRET", "Téléphone")
    siret = entreprise.societe.annexe.siret
    rows = [
        titres,
        ("Nora", "Benali", date(1994, 3, 27), float(siret), 612345678.0),
        ("Awa", "Diallo", "31/02/1990", siret, "06 12 34 56 78"),
        ("Yann", "Le Gall", date(1990, 4, 3), siret, None),
    ]
    qui = entreprise.importateur()
    page = qui.confirmer(qui.envoyer("liste.xlsx", libreoffice(rows)))
    nora, _ = entreprise.annuaire()
    assert names(entreprise.annuaire()) == ["Benali", "Le Gall"]
    assert nora.etablissement_id == entreprise.societe.annexe.id
    assert nora.reponses["telephone"] == "+33612345678"
    (given,) = rows_of(qui.a_corriger(page))
    assert given["Nom"] == "Diallo"


def test_unknown_headings_are_linked_once_and_remembered(entreprise: Entreprise) -> None:
    titres = ("Bidule", "Patronyme usuel X", "Petit nom", "Venu au monde", "Observations")
    rows = [titres, ("M1", "Benali", "Nora", "27/03/1994", "rien")]
    qui = entreprise.importateur()
    page = qui.envoyer("effectifs.xlsx", xlsx(rows))
    assert "Relier les colonnes" in page.text
    assert "Venu au monde" in page.text
    assert "27/03/1994" in page.text
    assert entreprise.etats() == [EtatImport.A_RELIER]

    chosen = {0: "matricule", 1: "nom_naissance", 2: "prenom", 3: "", 4: ""}
    page = qui.relier(page, chosen)
    assert page.status == 422
    assert "Dites quelle colonne donne « Date de naissance »" in page.text.replace("\u00a0", " ")
    # What was chosen is still there.
    assert page.page.value("colonne_2") == "prenom"
    page = qui.relier(page, {2: "nom_naissance"})
    assert page.status == 422
    assert "Deux colonnes donnent" in page.text
    page = qui.relier(page, {2: "prenom", 3: "naissance"})
    assert "Vérifier avant d’importer" in page.text
    assert "Observations" in page.text
    qui.confirmer(page, **placed(entreprise))
    assert names(entreprise.annuaire()) == ["Benali"]

    rows = [titres[::-1], ("rien", "01/02/1980", "Paul", "L’Hénaff", "M2")]
    page = qui.envoyer("la suite.xlsx", xlsx(rows))
    assert "Vérifier avant d’importer" in page.text
    qui.confirmer(page, **placed(entreprise))
    assert names(entreprise.annuaire()) == ["Benali", "L’Hénaff"]
    # It can be changed from the preview of the next one.
    page = qui.envoyer("encore.xlsx", xlsx([titres, ("M3", "Le Gall", "Yann", "3/4/1990", "-")]))
    page = qui.client.get(f"{page.path}/colonnes")
    page = qui.relier(page, {4: "emploi"})
    assert "Observations" not in page.text


def test_another_sheet_and_no_heading(entreprise: Entreprise) -> None:
    rows = [(f"M{rank}", f"Nom{rank}", "Zoé", "27/03/1994") for rank in (1, 2)]
    qui = entreprise.importateur()
    page = qui.envoyer("sans titres.csv", texte(rows, ";").encode("cp1252"))
    assert "Relier les colonnes" in page.text
    page = qui.client.get(f"{page.path}?feuille=0&entete=0")
    page = qui.relier(page, {0: "matricule", 1: "nom_naissance", 2: "prenom", 3: "naissance"})
    assert "Ligne 1" in page.text
    qui.confirmer(page, **placed(entreprise))
    assert len(entreprise.annuaire()) == 2


def test_the_model_filled_in_is_understood_whole(entreprise: Entreprise) -> None:
    for cle in ("", entreprise.dossier()):
        qui = entreprise.importateur(dossier=cle)
        answer = qui.client.get(f"/importer/modele.xlsx?dossier={cle}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        book, sheet = opened(answer.body)
        columns = {
            str(cell.value or "").rstrip(" *"): rank for rank, cell in enumerate(sheet[1], start=1)
        }
        assert {"Nom de naissance", "Prénom", "Date de naissance", "Matricule"} <= set(columns)
        for heading, value in (
            ("Nom de naissance", "Benali"),
            ("Prénom", "Nora"),
            ("Date de naissance", date(1994, 3, 27)),
            ("Type de contrat", "CDI"),
        ):
            put(sheet, 2, columns[heading], value)
        page = qui.envoyer("modèle rempli.xlsx", saved(book))
        assert "Vérifier avant d’importer" in page.text
        assert "1 ligne lue" in page.text.replace("\u00a0", " ")
        assert "CDI" in page.text


def faulty() -> list[list[object]]:
    """87 people, nine of whom cannot be taken."""
    rows = [salarie(rank) for rank in range(1, 88)]
    for rank in (3, 17, 42):
        rows[rank] = salarie(rank + 1, **{"Né le": "31/02/1980"})
    for rank in (5, 50):
        rows[rank] = salarie(rank + 1, **{"E-mail": "pas une adresse"})
    for rank in (8, 60):
        rows[rank] = salarie(rank + 1, Nom=None)
    rows[70] = salarie(71, Prénom=None)
    rows[86] = salarie(87, **{"Né le": None})
    return rows


def test_87_people_and_9_wrong_rows(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = qui.envoyer("effectifs.xlsx", xlsx([("Effectifs",), TITRES, *faulty()]))
    assert "87 lignes lues" in page.text.replace("\u00a0", " ")
    page = qui.confirmer(page, **placed(entreprise))
    assert len(entreprise.annuaire()) == 78
    assert "9 lignes à corriger" in page.text.replace("\u00a0", " ")

    given = qui.a_corriger(page)
    rows = rows_of(given)
    assert len(rows) == 9
    assert [row["Matricule"] for row in rows] == [
        f"M{rank + 1:04}" for rank in (3, 5, 8, 17, 42, 50, 60, 70, 86)
    ]
    told = [next(str(row[key]) for key in row if key.casefold() == A_CORRIGER) for row in rows]
    assert all("Né le" in told[rank] or "naissance" in told[rank] for rank in (0, 3, 4, 8))
    assert all("Nom" in told[rank] for rank in (2, 6))

    good = {f"M{rank:04}": dict(zip(TITRES, salarie(rank), strict=True)) for rank in range(1, 88)}
    mend = {rank: good[str(row["Matricule"])] for rank, row in enumerate(rows)}
    page = qui.renvoyer(page, mended(given, mend))
    assert "9 lignes lues" in page.text.replace("\u00a0", " ")
    assert "À corriger (" not in page.text
    page = qui.confirmer(page, **placed(entreprise))
    people = entreprise.annuaire()
    assert len(people) == 87
    assert len({one.identite for one in people}) == 87
    # Sent whole once more, nobody is doubled.
    whole = [salarie(rank) for rank in range(1, 88)]
    page = qui.envoyer("encore.xlsx", xlsx([TITRES, *whole]))
    qui.confirmer(page)
    assert len(entreprise.annuaire()) == 87


def test_into_a_dossier_87_wait_for_the_split(entreprise: Entreprise) -> None:
    cle = entreprise.dossier()
    qui = entreprise.importateur(dossier=cle)
    rows = [salarie(rank) for rank in range(1, 88)]
    page = qui.envoyer("stagiaires.csv", texte([TITRES, *rows], ";").encode("utf-8-sig"))
    page = qui.confirmer(page)

    assert page.path == f"/dossiers/{cle}/repartir"
    assert len(entreprise.en_attente(cle)) == 87
    assert entreprise.stagiaires(cle) == []


def test_into_a_dossier_and_the_directory(entreprise: Entreprise) -> None:
    cle = entreprise.dossier(people=1)
    qui = entreprise.importateur(dossier=cle)
    rows: list[tuple[object, ...]] = [("Nom", "Prénom", "Né le", "CSP", "Heures prévues")]
    rows += [("Benali", "Nora", "27/03/1994", "Employé", 14), ("Le Gall", "Yann", "", "Cadre", 7)]
    # Already in the dossier: she is not added again.
    rows += [("L’HENAFF", "Zoe 🎓", "27/03/1994", "", "")]
    page = qui.coller(texte(rows))
    page = qui.confirmer(page, annuaire="1")

    assert page.path == f"/dossiers/{cle}/salaries"
    _, nora, yann = entreprise.stagiaires(cle)
    assert (nora.reponses["heures"], yann.reponses["csp"]) == ("14.00", "cadre")
    listed = entreprise.annuaire()
    # Without a birth date nobody is in the directory, and he is in the dossier all the same.
    assert names(listed) == ["Benali"]
    assert (nora.salarie_id, yann.salarie_id) == (listed[0].id, None)
    assert listed[0].etablissement_id == entreprise.societe.siege.id


def test_the_directory_fills_in_what_the_file_does_not_say(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    titres = ("Nom", "Prénom", "Né le", "Emploi", "Courriel")
    person = ("Benali", "Nora", "27/03/1994", "Vendeuse", "nora@entreprise.example")
    page = qui.envoyer("annuaire.xlsx", xlsx([titres, person]))
    qui.confirmer(page, **placed(entreprise))
    cle = entreprise.dossier()
    dans = entreprise.importateur(dossier=cle)
    page = dans.coller(texte([titres[:4], (*person[:3], "Cheffe de rayon")]))
    dans.confirmer(page)

    (nora,) = entreprise.stagiaires(cle)
    assert nora.salarie_id == entreprise.annuaire()[0].id
    assert nora.reponses["courriel"] == "nora@entreprise.example"
    assert nora.reponses["emploi"] == "Cheffe de rayon"
    # What is said in a dossier changes nothing in the directory.
    assert entreprise.annuaire()[0].reponses["emploi"] == "Vendeuse"


@pytest.mark.parametrize(
    ("update", "emploi"), [({}, "Vendeuse"), ({"mettre_a_jour": "1"}, "Cheffe")]
)
def test_known_people_are_updated_only_when_asked(
    entreprise: Entreprise, update: dict[str, str], emploi: str
) -> None:
    qui = entreprise.importateur()
    qui.confirmer(qui.envoyer("1.xlsx", xlsx([TITRES, salarie(1)])), **placed(entreprise))
    changed = salarie(1, Emploi="Cheffe", **{"E-mail": None})
    page = qui.envoyer("2.xlsx", xlsx([TITRES, changed]))
    assert "Déjà connu" in page.text
    qui.confirmer(page, **update)

    (only,) = entreprise.annuaire()
    assert only.reponses["emploi"] == emploi
    # A blank cell empties nothing.
    assert only.reponses["courriel"] == "personne1@entreprise.example"


def test_rows_about_one_person(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    titres = ("Nom", "Prénom", "Né le", "Emploi")
    rows = [
        ("Benali", "Nora", "27/03/1994", "Vendeuse"),
        ("BENALI", "NORA", "27/03/1994", "Vendeuse"),
        ("Le Gall", "Yann", "03/04/1990", "Cariste"),
        ("Le Gall", "Yann", "03/04/1990", "Cadre"),
        ("Diallo", "Awa", "05/06/1991", "Vendeuse"),
        ("Diallo", "Awa", "05/06/1991", "Vendeuse"),
    ]
    page = qui.envoyer("doubles.xlsx", xlsx([titres, *rows]))
    page = qui.confirmer(page, **placed(entreprise))

    assert names(entreprise.annuaire()) == ["Benali", "Diallo"]
    given = rows_of(qui.a_corriger(page))
    assert [row["Emploi"] for row in given] == ["Cariste", "Cadre"]
    assert all("Emploi occupé" in str(row["À corriger"]) for row in given)
