"""An import in the real worker: done once, even when it is killed half-way."""

import io
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from jobs.ticker import Ticker
from monespace import horloge
from monespace.acteur import Acteur
from monespace.config import Config
from monespace.db import Database, session
from monespace.imports import actions, queries
from monespace.imports.actions import Choix, Envoye
from monespace.imports.cible import cible_of
from monespace.imports.lecture import plan_of, understand
from monespace.imports.models import EtatImport, Import
from monespace.salaries.models import Salarie
from monespace.stockage import Stockage
from monespace.tableur.lecture import read_text
from tests.imports.classeurs import TITRES, salarie, texte
from tests.jobs.conftest import Start, wait
from tests.support.entreprise import Societe

MANY = 3000


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    with database.transaction():
        return company.person("Martin", administrateur=True)


@pytest.fixture
def asked(database: Database, config: Config, company: Societe, rh: Acteur) -> int:
    """A long list, read and confirmed: the worker is to take it."""
    stockage = Stockage(config.data_dir / "fichiers")
    pasted = texte([TITRES, *(salarie(rank) for rank in range(1, MANY + 1))])
    feuilles = read_text(pasted)
    with database.reading():
        cible = cible_of(rh, None)
        plan = plan_of(cible, feuilles, {})
        comprise = understand(rh, cible, feuilles, plan, here=False)
    fichier = stockage.put(io.BytesIO(pasted.encode())).cle
    lecture = stockage.put(io.BytesIO(feuilles.to_bytes())).cle
    envoye = Envoye("liste.txt", fichier, lecture, comprise)
    with database.transaction():
        import_ = actions.receive(rh, None, envoye, "jeton", timedelta(hours=48))
        assert import_.etat is EtatImport.A_VERIFIER
        actions.ask(import_, Choix(company.siege.siret))
    return import_.id


def row(database: Database, import_id: int) -> Import:
    with database.reading():
        return session().get_one(Import, import_id)


def taken(database: Database) -> Counter[str]:
    with database.reading():
        return Counter(session().scalars(select(Salarie.identite)))


def test_a_list_is_taken_by_the_worker(database: Database, asked: int, start: Start) -> None:
    worker = start("jobs")
    wait(lambda: row(database, asked).etat is EtatImport.FAIT, "not taken")
    assert set(taken(database).values()) == {1}
    assert sum(taken(database).values()) == MANY
    assert worker.end() == 0


def test_a_run_killed_half_way_takes_nobody_twice(
    database: Database, config: Config, asked: int, start: Start
) -> None:
    first = start("jobs")
    wait(lambda: row(database, asked).course != "", "not begun", every=0.002)
    first.kill()
    assert row(database, asked).etat is EtatImport.EN_COURS
    assert taken(database) == Counter()

    ticker = Ticker(config)
    with horloge.frozen(horloge.now() + actions.SILENCE * 2):
        ticker.tick()
    ticker.close()
    start("jobs")
    wait(lambda: row(database, asked).etat is EtatImport.FAIT, "not taken again")
    assert sum(taken(database).values()) == MANY
    assert row(database, asked).essais == 2


def test_the_ticker_deletes_what_is_over(
    database: Database, config: Config, rh: Acteur, asked: int, start: Start
) -> None:
    start("jobs")
    wait(lambda: row(database, asked).etat is EtatImport.FAIT, "not taken")
    stockage = Stockage(config.data_dir / "fichiers")
    assert len(list(stockage.keys())) == 2
    ticker = Ticker(config)
    with horloge.frozen(horloge.now() + timedelta(hours=49)):
        ticker.tick()
    ticker.close()
    assert list(stockage.keys()) == []
    assert row(database, asked).etat is EtatImport.EXPIRE
    with database.reading():
        assert len(queries.mine(rh)) == 1
