"""What was under way when a right was taken away ends there and then."""

import pytest
from sqlalchemy import delete, select, update

from jobs.exports import RIGHTS_GONE, exporter
from monespace.db import session
from monespace.exports.models import EtatExport, Export
from monespace.organisations.models import EtatRattachement, Habilitation, Rattachement
from tests.support.client import AUTOSAVE, Client
from tests.support.terrain import Terrain

SUIVI = {**AUTOSAVE, "HX-Target": "section#avancement"}
GONE = [EtatRattachement.RETIRE, EtatRattachement.SUSPENDU]


def end(terrain: Terrain, nom: str, etat: EtatRattachement) -> None:
    """Their access ends; their rows of rights stay, so that the state alone tells."""
    with terrain.database.transaction():
        session().execute(
            update(Rattachement)
            .where(Rattachement.cle == terrain.monde.rattachements[nom])
            .values(etat=etat)
        )


def take_rights(terrain: Terrain, nom: str) -> None:
    """They stay in the company without a right nor a role."""
    mine = Rattachement.cle == terrain.monde.rattachements[nom]
    with terrain.database.transaction():
        ids = select(Rattachement.id).where(mine)
        session().execute(delete(Habilitation).where(Habilitation.rattachement_id.in_(ids)))
        session().execute(update(Rattachement).where(mine).values(administrateur=False))


def asked(client: Client, terrain: Terrain) -> tuple[str, int]:
    """An export that waits for its run: its page and its id."""
    page = client.submit(client.get("/dossiers"), "/exports").location
    cle = page.rsplit("/", 1)[-1]
    with terrain.database.reading():
        return page, session().scalars(select(Export.id).where(Export.cle == cle)).one()


def test_an_export_that_waits_is_not_made_without_the_right(terrain: Terrain) -> None:
    _, export_id = asked(terrain.client("administrateur"), terrain)
    take_rights(terrain, "administrateur")

    assert exporter(terrain.database, terrain.config, export_id)
    with terrain.database.reading():
        export = session().get_one(Export, export_id)
    assert (export.etat, export.message, export.fichier) == (EtatExport.ECHEC, RIGHTS_GONE, "")


@pytest.mark.parametrize("etat", GONE)
def test_nothing_of_an_export_is_given_after_the_access(
    terrain: Terrain, etat: EtatRattachement
) -> None:
    """Its file, its page, and the block that its page asks for every two seconds."""
    client = terrain.client("administrateur")
    page, export_id = asked(client, terrain)
    assert exporter(terrain.database, terrain.config, export_id)
    given = client.get(f"{page}/fichier")
    assert given.status == 200, given.text
    assert client.get(page, SUIVI).status == 200
    end(terrain, "administrateur", etat)

    answers = [client.get(f"{page}/fichier"), client.get(page), client.get(page, SUIVI)]
    assert [one.status for one in answers] == [404, 404, 404]
    told = " ".join(one.body.decode() for one in answers)
    assert "Halles" not in told
    assert "005720784" not in told


@pytest.mark.parametrize("lost", [*GONE, None])
def test_what_was_previewed_is_not_done_without_the_power(
    terrain: Terrain, lost: EtatRattachement | None
) -> None:
    client = terrain.client("administrateur")
    grid = f"/acces/personnes/{terrain.monde.rattachements['consultation']}/droits"
    preview = client.submit(client.get(grid), grid, {"*.f": ["c"]}, "voir")
    assert preview.status == 200
    if lost:
        end(terrain, "administrateur", lost)
    else:
        take_rights(terrain, "administrateur")
    before = terrain.fingerprint()

    refused = client.submit(preview, f"{grid}/appliquer")
    assert refused.status == 404, refused.text
    assert terrain.fingerprint() == before
