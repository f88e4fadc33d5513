"""Past thirty in a real browser: the split, the lot, «modifier partout», a duplicate."""

from uuid import uuid4

from playwright.sync_api import expect
from sqlalchemy import select

from monespace.db import session
from monespace.dossiers.models import Dossier, EnAttente
from tests.browser.drafts import cle_of, complete_draft, full_but_one, people_of
from tests.browser.visitor import Arrive, Pick
from tests.support.live import LivePortal


def crowd(portal: LivePortal, address: str, people: int) -> None:
    """That many more people, for whom there is no room yet."""
    with portal.database.transaction():
        dossier = session().scalars(select(Dossier).where(Dossier.cle == cle_of(address))).one()
        model = dict(dossier.stagiaires[0].reponses)
        dossier.en_attente = [
            EnAttente(
                jeton=uuid4().hex,
                reponses={**model, "nom_naissance": f"Attente {rank}", "nom_usage": None},
                saisies={},
            )
            for rank in range(people - len(dossier.stagiaires))
        ]


def test_87_people_become_three_dossiers_that_are_changed_and_sent_together(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script)
    address = complete_draft(demo_portal, f"Lot {'avec' if script else 'sans'} script")
    crowd(demo_portal, address, 87)
    camille.open(f"{address}/envoi")
    camille.follow("personnes attendent une place")
    camille.title("Répartir les salariés")
    expect(camille.page.locator("h2 .count")).to_have_text(["(30)", "(30)", "(27)"])

    camille.page.get_by_label("Équilibrer").check()
    camille.press("Enregistrer la répartition")
    expect(camille.page.locator("h2 .count")).to_have_text(["(29)", "(29)", "(29)"])
    camille.page.locator("summary").nth(2).click()
    moved = camille.page.locator("details").nth(2).get_by_role("combobox").first
    moved.select_option(label="Partie 1")
    camille.press("Enregistrer la répartition")
    expect(camille.page.locator("h2 .count")).to_have_text(["(30)", "(29)", "(28)"])
    camille.page.get_by_role("button", name="Créer les 3 dossiers liés").dblclick()
    expect(camille.page.get_by_text("3 dossiers liés sont créés.")).to_be_visible()
    expect(camille.page.locator("tfoot")).to_contain_text("87")

    camille.follow("Action de formation")
    camille.fill({"Intitulé": "Changé partout"})
    camille.press("Voir ce qui change")
    camille.title("Vérifiez ce qui change")
    expect(camille.page.get_by_text("Changé partout")).to_have_count(3)
    camille.press("Modifier ces dossiers")
    expect(camille.page.get_by_text("Modifié dans 3 dossiers.")).to_be_visible()
    camille.title("Changé partout")

    camille.follow("Transmettre les parties prêtes")
    camille.page.get_by_label("J’atteste sur l’honneur").check()
    camille.press("Transmettre 3 dossiers")
    expect(camille.page.get_by_text("3 dossiers transmis.")).to_be_visible()
    expect(camille.page.locator("tbody .tag")).to_have_text(["Transmis"] * 3)
    camille.follow("Partie 2")
    expect(camille.page.get_by_role("link", name="Partie 2 du lot")).to_be_visible()


def test_the_thirty_first_is_kept_then_dropped_and_one_dossier_is_left(
    arrive: Arrive, demo_portal: LivePortal, script: bool
) -> None:
    camille = arrive(script=script, width=360)
    address = full_but_one(demo_portal, "Une de trop")
    camille.open(f"{address}/salaries")
    for nom in ("Trentième", "Trente et unième"):
        camille.fill({"Nom de naissance": nom})
        camille.press("Ajouter ce salarié")
    camille.title("Répartir les salariés")
    expect(camille.page.get_by_text("1 personne attend une place.")).to_be_visible()
    camille.follow("Retirer toutes les personnes en attente")
    camille.title("Retirer Trente et unième")
    camille.press("Retirer de l’attente")
    expect(camille.page.get_by_text("Trente et unième n’attend plus.")).to_be_visible()
    assert people_of(demo_portal, address) == demo_portal.config.max_stagiaires


def test_a_dossier_is_duplicated(arrive: Arrive, demo_portal: LivePortal, script: bool) -> None:
    camille = arrive(script=script)
    address = complete_draft(demo_portal, "À refaire")
    camille.open(address)
    camille.follow("Dupliquer ce dossier")
    expect(camille.page.get_by_text("Une nouvelle session a ses propres dates.")).to_have_count(2)
    camille.fill(
        {"Salariés": Pick("Sans salarié"), "Pièces jointes": Pick("Reprendre les 2 pièces")}
    )
    camille.page.get_by_role("button", name="Créer le brouillon").dblclick()
    camille.step("Entreprise et contacts")
    camille.title("À refaire")
    copy = camille.page.url.removeprefix(demo_portal.url)
    assert cle_of(copy) != cle_of(address)
    assert people_of(demo_portal, copy) == 0
    camille.page.locator("#etapes").get_by_role("link", name="Pièces").click()
    expect(camille.page.locator("[aria-current=step]")).to_contain_text("2 pièces sur 2")
