"""The desk of the OPCO: what its staff see and do, and what they never do."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monespace import horloge
from monespace.acces.actions import welcome
from monespace.acces.models import (
    DemandeAcces,
    EtatDemande,
    EtatInvitation,
    GenreDemande,
    Invitation,
)
from monespace.acteur import Origine
from monespace.activation.models import CodeActivation, Courrier
from monespace.comptes.models import Utilisateur
from monespace.journal import Evenement
from monespace.notifications.models import Notification
from monespace.organisations.models import EtatRattachement, Organisation, Rattachement
from tests.support.monde import FONDERIE, HALLES, NOUVELLE
from tests.support.terrain import Terrain

OPCO = ("conseiller", "AEF")


def place(terrain: Terrain, nom: str, *rest: str) -> str:
    return "/".join(("/opco", terrain.monde.organisations[nom], *rest))


@pytest.mark.parametrize("who", OPCO)
def test_staff_see_the_companies_they_look_after_and_no_other(terrain: Terrain, who: str) -> None:
    client = terrain.client(who)
    listed = client.get("/opco").text

    assert "Les Halles d’Ajaccio" in listed
    assert "Nouvelle Enseigne" in listed
    assert "Fonderie Boréale" not in listed
    assert client.get(place(terrain, FONDERIE)).status == 404
    assert "Nouvelle Enseigne" in client.get("/opco?q=nouvelle").text
    assert "Nouvelle Enseigne" in client.get("/opco?q=999 045 503").text
    assert "Aucune entreprise de votre portefeuille" in client.get("/opco?q=fonderie").text


def test_a_letter_is_asked_for_once_and_the_company_reads_it(terrain: Terrain) -> None:
    client, path = terrain.client("AEF"), place(terrain, HALLES, "courrier")
    page = client.get(path)
    for _ in range(2):
        told = client.follow(client.submit(page, path))
        assert "Le courrier est demandé" in told.text

    assert "En attente d’impression" in told.text
    with terrain.database.reading() as session:
        waiting = session.scalars(select(Courrier).where(Courrier.tirage_id.is_(None))).all()
        assert [one.demande_par for one in waiting] == ["Dominique Aef"]
    administrateur = terrain.client("administrateur")
    assert "Nouveau courrier demandé" in administrateur.get("/acces/journal").text


def test_the_day_a_letter_came_moves_its_end(terrain: Terrain) -> None:
    client = terrain.client("conseiller")
    path = f"/opco/codes/{terrain.monde.codes[HALLES]}/reception"
    today = horloge.today()
    for day, told in (
        (today - timedelta(days=400), "indiquez un jour de réception"),
        (today + timedelta(days=1), "date"),
    ):
        blank = client.get(path)
        # Presumed in the days to come: nothing that would be refused is proposed.
        assert blank.page.value("recu-annee") == ""
        refused = client.submit(blank, path, written(day))
        assert refused.status == 422
        assert told in refused.text
        assert str(day.year) in refused.page.source
    assert client.submit(client.get(path), path, written(today)).status == 303
    with terrain.database.reading() as session:
        code = session.scalars(
            select(CodeActivation).where(CodeActivation.cle == terrain.monde.codes[HALLES])
        ).one()
        assert (code.recu_le, code.reception_constatee) == (today, True)


def written(day: object) -> dict[str, str]:
    year, month, number = str(day).split("-")
    return {"recu-jour": number, "recu-mois": month, "recu-annee": year}


def test_what_was_agreed_is_in_force_from_the_first_sign_in(terrain: Terrain) -> None:
    client, path = terrain.client("conseiller"), place(terrain, NOUVELLE, "predesigner")
    page = client.get(path)
    sent = client.submit(
        page, path, {"courriel": "Sans.Droit@Nouvelle.example", "*.d": ["c", "s"]}, "predesigner"
    )
    assert "s’ouvriront à sa première connexion" in client.follow(sent).text
    again = client.submit(
        page, path, {"courriel": "sans.droit@nouvelle.example", "*.d": ["c", "s"]}, "predesigner"
    )
    assert again.status == 303
    # Back, and another address: the form says that it served, and can be sent anew.
    other = client.submit(
        page, path, {"courriel": "autre@nouvelle.example", "*.d": ["c"]}, "predesigner"
    )
    assert other.status == 422
    assert "avait déjà servi" in other.text
    assert client.submit(other, path, button="predesigner").status == 303

    with terrain.database.transaction() as session:
        for courriel in ("future@nouvelle.example", "sans.droit@nouvelle.example"):
            welcome(newcomer(terrain, courriel))
        found = {
            one.administrateur: [h.objet for h in one.habilitations]
            for one in session.scalars(
                select(Rattachement).where(Rattachement.origine == Origine.PREDESIGNATION)
            )
        }
    assert found == {True: [], False: ["dossiers"]}
    # From then on rights are the company’s alone.
    assert client.get(path).status == 403
    assert (
        client.submit(page, path, {"courriel": "x@nouvelle.example"}, "predesigner").status == 403
    )
    assert "elle seule donne des droits" in client.get(place(terrain, NOUVELLE)).text


def test_a_company_that_opened_meanwhile_is_told_who_comes_in(terrain: Terrain) -> None:
    """What was agreed before still holds, and is the company's to undo."""
    with terrain.database.transaction() as session:
        agreed = session.scalars(
            select(Invitation).where(Invitation.courriel.startswith("future"))
        ).one()
        opened = newcomer(terrain, "premier@nouvelle.example")
        session.add(
            Rattachement(
                utilisateur_id=opened.id,
                organisation_id=agreed.organisation_id,
                etat=EtatRattachement.ACTIF,
                administrateur=True,
                cree_le=horloge.now(),
            )
        )
        welcome(newcomer(terrain, agreed.courriel))
        told = session.scalars(
            select(Notification.titre).where(Notification.utilisateur_id == opened.id)
        ).all()
    assert told == ["Ana Neuve administre maintenant Nouvelle Enseigne"]


DECIDED = (
    EtatRattachement.ACTIF,
    EtatRattachement.REFUSE,
    EtatRattachement.RETIRE,
    EtatRattachement.SUSPENDU,
)


@pytest.mark.parametrize("etat", DECIDED)
def test_what_the_company_decided_meanwhile_is_not_undone_by_what_was_agreed(
    terrain: Terrain, etat: EtatRattachement
) -> None:
    """Nothing opens, and it is said: the agreement is no longer shown as waiting or as used."""
    with terrain.database.transaction() as session:
        agreed = agreed_with(session)
        person = newcomer(terrain, agreed.courriel)
        there = attached(person, agreed, etat)
        session.add(there)
        session.flush()
        welcome(person)
        assert (there.etat, there.administrateur) == (etat, False)
        assert agreed.etat is EtatInvitation.ANNULEE
        told = session.scalars(select(Evenement.acte).where(Evenement.objet_id == agreed.id)).all()
        assert "écarter" in told


@pytest.mark.parametrize("refused", [True, False])
def test_asking_again_after_a_refusal_does_not_open_what_was_agreed(
    terrain: Terrain, refused: bool
) -> None:
    with terrain.database.transaction() as session:
        agreed = agreed_with(session)
        person = newcomer(terrain, agreed.courriel)
        there = attached(person, agreed, EtatRattachement.DEMANDE)
        session.add(there)
        session.flush()
        for etat in (EtatDemande.REFUSEE,) * refused + (EtatDemande.A_TRAITER,):
            session.add(
                DemandeAcces(
                    jeton=uuid4().hex,
                    organisation_id=agreed.organisation_id,
                    utilisateur_id=person.id,
                    rattachement_id=there.id,
                    genre=GenreDemande.RATTACHEMENT,
                    etat=etat,
                    cree_le=horloge.now(),
                )
            )
        session.flush()
        welcome(person)
        session.expire_all()
        waiting = session.scalars(
            select(DemandeAcces.id)
            .where(DemandeAcces.etat == EtatDemande.A_TRAITER)
            .where(DemandeAcces.utilisateur_id == person.id)
        ).all()
        # The request closes when the access opens, and waits for its answer otherwise.
        assert (there.etat is EtatRattachement.ACTIF, bool(waiting)) == (not refused, refused)


def agreed_with(session: Session) -> Invitation:
    return session.scalars(select(Invitation).where(Invitation.courriel.startswith("future"))).one()


def attached(person: Utilisateur, agreed: Invitation, etat: EtatRattachement) -> Rattachement:
    return Rattachement(
        utilisateur_id=person.id,
        organisation_id=agreed.organisation_id,
        etat=etat,
        cree_le=horloge.now(),
    )


def newcomer(terrain: Terrain, courriel: str) -> Utilisateur:
    from monespace.db import session

    person = Utilisateur(
        courriel=courriel,
        prenom="Ana",
        nom="Neuve",
        mot_de_passe="",
        cree_le=horloge.now(),
        confirme_le=horloge.now(),
    )
    session().add(person)
    session().flush()
    return person


def test_what_was_agreed_is_not_for_an_address_that_is_not_proved(terrain: Terrain) -> None:
    with terrain.database.transaction() as session:
        person = newcomer(terrain, "future@nouvelle.example")
        person.confirme_le = None
        welcome(person)
        assert (
            session.scalar(select(Rattachement).where(Rattachement.utilisateur_id == person.id))
            is None
        )


def test_what_was_agreed_may_be_cancelled_before(terrain: Terrain) -> None:
    client = terrain.client("AEF")
    path = f"/opco/predesignations/{terrain.monde.prevus[NOUVELLE]}/annuler"
    assert client.submit(client.get(path), path).status == 303
    with terrain.database.transaction() as session:
        agreed = session.scalars(
            select(Invitation).where(Invitation.courriel.startswith("future"))
        ).one()
        assert agreed.etat is EtatInvitation.ANNULEE
        welcome(newcomer(terrain, agreed.courriel))
        assert not session.scalars(
            select(Rattachement).where(Rattachement.origine == Origine.PREDESIGNATION)
        ).all()


def test_everything_staff_do_is_in_the_journal_of_the_company(terrain: Terrain) -> None:
    with terrain.database.reading() as session:
        organisation = session.scalars(
            select(Organisation).where(Organisation.cle == terrain.monde.organisations[NOUVELLE])
        ).one()
        acts = set(
            session.scalars(
                select(Evenement.acte).where(Evenement.organisation_id == organisation.id)
            )
        )
    assert "prédésigner" in acts


def test_no_page_of_staff_shows_a_code_or_its_hash(terrain: Terrain) -> None:
    client = terrain.client("conseiller")
    pages = [
        client.get(place(terrain, HALLES)),
        client.get(place(terrain, HALLES, "courrier")),
        client.get(f"/opco/codes/{terrain.monde.codes[HALLES]}/reception"),
    ]
    with terrain.database.reading() as session:
        kept = session.scalars(select(CodeActivation.empreinte)).all()
    assert kept
    for page in pages:
        assert page.status == 200
        assert not any(one in page.page.source for one in kept)
