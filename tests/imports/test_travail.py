"""Long files: read, taken and given back by the worker, once, whatever happens to a run."""

import pytest
from sqlalchemy import delete

from jobs.imports import Run, importer
from monespace import horloge
from monespace.acteur import Objet
from monespace.db import session
from monespace.imports import actions, lecture
from monespace.imports.models import EtatImport, Import
from monespace.organisations.models import TOUS, Habilitation
from monespace.queue import Fenced
from tests.imports.classeurs import TITRES, rows_of, salarie, texte, xlsx
from tests.imports.conftest import Entreprise
from tests.imports.gestes import Importateur
from tests.support.client import Answer

MANY = lecture.MOST_AT_ONCE + 3
POLLING = {"HX-Request": "true", "HX-Target": "avancement"}


def many(wrong: int = 2) -> bytes:
    rows = [salarie(rank) for rank in range(1, MANY + 1)]
    for rank in range(wrong):
        rows[100 * rank + 7] = salarie(100 * rank + 8, Nom=None)
    return texte([TITRES, *rows], ";").encode()


def previewed(entreprise: Entreprise, qui: Importateur) -> Answer:
    """A long file, up to its preview."""
    page = qui.envoyer("longue.csv", many())
    assert "Lecture du fichier" in page.text
    assert "Actualiser" in page.text
    assert entreprise.etats() == [EtatImport.EN_LECTURE]
    entreprise.travailler()
    fragment = qui.client.get(page.path, POLLING)
    assert "Vérifier" in fragment.text
    assert "hx-trigger" not in fragment.page.source
    return qui.client.get(page.path)


def confirmed(entreprise: Entreprise, qui: Importateur) -> Answer:
    """The same, once «Importer» is pressed: the worker has it."""
    page = previewed(entreprise, qui)
    page = qui.confirmer(page, etablissement=entreprise.societe.siege.siret)
    assert entreprise.etats() == [EtatImport.EN_COURS]
    assert entreprise.annuaire() == []
    return page


def test_a_long_file_goes_through_the_worker(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = confirmed(entreprise, qui)
    assert "Enregistrement des salariés" in page.text
    entreprise.travailler()

    assert "Voir le résultat" in qui.client.get(page.path, POLLING).text
    page = qui.client.get(page.path)
    assert len(entreprise.annuaire()) == MANY - 2
    (import_,) = entreprise.imports()
    assert import_.corrige in set(entreprise.stockage.keys())
    assert len(rows_of(qui.a_corriger(page))) == 2
    assert entreprise.travailler() == 0


def test_a_heavy_file_is_not_read_in_the_page(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    heavy = [(*salarie(rank), "x" * 40) for rank in range(1, 13_000)]
    page = qui.envoyer("lourde.csv", texte([(*TITRES, "Note"), *heavy], ";").encode())
    (import_,) = entreprise.imports()
    assert (import_.etat, import_.lecture) == (EtatImport.EN_LECTURE, "")
    entreprise.travailler()
    page = qui.client.get(qui.client.get(page.path).location or page.path)
    assert "Relier les colonnes" in page.text


def test_a_heavy_file_that_cannot_be_read(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = qui.envoyer("lourde.xlsx", b"PK\x03\x04" + bytes(2_000_000))
    entreprise.travailler()
    page = qui.client.get(page.path)
    assert "L’import n’a pas pu être fait" in page.text
    assert entreprise.etats() == [EtatImport.ECHEC]


def test_a_run_taken_for_dead_takes_nobody(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    confirmed(entreprise, qui)
    (import_,) = entreprise.imports()
    with entreprise.database.transaction():
        first = actions.claim(import_.id)
        assert actions.claim(import_.id) is None
    assert not importer(entreprise.database, entreprise.config, import_.id)
    later = horloge.now() + actions.SILENCE * 2
    with horloge.frozen(later), entreprise.database.transaction():
        assert actions.give_back_stale() == 1
    with entreprise.database.transaction():
        second = actions.claim(import_.id)
    assert first
    assert second

    with pytest.raises(Fenced):
        Run(entreprise.database, entreprise.config, import_.id, first).make()
    assert entreprise.annuaire() == []
    Run(entreprise.database, entreprise.config, import_.id, second).make()
    assert len(entreprise.annuaire()) == MANY - 2


def test_what_fails_by_accident_is_tried_again_then_told(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = confirmed(entreprise, qui)
    (import_,) = entreprise.imports()
    # The store has lost a byte of what was read.
    path = next(entreprise.config.data_dir.rglob(import_.lecture))
    kept = path.read_bytes()
    path.write_bytes(b"")
    entreprise.travailler()
    assert entreprise.etats() == [EtatImport.EN_COURS]
    path.write_bytes(kept)
    entreprise.travailler()
    assert entreprise.etats() == [EtatImport.FAIT]
    assert "Import terminé" in qui.client.get(page.path).text


def test_what_fails_three_times_is_over(entreprise: Entreprise) -> None:
    qui = entreprise.importateur()
    page = confirmed(entreprise, qui)
    (import_,) = entreprise.imports()
    next(entreprise.config.data_dir.rglob(import_.lecture)).write_bytes(b"")
    for _ in range(3):
        entreprise.travailler()
    assert entreprise.etats() == [EtatImport.ECHEC]
    assert import_.cle in qui.client.get(page.path).text
    entreprise.travailler()
    assert entreprise.travailler() == 0


def test_rights_are_read_again_by_the_worker(entreprise: Entreprise) -> None:
    qui = entreprise.importateur(entreprise.personne("Marie", salaries=TOUS))
    page = confirmed(entreprise, qui)
    with entreprise.database.transaction():
        session().execute(delete(Habilitation).where(Habilitation.objet == Objet.SALARIES))
    entreprise.travailler()
    assert entreprise.annuaire() == []
    assert "Demandez ce droit" in qui.client.get(page.path).text


def test_a_dossier_sent_meanwhile_takes_nobody(entreprise: Entreprise) -> None:
    cle = entreprise.dossier()
    qui = entreprise.importateur(dossier=cle)
    page = qui.envoyer("longue.xlsx", xlsx([TITRES, *[salarie(r) for r in range(MANY)]]))
    entreprise.travailler()
    page = qui.confirmer(qui.client.get(page.path))
    with entreprise.database.transaction():
        import_ = session().query(Import).one()
        assert import_.dossier
        session().delete(import_.dossier)
    entreprise.travailler()
    assert qui.client.get(page.path).status == 404
    assert entreprise.imports() == []
