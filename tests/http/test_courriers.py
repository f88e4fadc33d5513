"""The page of letters: their life, their uses, a code that is stopped; the letters of the demo."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.acteur import Acteur, Role
from monespace.activation import actions
from monespace.activation.actions import Presse, draw
from monespace.activation.lettres import Expediteur
from monespace.activation.models import CodeActivation, UsagePour
from monespace.coffre import Coffre
from monespace.comptes.queries import by_email
from monespace.db import session
from monespace.demo import courriers
from monespace.notifications.models import Notification
from monespace.portail import create_app
from tests.activation.texte_pdf import codes_of
from tests.support.client import Client
from tests.support.terrain import Terrain


def acteur_of(terrain: Terrain, personne: str) -> Acteur:
    person = by_email(terrain.monde.courriels[personne])
    assert person is not None
    return Acteur(person.id, person.nom_complet, person.role)


def test_the_life_of_a_letter_is_told(terrain: Terrain) -> None:
    boss = terrain.client("administrateur")
    shown = boss.get("/acces/courriers").text
    assert "Kourrier00x" in shown
    assert "Kourrier01x" not in shown
    assert "présumée" in shown
    assert "Remis à La Poste" in shown
    with terrain.database.transaction() as opened:
        code = _code(terrain, "halles")
        actions.use(acteur_of(terrain, "sans droit"), code.id, UsagePour.VALIDER)
        code.recu_le = horloge.today() - timedelta(days=1)
        opened.flush()
    shown = boss.get("/acces/courriers").text
    assert "Dominique Sans droit" in shown
    assert "pour valider une demande" in shown
    assert "Valable" in shown


def test_an_administrateur_stops_a_code_after_a_confirmation(terrain: Terrain) -> None:
    boss = terrain.client("administrateur")
    path = f"/acces/courriers/{terrain.monde.codes['halles']}/arreter"
    assert path in boss.get("/acces/courriers").body.decode()
    assert "sans retour possible" in boss.get(path).text
    for _ in range(2):
        assert boss.post(path, {"csrf_token": boss.token(), "_fin": "1"}).status == 303
    with terrain.database.reading():
        code = _code(terrain, "halles")
        assert code.revoque_le is not None
        assert code.revoque_par == "Dominique Administrateur"
        # Nobody else administers it.
        told = session().scalars(select(Notification.titre)).all()
        assert not [titre for titre in told if "code d’activation" in titre]
    assert "par Dominique Administrateur" in boss.get("/acces/courriers").text
    assert "déjà arrêté" in boss.get(path).text
    cut = boss.post(path, {"csrf_token": boss.token()})
    assert cut.status == 400


def _code(terrain: Terrain, societe: str) -> CodeActivation:
    cle = terrain.monde.codes[societe]
    return session().scalars(select(CodeActivation).where(CodeActivation.cle == cle)).one()


@pytest.fixture
def letters(terrain: Terrain) -> Path:
    """A letter of each company, where the demo keeps them."""
    config = terrain.config
    presse = Presse(
        terrain.database, Coffre.of(config), Expediteur(config.opco, config.base_url), 5
    )
    with terrain.database.transaction():
        for code in session().scalars(select(CodeActivation)):
            actions.ask_reissue(courriers_service(), code.organisation)
    folder, many = draw(presse, courriers.folder_of(config))
    assert folder is not None
    assert many == len(terrain.monde.organisations)
    return folder


def courriers_service() -> Acteur:
    return Acteur(None, "Conseil", Role.CONSEILLER)


def test_the_demo_gives_its_letters_to_its_own_machine_only(
    terrain: Terrain, letters: Path
) -> None:
    here = terrain.client()
    listed = here.get("/demo/courriers")
    names = [one.name for one in letters.glob("*.pdf")]
    assert all(f"/demo/courriers/{name}" in listed.body.decode() for name in names)
    made = here.get(f"/demo/courriers/{names[0]}")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Cache-Control"] == "no-store"
    (code,) = codes_of(made.body)
    assert code not in listed.text
    for wrong in ("imprimeur.csv", "..%2F..%2Fsecret-key", ".verrou"):
        assert here.get(f"/demo/courriers/{wrong}").status == 404
    proxied = terrain.app.test_client().get(
        "/demo/courriers", headers={"X-Forwarded-For": "127.0.0.1"}
    )
    far = terrain.app.test_client().get(
        "/demo/courriers", environ_overrides={"REMOTE_ADDR": "192.0.2.7"}
    )
    assert (proxied.status_code, far.status_code) == (404, 404)


def test_a_production_has_no_such_page(terrain: Terrain, letters: Path) -> None:
    secret = "0123456789abcdefghijklmnopqrstuv"
    served = create_app(
        replace(terrain.config, mode="production", secret_key=secret, trusted_hosts=("localhost",))
    )
    assert served.test_client().get("/demo/courriers").status_code == 404
    served.extensions["database"].dispose()


def test_no_page_shows_a_code(terrain: Terrain, letters: Path) -> None:
    codes = [code for one in letters.glob("*.pdf") for code in codes_of(one.read_bytes())]
    assert len(codes) == len(terrain.monde.organisations)
    for personne in ("administrateur", "autre entreprise", "conseiller"):
        client: Client = terrain.client(personne)
        for path in ("/", "/acces/courriers", "/demo/courriers"):
            shown = client.get(path).text.replace(" ", "").replace("-", "")
            assert not [code for code in codes if code in shown]
