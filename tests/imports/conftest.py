"""A company whose people may write in its directory, or not, each signed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from jobs.execution import execute
from monespace.acteur import Acteur, Objet
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.config import Config
from monespace.db import Database, session
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.imports.models import EtatImport, Import
from monespace.organisations.models import TOUS, Habilitation, Rattachement
from monespace.portail import create_app
from monespace.queue import Travail
from monespace.salaries.models import Salarie
from monespace.stockage import Stockage
from tests.imports.gestes import Importateur
from tests.support.client import Client
from tests.support.entreprise import Societe, societe

PASSWORD = "Un-mot-de-passe-2026"


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return Config(
        data_dir=tmp_path / "data",
        database_url=database_url,
        redis_url=f"unix://{tmp_path / 'nobody-listens'}",
        secret_key="0123456789abcdef0123456789abcdef",
    )


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    made = create_app(config)
    yield made
    made.extensions["database"].dispose()


@dataclass(frozen=True)
class Entreprise:
    """The company, and everything a test asks of its portal."""

    app: Flask
    config: Config
    societe: Societe
    rh: Acteur

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    @property
    def stockage(self) -> Stockage:
        found: Stockage = self.app.extensions["stockage"]
        return found

    def personne(self, nom: str, salaries: str = "", dossiers: str = TOUS) -> Acteur:
        """Somebody who may write in the directory of that SIRET, and in dossiers of another."""
        with self.database.transaction():
            acteur = self.societe.person(nom, dossiers)
            if salaries:
                rattachement = (
                    session()
                    .scalars(
                        select(Rattachement).where(
                            Rattachement.utilisateur_id == acteur.utilisateur_id
                        )
                    )
                    .one()
                )
                rattachement.habilitations.append(
                    Habilitation(objet=Objet.SALARIES, siret=salaries, consulter=True, saisir=True)
                )
        return acteur

    def importateur(self, acteur: Acteur | None = None, dossier: str = "") -> Importateur:
        """Somebody signed in; the HR manager by default."""
        with self.database.transaction():
            person = session().get_one(Utilisateur, (acteur or self.rh).utilisateur_id)
            person.mot_de_passe = hash_password(PASSWORD)
            courriel = person.courriel
        client = Client(self.app)
        client.sign_in(courriel, PASSWORD)
        return Importateur(client, dossier)

    def dossier(self, people: int = 0, acteur: Acteur | None = None) -> str:
        with self.database.transaction():
            return self.societe.dossier(acteur or self.rh, people=people).cle

    def annuaire(self) -> list[Salarie]:
        with self.database.reading():
            return list(session().scalars(select(Salarie).order_by(Salarie.id)))

    def stagiaires(self, cle: str) -> list[Stagiaire]:
        with self.database.reading():
            return list(
                session().scalars(
                    select(Stagiaire).join(Dossier).where(Dossier.cle == cle).order_by("rang")
                )
            )

    def en_attente(self, cle: str) -> list[EnAttente]:
        with self.database.reading():
            return list(
                session().scalars(select(EnAttente).join(Dossier).where(Dossier.cle == cle))
            )

    def imports(self) -> list[Import]:
        with self.database.reading():
            return list(session().scalars(select(Import).order_by(Import.id)))

    def etats(self) -> list[EtatImport]:
        return [one.etat for one in self.imports()]

    def travailler(self) -> int:
        """Do what waits for the worker; return how many jobs there were."""
        with self.database.reading():
            waiting = list(session().scalars(select(Travail.id).where(Travail.fini_le.is_(None))))
        for travail_id in waiting:
            execute(self.config, travail_id)
        return len(waiting)


@pytest.fixture
def entreprise(app: Flask, config: Config) -> Entreprise:
    """A company with two établissements and its HR manager, who may do everything."""
    database: Database = app.extensions["database"]
    with database.transaction():
        company = societe()
        rh = company.person("Martin", administrateur=True)
    return Entreprise(app, config, company, rh)
