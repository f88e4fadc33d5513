"""Requests that nobody answers: administrateurs are reminded, then the asker is told."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import select

from monespace import journal
from monespace.acces.actions import remind
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.comptes.models import Utilisateur
from monespace.courriels.models import Courriel
from monespace.db import Database, session
from monespace.horloge import PARIS, frozen
from monespace.notifications.models import Notification
from monespace.organisations.models import EtatRattachement, Rattachement
from tests.support.entreprise import Societe, societe

# A Tuesday; the Wednesday after is Armistice Day.
ASKED = datetime(2026, 11, 10, 15, 0, tzinfo=PARIS)
THIRD = datetime(2026, 11, 16, 8, 0, tzinfo=PARIS)
TENTH = datetime(2026, 11, 25, 8, 0, tzinfo=PARIS)


@pytest.fixture
def company(database: Database) -> Societe:
    """With two administrateurs."""
    with database.transaction():
        made = societe()
        for nom in ("Albert", "Berthe"):
            made.person(nom, administrateur=True)
        return made


def ask(database: Database, company: Societe, nom: str = "Benali") -> int:
    with database.transaction():
        person = Utilisateur(
            courriel=f"{uuid4().hex}@ailleurs.example",
            prenom="Nora",
            nom=nom,
            mot_de_passe="",
            cree_le=ASKED,
        )
        session().add(person)
        session().flush()
        wanted = Rattachement(
            utilisateur_id=person.id,
            organisation_id=company.organisation.id,
            etat=EtatRattachement.DEMANDE,
            cree_le=ASKED,
        )
        session().add(wanted)
        session().flush()
        demande = DemandeAcces(
            jeton=uuid4().hex,
            organisation_id=company.organisation.id,
            utilisateur_id=person.id,
            rattachement_id=wanted.id,
            genre=GenreDemande.RATTACHEMENT,
            cree_le=ASKED,
        )
        session().add(demande)
        session().flush()
        return demande.id


def at(database: Database, instant: datetime) -> int:
    with frozen(instant), database.transaction():
        return remind()


def told(database: Database) -> list[tuple[str, str]]:
    """Who was told what, by name."""
    with database.reading():
        rows = session().execute(
            select(Utilisateur.nom, Notification.titre)
            .join(Notification, Notification.utilisateur_id == Utilisateur.id)
            .order_by(Notification.id)
        )
        return [(nom, titre) for nom, titre in rows]


def row(database: Database, demande_id: int) -> DemandeAcces:
    with database.reading():
        return session().get_one(DemandeAcces, demande_id)


def test_reminders_after_three_and_ten_working_days(database: Database, company: Societe) -> None:
    asked = ask(database, company)
    assert at(database, THIRD - timedelta(seconds=1)) == 0
    assert at(database, THIRD) == 1
    assert at(database, THIRD) == 0
    sentence = "La demande de Nora Benali attend votre décision depuis 3 jours ouvrés"
    assert told(database) == [("Albert", sentence), ("Berthe", sentence)]

    assert at(database, TENTH - timedelta(seconds=1)) == 0
    assert at(database, TENTH) == 1
    for days in range(40):
        assert at(database, TENTH + timedelta(days=days)) == 0
    later = told(database)[2:]
    assert [nom for nom, _ in later] == ["Albert", "Berthe", "Benali"]
    assert all("depuis 10 jours ouvrés" in titre for _, titre in later)
    assert row(database, asked).relances == 2
    with database.reading():
        acts = [one.acte for one in journal.history(row(database, asked))]
        mails = session().scalars(select(Courriel).order_by(Courriel.id)).all()
    assert acts == ["relancer", "relancer"]
    assert len(mails) == 5
    assert f"[[/acces/demandes/{row(database, asked).cle}]]" in mails[0].texte
    assert "[[/aide/contact?siren=005720784&profil=adh%C3%A9rent&sujet=acces]]" in mails[-1].texte


def test_a_ticker_that_slept_reminds_once(database: Database, company: Societe) -> None:
    ask(database, company)
    assert at(database, TENTH + timedelta(days=2)) == 1
    assert at(database, TENTH + timedelta(days=3)) == 0
    assert [nom for nom, _ in told(database)] == ["Albert", "Berthe", "Benali"]


@pytest.mark.parametrize("etat", [EtatDemande.APPROUVEE, EtatDemande.REFUSEE, EtatDemande.RETIREE])
def test_what_was_answered_is_left_in_peace(
    database: Database, company: Societe, etat: EtatDemande
) -> None:
    asked = ask(database, company)
    with database.transaction():
        session().get_one(DemandeAcces, asked).etat = etat
    assert at(database, TENTH) == 0
    assert told(database) == []


def test_without_an_administrateur_the_asker_is_still_told(database: Database) -> None:
    with database.transaction():
        alone = societe("005720785", "Sans personne")
    ask(database, alone)
    at(database, THIRD)
    at(database, TENTH)
    assert [nom for nom, _ in told(database)] == ["Benali"]


def test_a_very_long_name_keeps_nobody_from_being_reminded(
    database: Database, company: Societe
) -> None:
    ask(database, company, "B" * 100)
    with database.transaction():
        session().scalars(select(Utilisateur).where(Utilisateur.prenom == "Nora")).one().prenom = (
            "N" * 100
        )
    assert at(database, THIRD) == 1
    assert len(told(database)) == 2


def test_two_tickers_remind_once(database: Database, company: Societe) -> None:
    for number in range(10):
        ask(database, company, f"Personne{number}")
    together = Barrier(4)

    def tick() -> None:
        together.wait()
        at(database, THIRD)

    tickers = [Thread(target=tick) for _ in range(4)]
    for ticker in tickers:
        ticker.start()
    for ticker in tickers:
        ticker.join()
    at(database, THIRD)
    assert len(told(database)) == 20
    assert len(set(told(database))) == 20
