"""The directory: somebody is added, picked into a dossier, changed there, given back."""

import re

from playwright.sync_api import expect

from monespace.demo.comptes import KARIM
from tests.browser.drafts import empty_draft
from tests.browser.visitor import Answers, Arrive, Day, Pick


def somebody(prenom: str, script: bool) -> Answers:
    """What is typed of somebody: another person with and without script, in the same portal."""
    return {
        "Établissement": Pick("Delorme Croix-Rousse, Lyon"),
        "Civilité": Pick("Mme"),
        "Nom de naissance": "Benali-Kœnig" if script else "Lemaître-Kœnig",
        "Prénom": prenom,
        "Date de naissance": Day("27", "mars", "94"),
        "Emploi occupé": "Vendeuse",
    }


def test_somebody_goes_from_the_directory_to_a_dossier_and_back(
    arrive: Arrive, script: bool
) -> None:
    camille = arrive(script=script)
    nora = somebody("Nora", script)
    nom = str(nora["Nom de naissance"])
    camille.open("/salaries")
    camille.follow("Ajouter un salarié")
    camille.title("Ajouter un salarié")
    camille.fill(nora)
    camille.press("Ajouter ce salarié")
    camille.title(f"Nora {nom}")
    fiche = camille.page.url

    draft = empty_draft(camille.portal)
    camille.open(f"{draft}/salaries")
    camille.follow("Choisir dans l’annuaire")
    camille.title("Choisir dans l’annuaire")
    camille.fill({"Nom, prénom ou matricule": nom.replace("œ", "OE")})
    camille.press("Filtrer")
    camille.page.get_by_label(f"{nom} Nora").check()
    camille.press("Ajouter au dossier")
    expect(camille.page.get_by_role("rowheader", name=f"Nora {nom}")).to_be_visible()

    camille.follow(f"Modifier Nora {nom}")
    camille.shows({"Emploi occupé": "Vendeuse", "Prénom": "Nora"})
    camille.fill({"Emploi occupé": "Cheffe des ventes"})
    camille.press("Enregistrer ce salarié")
    camille.follow(f"Annuaire pour Nora {nom}")
    row = camille.page.get_by_role("row", name="Emploi occupé")
    expect(row).to_contain_text("Vendeuse")
    expect(row).to_contain_text("Cheffe des ventes")
    camille.press("Mettre à jour l’annuaire")
    camille.page.goto(fiche)
    expect(camille.section("Fiche")).to_contain_text("Cheffe des ventes")
    expect(camille.section("Dossiers")).to_contain_text("Brouillon")

    camille.follow("Noter un départ")
    camille.press("Noter le départ")
    expect(camille.page.get_by_text(re.compile("Quitte l’entreprise le"))).to_be_visible()
    camille.press("Annuler le départ")
    expect(camille.page.get_by_text(re.compile("Quitte l’entreprise le"))).to_have_count(0)


def test_the_same_person_is_told_on_a_small_screen(arrive: Arrive, script: bool) -> None:
    camille = arrive(script=script, width=360)
    for _ in range(2):
        camille.open("/salaries/nouveau")
        camille.fill(somebody("Inès", script))
        camille.press("Ajouter ce salarié")
    expect(camille.focused()).to_contain_text("Cette personne est déjà dans l’annuaire")
    expect(camille.page.get_by_role("link", name="Ouvrir la fiche de Inès")).to_be_visible()
    camille.press("Ajouter quand même\u00a0: c’est une autre personne")
    camille.title(re.compile("Inès .+-Kœnig"))


def test_a_number_is_shown_masked_and_kept_from_the_page(arrive: Arrive) -> None:
    camille = arrive()
    camille.open("/salaries")
    camille.page.locator("main tbody th a").first.click()
    camille.follow("Renseigner ce numéro")
    camille.fill({"Numéro de sécurité sociale": "2 90 05 75 056 831"})
    camille.press("Enregistrer ce numéro")
    expect(camille.section("Numéro de sécurité sociale")).to_contain_text(
        re.compile(r"2\s90\s05\s\*\*\s\*\*\*\s\*\*\*")
    )
    assert "056831" not in re.sub(r"\s", "", camille.page.content())


def test_somebody_of_one_shop_sees_their_shop(arrive: Arrive) -> None:
    karim = arrive(KARIM)
    karim.open("/salaries?presence=tous")
    places = karim.page.locator("main tbody td:nth-of-type(3)").all_inner_texts()
    assert set(places) == {"Delorme Croix-Rousse"}
