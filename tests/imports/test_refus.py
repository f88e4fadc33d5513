"""What is refused: bad files, forms out of date, people without the right."""

import pytest
from sqlalchemy import delete

from monespace import horloge
from monespace.acteur import Objet
from monespace.db import session
from monespace.imports import actions
from monespace.imports.models import EtatImport
from monespace.organisations.models import TOUS, Habilitation
from tests.imports.classeurs import TITRES, rows_of, salarie, texte, xlsx
from tests.imports.conftest import Entreprise

BAD = [
    ("vide.xlsx", b"", "vide"),
    ("titres.xlsx", xlsx([TITRES]), "aucune ligne"),
    ("programme.exe", b"MZ\x90\x00\x03", ""),
    ("abîmé.xlsx", b"PK\x03\x04" + bytes(300), ""),
    ("lourd.xlsx", bytes(11 * 1024 * 1024), "10 Mo"),
]


@pytest.mark.parametrize(("nom", "contenu", "words"), BAD, ids=[one[0] for one in BAD])
def test_a_file_that_cannot_be_read_is_told_beside_its_field(
    entreprise: Entreprise, nom: str, contenu: bytes, words: str
) -> None:
    page = entreprise.importateur().envoyer(nom, contenu)

    assert page.status == 422
    assert words in page.text.replace("\u00a0", " ")
    summary = next(page.page.has_class("errors"))
    assert next(summary.iter("a")).get("href") == "#fichier"
    assert entreprise.imports() == []
    assert list(entreprise.stockage.keys()) == []


def test_nothing_chosen_then_pasted_headings_alone(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    assert qui.coller("").status == 422
    page = qui.coller(texte([TITRES]))

    assert page.status == 422
    assert next(next(page.page.has_class("errors")).iter("a")).get("href") == "#colle"
    # What was pasted is still there.
    assert "Matricule" in page.page.value("colle")


def test_everything_wrong_is_given_back_whole(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    rows = [salarie(rank, **{"Né le": "bientôt"}) for rank in (1, 2)]
    page = qui.envoyer("tout faux.xlsx", xlsx([TITRES, *rows]))
    assert "Préparer le classeur à corriger" in page.text
    page = qui.confirmer(page)
    assert entreprise.annuaire() == []
    assert len(rows_of(qui.a_corriger(page))) == 2


def test_a_second_click_takes_nobody_twice(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = qui.envoyer("un.xlsx", xlsx([TITRES, salarie(1)]))
    place = entreprise.societe.siege.siret
    first = qui.confirmer(page, etablissement=place)
    second = qui.confirmer(page, etablissement=place)

    assert (first.path, first.status) == (second.path, second.status)
    assert len(entreprise.annuaire()) == 1


def test_the_form_sent_twice_makes_one_import(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    form = qui.ouvrir()
    typed = {"colle": texte([TITRES, salarie(1)])}
    answers = [qui.client.submit(form, "/importer/cellules", typed) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(entreprise.imports()) == 1


def test_a_preview_out_of_date_is_not_confirmed(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = qui.envoyer("un.xlsx", xlsx([TITRES, salarie(1)]))
    columns = qui.client.get(f"{page.path}/colonnes")
    qui.relier(columns, {4: ""})
    place = {"etablissement": entreprise.societe.siege.siret}
    answer = qui.client.submit(page, page.path, place)
    assert answer.status == 409
    assert qui.relier(columns, {}).status == 409
    assert entreprise.annuaire() == []


def test_an_etablissement_must_be_chosen(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = qui.envoyer("un.xlsx", xlsx([TITRES, salarie(1)]))
    page = qui.confirmer(page)
    assert page.status == 422
    assert "Choisissez celui de ces personnes" in page.text
    page = qui.confirmer(page, etablissement="99999999999999")
    assert page.status == 422
    assert entreprise.annuaire() == []


def test_the_import_of_somebody_else_does_not_exist(entreprise: Entreprise) -> None:
    page = entreprise.importateur().envoyer("un.xlsx", xlsx([TITRES, salarie(1)]))
    other = entreprise.importateur(entreprise.personne("Durand", salaries=TOUS))

    for path in (page.path, f"{page.path}/colonnes", f"{page.path}/a-corriger.xlsx"):
        assert other.client.get(path).status == 404
    sent = {"csrf_token": other.client.token(), "_revision": "1", "_fin": "1"}
    assert other.client.post(page.path, sent).status == 404
    assert other.client.post(f"{page.path}/colonnes", sent).status == 404


def test_without_any_right_on_the_directory(entreprise: Entreprise) -> None:
    lea = entreprise.importateur(entreprise.personne("Léa"))
    page = lea.ouvrir()
    assert page.status == 200
    assert "Demandez ce droit à un administrateur" in page.text
    assert "form" not in [one.get("action") for one in page.page.all("form", action="/importer")]
    sent = {"csrf_token": lea.client.token(), "colle": texte([TITRES, salarie(1)]), "_fin": "1"}
    refused = lea.client.post("/importer/cellules", sent)
    assert refused.status == 403
    assert "Demandez ce droit à un administrateur" in refused.text
    assert lea.client.get("/importer/modele.xlsx").status == 403
    assert entreprise.imports() == []


def test_rights_for_one_etablissement(entreprise: Entreprise) -> None:
    siege, annexe = entreprise.societe.siege, entreprise.societe.annexe
    karim = entreprise.importateur(entreprise.personne("Karim", salaries=annexe.siret))
    titres = ("Nom", "Prénom", "Né le", "SIRET")
    rows = [
        ("Benali", "Nora", "27/03/1994", annexe.siret),
        ("Le Gall", "Yann", "03/04/1990", siege.siret),
        ("Diallo", "Awa", "05/06/1991", None),
    ]
    page = karim.confirmer(karim.envoyer("un.xlsx", xlsx([titres, *rows])))

    people = entreprise.annuaire()
    assert [one.reponses["nom_naissance"] for one in people] == ["Benali", "Diallo"]
    assert {one.etablissement_id for one in people} == {annexe.id}
    (given,) = rows_of(karim.a_corriger(page))
    assert given["Nom"] == "Le Gall"


def test_rights_are_read_again_when_it_is_confirmed(entreprise: Entreprise) -> None:
    marie = entreprise.importateur(entreprise.personne("Marie", salaries=TOUS))
    page = marie.envoyer("un.xlsx", xlsx([TITRES, salarie(1)]))
    with entreprise.database.transaction():
        session().execute(delete(Habilitation).where(Habilitation.objet == Objet.SALARIES))
    place = {"etablissement": entreprise.societe.siege.siret}
    assert marie.client.submit(page, page.path, place).status == 403
    assert entreprise.annuaire() == []


def test_a_dossier_one_may_not_change(entreprise: Entreprise) -> None:
    cle = entreprise.dossier()
    paul = entreprise.importateur(entreprise.personne("Paul", dossiers=""), cle)
    assert paul.ouvrir().status == 404
    sent = {"csrf_token": paul.client.token(), "dossier": cle, "colle": "Nom", "_fin": "1"}
    assert paul.client.post("/importer/cellules", sent).status == 404
    assert entreprise.imports() == []


def test_what_is_over_is_deleted(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    rows = [salarie(1), salarie(2, Nom=None)]
    page = qui.envoyer("un.xlsx", xlsx([TITRES, *rows]))
    page = qui.confirmer(page, etablissement=entreprise.societe.siege.siret)
    (import_,) = entreprise.imports()
    assert import_.expire_le
    later = import_.expire_le.replace(year=import_.expire_le.year + 1)
    with horloge.frozen(later), entreprise.database.transaction():
        files = actions.expire()
    assert sorted(files) == sorted(entreprise.stockage.keys())
    assert entreprise.etats() == [EtatImport.EXPIRE]
    assert "Nom" not in str(entreprise.imports()[0].bilan)
    assert qui.client.get(f"{page.path}/a-corriger.xlsx").status == 404
    assert "a été effacé" in qui.client.get(page.path).text
    assert "Ajoutés à l’annuaire" in qui.client.get("/importer/mes-imports").text
    assert len(entreprise.annuaire()) == 1
