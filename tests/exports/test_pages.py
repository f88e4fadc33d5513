"""Ask from the list, follow, download: with and without htmx, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from jobs.execution import execute
from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.config import Config
from monespace.db import Database, session
from monespace.exports import actions, queries
from monespace.exports.models import EtatExport, Export
from monespace.portail import create_app
from monespace.queue import Travail
from tests.exports.classeur import read
from tests.support.client import AUTOSAVE, Answer, Client
from tests.support.entreprise import Societe
from tests.support.html import text_of

PASSWORD = "Un-mot-de-passe-2026"


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    with database.transaction():
        person = company.person("Martin")
        company.dossier(person, intitule="Le bon")
        company.dossier(person, intitule="L’autre", at=company.annexe)
        return person


SignIn = Callable[[Acteur], Client]


@pytest.fixture
def sign_in(config: Config, database: Database) -> Iterator[SignIn]:
    """Browsers of the same portal, one for each person."""
    app = create_app(config)

    def begin(acteur: Acteur) -> Client:
        with database.transaction():
            person = session().get_one(Utilisateur, acteur.utilisateur_id)
            person.mot_de_passe = hash_password(PASSWORD)
            courriel = person.courriel
        client = Client(app)
        client.sign_in(courriel, PASSWORD)
        return client

    yield begin
    app.extensions["database"].dispose()


@pytest.fixture
def client(sign_in: SignIn, rh: Acteur) -> Client:
    return sign_in(rh)


def ask(client: Client, query: str = "q=bon&tri=intitule") -> Answer:
    """Press «Exporter» on the list, and arrive on the page of the export."""
    return client.follow(client.submit(client.get(f"/dossiers?{query}"), "/exports"))


def told(answer: Answer) -> dict[str, str]:
    """What the page says was asked for."""
    terms, values = ([text_of(one) for one in answer.page.all(tag)] for tag in ("dt", "dd"))
    return dict(zip(terms, values, strict=True))


def run(config: Config, database: Database) -> None:
    with database.reading():
        travail = session().query(Travail.id).order_by(Travail.id.desc()).limit(1).scalar()
    execute(config, travail)


def test_the_file_of_exactly_the_list(
    client: Client, config: Config, database: Database, tmp_path: Path
) -> None:
    followed = ask(client)
    assert "Export en attente." in followed.text
    assert told(followed)["Numéro, intitulé, salarié ou organisme"] == "bon"
    run(config, database)
    followed = client.get(followed.path)
    assert "Votre fichier est prêt." in followed.text
    assert "1 dossier, " in followed.text
    answer = client.get(f"{followed.path}/fichier")

    (tmp_path / "reçu.xlsx").write_bytes(answer.body)
    titles = read(tmp_path / "reçu.xlsx")["Dossiers"].column(
        "Intitulé de la formation / diplôme visé"
    )
    assert titles == ["Le bon"]
    assert answer.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    assert "_dossiers_005720784.xlsx" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_double_click_makes_one_export(client: Client, database: Database) -> None:
    page = client.get("/dossiers")
    first = client.submit(page, "/exports")
    second = client.submit(page, "/exports")

    assert first.location == second.location
    assert client.get("/exports").text.count("En attente") == 1


def test_polling_ends_when_the_file_is_ready(
    client: Client, config: Config, database: Database
) -> None:
    path = ask(client).path
    headers = {**AUTOSAVE, "HX-Target": "section#avancement"}
    waiting = client.get(path, headers).body.decode()
    assert 'hx-trigger="click, every 2s"' in waiting
    assert ">Actualiser</a>" in waiting
    run(config, database)
    ready = client.get(f"{path}?dit=Export%20en%20attente.", headers).body.decode()

    assert ready.lstrip().startswith('<section id="avancement"')
    assert "hx-trigger" not in ready
    assert 'hx-swap-oob="innerHTML:#annonce">Votre fichier est prêt.<' in ready


def test_progress_is_shown_and_announced_by_quarters(client: Client, database: Database) -> None:
    path = ask(client).path
    with database.transaction():
        session().execute(
            update(Export).values(etat=EtatExport.EN_COURS, lignes_faites=3200, lignes_total=8450)
        )
    shown = client.get(path)
    assert "3\u00a0200 sur 8\u00a0450\u00a0dossiers" in shown.page.text
    headers = {**AUTOSAVE, "HX-Target": "avancement"}
    assert ">Export préparé à 25\u00a0%.<" in client.get(f"{path}?dit=", headers).body.decode()
    again = client.get(f"{path}?dit=Export préparé à 25\u00a0%25.", headers).body.decode()
    assert 'hx-swap-oob="innerHTML:#annonce"></div>' in again


@pytest.mark.parametrize("etat", list(EtatExport))
def test_every_state_has_its_page(client: Client, database: Database, etat: EtatExport) -> None:
    path = ask(client).path
    with database.transaction():
        session().execute(
            update(Export).values(etat=etat, message="Réessayez.", expire_le=Export.demande_le)
        )

    assert queries.STAGES[etat] in client.get(path).text
    assert client.get("/exports").status == 200
    expected = 404 if etat == EtatExport.PRET else 409
    assert client.get(f"{path}/fichier").status == expected


def test_nobody_else_sees_it(
    client: Client, sign_in: SignIn, config: Config, database: Database, company: Societe
) -> None:
    path = ask(client).path
    run(config, database)
    with database.transaction():
        chief = company.person("Chef", administrateur=True)
    other = sign_in(chief)

    assert [other.get(path).status, other.get(f"{path}/fichier").status] == [404, 404]
    assert "Vous n’avez pas encore demandé d’export." in other.get("/exports").text


def test_a_truncated_request_makes_nothing(client: Client) -> None:
    answer = client.post(
        "/exports", {"csrf_token": client.token(), "listing": "dossiers", "q": "bon"}
    )

    assert answer.status == 400
    assert "Vous n’avez pas encore demandé d’export." in client.get("/exports").text


@pytest.mark.parametrize("tri", ["\0", "x" * 9000, "maj; DROP TABLE", "inconnu"])
def test_an_unknown_order_is_the_usual_one(client: Client, tri: str) -> None:
    sent = {"csrf_token": client.token(), "listing": "dossiers", "tri": tri, "_fin": "1"}

    assert told(client.follow(client.post("/exports", sent)))["Ordre"] == "Mis à jour"


def test_an_expired_export_says_so(client: Client, config: Config, database: Database) -> None:
    path = ask(client).path
    run(config, database)
    with database.transaction():
        session().execute(update(Export).values(expire_le=Export.demande_le))
        actions.expire()

    assert "Ce fichier a expiré." in client.get(path).text
