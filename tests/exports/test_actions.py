"""The life of an export: one request makes one, one run at a time owns it, its file ends."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monespace import horloge, policy
from monespace.acteur import Acteur, Droit, Objet, Role, Verbe
from monespace.db import Database, Json, session
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions, perimetre, queries
from monespace.exports.actions import Fichier
from monespace.exports.dossiers import DOSSIERS
from monespace.exports.models import EtatExport, Export
from monespace.journal import Evenement
from monespace.policy import Can
from monespace.queue import Fenced, Travail
from monespace.refus import Conflit, Interdit, Introuvable
from monespace.stockage import Stockage
from tests.support.entreprise import Societe

KEPT = timedelta(hours=48)
WITHIN: list[Json] = [{"dispositif": None, "etablissements": None}]


@pytest.fixture
def rh(database: Database, company: Societe) -> Acteur:
    with database.transaction():
        return company.person("Martin")


@pytest.fixture
def stockage(tmp_path: Path) -> Stockage:
    return Stockage(tmp_path / "store")


@pytest.fixture
def asked(database: Database, rh: Acteur) -> int:
    """An export that waits for a run."""
    with database.transaction():
        return actions.request(rh, DOSSIERS, Filtre({"statut": "TRANSMIS"}, "debut"), "jeton").id


def claim(database: Database, export_id: int) -> str:
    with database.transaction():
        course = actions.claim(export_id)
    assert course
    return course


def publish(database: Database, stockage: Stockage, export_id: int) -> Export:
    """Run the export to its end, with a file of four bytes."""
    depot = stockage.put(io.BytesIO(b"xlsx"))
    course = claim(database, export_id)
    with database.transaction():
        actions.finish(export_id, course, Fichier("dossiers.xlsx", 7, WITHIN, depot), KEPT)
    return row(database, export_id)


def row(database: Database, export_id: int) -> Export:
    with database.reading():
        return session().get_one(Export, export_id)


def travaux(database: Database) -> int:
    with database.reading():
        return session().scalar(select(func.count()).select_from(Travail)) or 0


def test_a_request_is_a_row_a_job_and_a_line_of_the_journal(
    database: Database, rh: Acteur, asked: int
) -> None:
    export = row(database, asked)

    assert export.etat == EtatExport.EN_FILE
    assert queries.filtre_of(export) == Filtre({"statut": "TRANSMIS"}, "debut")
    assert travaux(database) == 1
    with database.reading():
        (line,) = session().scalars(select(Evenement).where(Evenement.objet == "exports"))
    assert (line.acte, line.objet_id, line.auteur) == ("exporter", asked, "Camille Martin")


def test_a_double_click_makes_one(database: Database, rh: Acteur, asked: int) -> None:
    with database.transaction():
        again = actions.request(rh, DOSSIERS, Filtre(), "jeton")

    assert again.id == asked
    assert travaux(database) == 1


def test_the_form_of_somebody_else_makes_nothing(
    database: Database, company: Societe, asked: int
) -> None:
    with database.transaction():
        other = company.person("Durand")
    with pytest.raises(Conflit), database.transaction():
        actions.request(other, DOSSIERS, Filtre(), "jeton")


@pytest.mark.parametrize("organisation_id", [1, None])
def test_without_any_right_there_is_nothing_to_export(
    database: Database, rh: Acteur, organisation_id: int | None
) -> None:
    nobody = Acteur(rh.utilisateur_id, rh.nom, Role.MEMBRE, organisation_id)
    with pytest.raises(Interdit), database.transaction():
        actions.request(nobody, DOSSIERS, Filtre(), "autre")


def test_one_run_owns_an_export(database: Database, asked: int) -> None:
    claim(database, asked)

    with database.transaction():
        assert actions.claim(asked) is None


def test_progress_is_kept_for_the_page(database: Database, asked: int) -> None:
    course = claim(database, asked)
    with database.transaction():
        actions.progress(asked, course, 250, 1000)

    export = row(database, asked)
    assert (export.lignes_faites, export.lignes_total) == (250, 1000)


def test_a_run_taken_for_dead_can_write_no_more(
    database: Database, stockage: Stockage, rh: Acteur, asked: int
) -> None:
    first = claim(database, asked)
    with horloge.frozen(horloge.now() + actions.SILENCE * 2), database.transaction():
        assert actions.give_back_stale() == 1
    second = claim(database, asked)
    depot = stockage.put(io.BytesIO(b"xlsx"))

    with pytest.raises(Fenced), database.transaction():
        actions.progress(asked, first, 1, 2)
    with pytest.raises(Fenced), database.transaction():
        actions.finish(asked, first, Fichier("x.xlsx", 7, WITHIN, depot), KEPT)
    with database.transaction():
        actions.fail(asked, first, "trop tard")
        actions.give_back(asked, first)
    export = row(database, asked)
    assert (export.etat, export.course, export.fichier) == (EtatExport.EN_COURS, second, "")


def test_a_live_run_is_left_alone(database: Database, asked: int) -> None:
    claim(database, asked)
    with horloge.frozen(horloge.now() + actions.SILENCE / 2), database.transaction():
        assert actions.give_back_stale() == 0


def test_a_stale_run_is_rung_again_then_given_up(database: Database, asked: int) -> None:
    instant = horloge.now()
    for _ in range(actions.MOST_RUNS):
        with horloge.frozen(instant):
            claim(database, asked)
        instant += actions.SILENCE * 2
        with horloge.frozen(instant), database.transaction():
            actions.give_back_stale()

    export = row(database, asked)
    assert export.etat == EtatExport.ECHEC
    assert export.cle in export.message
    assert travaux(database) == actions.MOST_RUNS


def test_a_file_is_given_whole(
    database: Database, stockage: Stockage, rh: Acteur, asked: int
) -> None:
    export = publish(database, stockage, asked)

    with queries.open_file(rh, export, stockage) as contenu:
        assert contenu.read() == b"xlsx"


def test_a_file_that_was_cut_is_not_given(
    database: Database, stockage: Stockage, rh: Acteur, asked: int
) -> None:
    export = publish(database, stockage, asked)
    export.taille += 1

    with pytest.raises(Conflit, match="incomplet"):
        queries.open_file(rh, export, stockage)


def test_a_file_is_not_given_before_it_is_ready(
    database: Database, stockage: Stockage, rh: Acteur, asked: int
) -> None:
    with pytest.raises(Conflit):
        queries.open_file(rh, row(database, asked), stockage)


def test_a_right_removed_since_closes_the_file(
    database: Database, stockage: Stockage, company: Societe, rh: Acteur, asked: int
) -> None:
    export = publish(database, stockage, asked)
    fewer = Acteur(
        rh.utilisateur_id,
        rh.nom,
        Role.MEMBRE,
        rh.organisation_id,
        droits=(
            Droit(
                Objet.DOSSIERS, frozenset({company.siege.id}), None, frozenset({Verbe.CONSULTER})
            ),
        ),
    )

    with pytest.raises(Interdit, match="droits"):
        queries.open_file(fewer, export, stockage)


PLACES = frozenset({Verbe.CONSULTER})


@pytest.mark.parametrize(
    ("kept", "covered"),
    [
        ([], True),
        ([{"dispositif": None, "etablissements": None}], False),
        ([{"dispositif": "PDC", "etablissements": None}], False),
        ([{"dispositif": "PDC", "etablissements": [1]}], True),
        ([{"dispositif": None, "etablissements": [1, 2]}], True),
        ([{"dispositif": None, "etablissements": [1, 3]}], False),
        ([{"dispositif": "APP", "etablissements": None}], True),
    ],
)
def test_what_rights_still_cover(kept: list[Json], covered: bool) -> None:
    acteur = Acteur(
        1,
        "x",
        Role.MEMBRE,
        1,
        droits=(
            Droit(Objet.DOSSIERS, frozenset({1}), None, PLACES),
            Droit(Objet.DOSSIERS, frozenset({2}), None, PLACES),
            Droit(Objet.DOSSIERS, None, "APP", PLACES),
        ),
    )

    assert perimetre.still_covers(acteur, Objet.DOSSIERS, kept) is covered
    now = perimetre.as_json(acteur, Objet.DOSSIERS)
    assert perimetre.still_covers(acteur, Objet.DOSSIERS, now)


def test_a_file_expires(database: Database, stockage: Stockage, rh: Acteur, asked: int) -> None:
    export = publish(database, stockage, asked)
    with horloge.frozen(horloge.now() + KEPT / 2), database.transaction():
        assert actions.expire() == []
    with horloge.frozen(horloge.now() + KEPT * 2), database.transaction():
        assert actions.expire() == [export.fichier]

    assert row(database, asked).etat == EtatExport.EXPIRE
    with pytest.raises(Conflit):
        queries.open_file(rh, row(database, asked), stockage)


def test_exports_are_one_s_own(
    database: Database, company: Societe, rh: Acteur, asked: int
) -> None:
    with database.transaction():
        chief = company.person("Chef", administrateur=True)
    with database.reading():
        assert [one.id for one in queries.mine(rh)] == [asked]
        assert queries.mine(chief) == []
        with pytest.raises(Introuvable):
            policy.load(chief, Export, row(database, asked).cle, Can.VIEW)
