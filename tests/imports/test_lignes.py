"""People of one name: told apart, or sent back, never confused."""

from tests.imports.classeurs import rows_of, texte
from tests.imports.conftest import Entreprise

TITRES = ("Nom", "Prénom", "Né le", "CSP", "Matricule")


def test_a_name_without_birth_date_in_a_dossier(entreprise: Entreprise) -> None:
    cle = entreprise.dossier()
    qui = entreprise.importateur(dossier=cle)
    rows = [
        ("Benali", "Nora", "", "Cadre", ""),
        ("BENALI", "nora", "", "Cadre", ""),
        ("Le Gall", "Yann", "", "Cadre", ""),
        ("Le Gall", "Yann", "03/04/1990", "Employé", ""),
    ]
    page = qui.confirmer(qui.coller(texte([TITRES, *rows])))
    assert len(entreprise.stagiaires(cle)) == 2
    (given,) = rows_of(qui.a_corriger(page))
    assert (given["Nom"], given["Né le"]) == ("Le Gall", None)
    assert "Date de naissance" in str(given["À corriger"])

    # The same list once more: nobody is added, and nobody is confused.
    page = qui.confirmer(qui.coller(texte([TITRES, *rows[:1]])))
    assert len(entreprise.stagiaires(cle)) == 2
    others = [("Benali", "Nora", "27/03/1994", "", ""), ("Benali", "Nora", "", "Employé", "")]
    for other in others:
        page = qui.confirmer(qui.coller(texte([TITRES, other])))
        assert "du même nom" in page.text
    assert len(entreprise.stagiaires(cle)) == 2


def test_one_matricule_for_two_people(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    rows = [
        ("Benali", "Nora", "27/03/1994", "", "M1"),
        ("Le Gall", "Yann", "03/04/1990", "", "M1"),
        ("Diallo", "Awa", "05/06/1991", "", "M2"),
    ]
    page = qui.coller(texte([TITRES, *rows]))
    page = qui.confirmer(page, etablissement=entreprise.societe.siege.siret)
    assert len(entreprise.annuaire()) == 1
    assert {row["Nom"] for row in rows_of(qui.a_corriger(page))} == {"Benali", "Le Gall"}
    # Somebody else's matricule, this time the directory's.
    page = qui.coller(texte([TITRES, ("Roux", "Léo", "07/08/1992", "", "M2")]))
    assert "Le matricule M2 est celui de" in page.text


def test_a_name_that_the_directory_knows_otherwise(entreprise: Entreprise) -> None:
    """Two rows that are one person of the directory: by name, and by matricule alone."""
    qui = entreprise.importateur()
    page = qui.coller(texte([TITRES, ("Benali", "Nora", "27/03/1994", "", "M1")]))
    qui.confirmer(page, etablissement=entreprise.societe.siege.siret)
    cle = entreprise.dossier()
    dans = entreprise.importateur(dossier=cle)
    rows = [("Benali", "Nora", "27/03/1994", "", ""), ("Benali", "Nora", "", "Cadre", "M1")]
    page = dans.confirmer(dans.coller(texte([TITRES, *rows])))
    assert [one.salarie_id for one in entreprise.stagiaires(cle)] == [1]
    assert len(rows_of(dans.a_corriger(page))) == 1
