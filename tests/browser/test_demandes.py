"""A request is examined and decided where it stands; without JavaScript on pages of their own."""

from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select

from monespace import horloge
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Objet, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.demo.comptes import CAMILLE
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, EtatRattachement, Rattachement
from monespace.organisations.octrois import Octroi
from tests.browser.visitor import Arrive, Visitor
from tests.support.live import LivePortal


@pytest.fixture
def asker(demo_portal: LivePortal) -> str:
    """The name of somebody who asks Maison Delorme to let them in."""
    with demo_portal.database.transaction():
        organisation_id = session().scalars(
            select(Rattachement.organisation_id)
            .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
            .where(Utilisateur.courriel == CAMILLE.courriel)
        )
        person = Utilisateur(
            courriel=f"{uuid4().hex}@delorme.example",
            prenom="Nadia",
            nom=f"Essai{uuid4().hex[:6]}",
            mot_de_passe="",
            cree_le=horloge.now(),
            confirme_le=horloge.now(),
        )
        session().add(person)
        session().flush()
        row = Rattachement(
            utilisateur_id=person.id,
            organisation_id=organisation_id.one(),
            etat=EtatRattachement.DEMANDE,
            cree_le=horloge.now(),
        )
        session().add(row)
        session().flush()
        wanted = Octroi(Objet.DOSSIERS, TOUS, TOUS, frozenset({Verbe.CONSULTER}))
        session().add(
            DemandeAcces(
                jeton=uuid4().hex,
                organisation_id=row.organisation_id,
                utilisateur_id=person.id,
                rattachement_id=row.id,
                genre=GenreDemande.RATTACHEMENT,
                droits=ecrits.to_json(frozenset({wanted})),
                cree_le=horloge.now(),
            )
        )
        return person.nom_complet


def request_of(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(".request").filter(has_text=name)


def waiting(visitor: Visitor) -> int:
    return int(visitor.page.locator("#pastille .badge").inner_text())


def test_a_request_is_decided_and_taken_back(arrive: Arrive, asker: str, script: bool) -> None:
    camille = arrive(script=script)
    camille.open("/acces/demandes")
    before = waiting(camille)
    request_of(camille, asker).get_by_role("link", name="Examiner et décider").click()
    camille.page.get_by_role("heading", name="Droits demandés").wait_for()
    if script:
        expect(camille.page.get_by_role("heading", name="Droits demandés")).to_be_focused()
        camille.page.evaluate("window.stays = true")
    camille.press("Approuver avec ces droits")

    notice = camille.page.locator(".notice-ok").filter(has_text=f"Accès de {asker} approuvé.")
    expect(notice).to_be_visible()
    expect(notice).to_be_focused()
    assert waiting(camille) == before - 1
    if script:
        assert camille.page.evaluate("window.stays") is True
        expect(camille.page.locator("#annonce")).to_have_text(f"Accès de {asker} approuvé.")
    camille.press("Annuler ma décision")
    expect(camille.page.get_by_text("La demande est de nouveau à traiter.")).to_be_visible()
    assert waiting(camille) == before


def test_the_grid_is_tried_before_it_is_given(arrive: Arrive, asker: str, script: bool) -> None:
    camille = arrive(script=script)
    camille.open("/acces/demandes")
    request_of(camille, asker).get_by_role("link", name="Examiner et décider").click()
    company = camille.page.get_by_role("row", name="Toute l’entreprise")
    company.get_by_role("group", name="Salariés").get_by_label("Saisir").check()
    camille.press("Voir ce qui change")
    expect(camille.page.get_by_text("Consulter et saisir les salariés")).to_be_visible()
    camille.press("Revenir à la grille")
    expect(company.get_by_role("group", name="Salariés").get_by_label("Saisir")).to_be_checked()
    for label in ("Saisir", "Consulter"):
        company.get_by_role("group", name="Salariés").get_by_label(label).uncheck()
    dossiers = company.get_by_role("group", name="Tous les dispositifs")
    dossiers.get_by_label("Consulter").uncheck()
    camille.press("Approuver avec ces droits")
    expect(camille.page.get_by_text("Aucun droit n’est coché.")).to_be_visible()
    expect(camille.page.locator(".errors")).to_be_focused()
    dossiers.get_by_label("Consulter").check()
    camille.press("Approuver avec ces droits")
    expect(camille.page.get_by_text(f"Accès de {asker} approuvé.")).not_to_have_count(0)


def test_what_follows_saisir_shows_with_it(arrive: Arrive, asker: str) -> None:
    camille = arrive()
    camille.open("/acces/demandes")
    request_of(camille, asker).get_by_role("link", name="Examiner et décider").click()
    camille.page.get_by_text("Transmettre et supprimer", exact=True).click()
    cell = camille.page.get_by_role("row", name="Toute l’entreprise").get_by_role(
        "group", name="Factures"
    )
    expect(cell.get_by_label("Transmettre")).to_be_hidden()
    cell.get_by_label("Saisir").check()
    expect(cell.get_by_label("Transmettre")).to_be_checked()
