"""A portal on real servers whose web workers can be killed, and the people who work there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import psutil

from monespace import migration
from monespace.acteur import Acteur
from monespace.autonome.children import Group
from monespace.coffre import Coffre
from monespace.comptes.actions import equip
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.db import session
from monespace.dossiers.models import Dossier
from monespace.organisations.models import Etablissement
from monespace.stockage import Stockage
from tests.figures.navigateur import Navigateur
from tests.support.codes import SECRET, code_of
from tests.support.entreprise import Societe, societe
from tests.support.live import LivePortal
from tests.support.monde import complet
from tests.support.portal import is_alive

COLLEAGUES = 4
MOT_DE_PASSE = "Figures-2026-Figures"
# One is always left to serve while another one starts again.
WEB_WORKERS = "3"


class Site(LivePortal):
    """A web server on one database, with one company and a few administrators of it."""

    def __init__(self, group: Group, folder: Path, database_url: str) -> None:
        super().__init__(group, folder, database_url, f"unix://{folder}/nobody-listens")
        self._environ["WEB_CONCURRENCY"] = WEB_WORKERS
        self._stockage = Stockage(folder / "fichiers")
        self._coffre = Coffre.of(self.config)
        hashed = hash_password(MOT_DE_PASSE)
        with self.database.transaction():
            self._societe = societe()
            self._acteurs = [
                _open_account(self._societe, rank, hashed, self._coffre)
                for rank in range(COLLEAGUES)
            ]

    @property
    def siret(self) -> str:
        return self._societe.siege.siret

    @property
    def acteur(self) -> Acteur:
        """One of the colleagues, for what is done without a browser."""
        return self._acteurs[0]

    def browser(self, rank: int = 0) -> Navigateur:
        """The browser of one of the colleagues."""
        return Navigateur(self.port, _courriel(rank % COLLEAGUES), MOT_DE_PASSE, self._code)

    def brouillon(self, people: int) -> str:
        """Start a dossier with that many people. Return its key."""
        with self.database.transaction():
            return self._societe.dossier(self._acteurs[0], people, self._siege()).cle

    def complet(self) -> str:
        """Fill in a dossier that lacks nothing. Return its key."""
        with self.database.transaction():
            return complet(self._acteurs[0], "PDC", self._siege(), self._stockage).cle

    def dossier(self, cle: str) -> Dossier:
        """The dossier as it stands, in the running transaction."""
        return session().query(Dossier).where(Dossier.cle == cle).one()

    def kill_a_worker(self, random: Random) -> bool:
        """Kill one web worker, whatever it does. Return False if there was none to kill."""
        assert self._web is not None
        workers = [one for one in psutil.Process(self._web.pid).children() if is_alive(one)]
        if not workers:
            return False
        random.choice(workers).kill()
        return True

    def _code(self, courriel: str) -> str:
        return code_of(self.database, self._coffre, courriel)

    def _siege(self) -> Etablissement:
        return session().get_one(Etablissement, self._societe.siege.id)


@contextmanager
def site(database_url: str, folder: Path) -> Iterator[Site]:
    """A running web server on an empty database, migrated here."""
    migration.upgrade(database_url)
    with Group() as group:
        running = Site(group, folder, database_url)
        running.start_web()
        yield running
        running.database.dispose()


def _courriel(rank: int) -> str:
    return f"collegue-{rank}@halles.example"


def _open_account(company: Societe, rank: int, hashed: str, coffre: Coffre) -> Acteur:
    acteur = company.person(f"Collègue {rank}", administrateur=True)
    person = session().get_one(Utilisateur, acteur.utilisateur_id)
    person.courriel, person.mot_de_passe = _courriel(rank), hashed
    equip(person, SECRET, coffre)
    return acteur
