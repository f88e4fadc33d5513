"""Who works for the OPCO is said from its terminal, and what each looks after follows at once."""

import pytest
from click.testing import Result

from monespace.comptes.models import Utilisateur
from tests.support.monde import FONDERIE
from tests.support.nouveaux import NORA, nouvelle
from tests.support.terrain import Terrain

SIREN = "999 012 586"


def run(terrain: Terrain, *args: str) -> Result:
    return terrain.app.test_cli_runner().invoke(args=("agents", *args))


def test_somebody_becomes_an_agent_and_looks_after_companies(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    assert client.get("/opco").status == 403
    assert run(terrain, "nommer", NORA, "conseiller").exit_code == 0
    assert client.get("/opco").status == 303
    assert "1\u00a0entreprise confiée" in run(terrain, "confier", NORA, SIREN).output
    assert "0\u00a0entreprise confiée" in run(terrain, "confier", NORA, SIREN).output
    with terrain.database.reading() as session:
        person = session.query(Utilisateur).filter_by(courriel=NORA).one()
        assert person.role == "conseiller"


def test_a_portfolio_ends_at_once(terrain: Terrain) -> None:
    courriel = terrain.monde.courriels["conseiller"]
    path = f"/opco/{terrain.monde.organisations[FONDERIE]}"
    client = terrain.client("conseiller")
    assert client.get(path).status == 404
    run(terrain, "confier", courriel, SIREN)
    assert client.get(path).status == 200
    run(terrain, "retirer", courriel, SIREN)
    assert client.get(path).status == 404
    assert run(terrain, "nommer", courriel, "aucun").exit_code == 0
    assert client.get("/opco").status == 303


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("nommer", "personne@nulle-part.example", "aef"), "Aucun compte"),
        (("confier", "9@monde.example", SIREN), "n’est pas un agent"),
        (("nommer", "0@monde.example", "aef"), "est rattaché à une entreprise"),
        (("confier", "CONSEILLER", "123456789"), "Aucune entreprise de la base"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    terrain: Terrain, args: tuple[str, ...], told: str
) -> None:
    before = terrain.fingerprint()
    named = [terrain.monde.courriels["conseiller"] if a == "CONSEILLER" else a for a in args]
    result = run(terrain, *named)

    assert result.exit_code == 1
    assert told in result.output
    assert terrain.fingerprint() == before
