"""What an import of SIRENE writes: nothing twice, nothing deleted, every change of siège told."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monespace import journal
from monespace.acteur import Acteur, Role
from monespace.db import Database, session
from monespace.journal import Evenement
from monespace.organisations import sirene
from monespace.organisations.actions import Bilan, Fichiers, import_sirene
from monespace.organisations.actions import sirene as batches
from monespace.organisations.models import Entreprise, Etablissement, Organisation, Profil
from tests.organisations.stocks import ETABLISSEMENTS, UNITES, Row, lieu, nic, unite, write

IMPORT = Acteur(None, "Import SIRENE", Role.CONSEILLER)
ONE, TWO = "999001001", "999002009"
SIEGE, OTHER = nic(ONE, 1), nic(ONE, 2)


@dataclass
class Portail:
    """A portal that imports what it is given."""

    database: Database
    folder: Path
    profils: Sequence[Profil] = field(default=(Profil.ADHERENT,))

    def take(self, units: Sequence[Row], places: Sequence[Row]) -> Bilan:
        fichiers = Fichiers(
            sirene.unites(write(self.folder / "u.csv", UNITES, units)),
            sirene.etablissements(write(self.folder / "e.csv", ETABLISSEMENTS, places)),
        )
        return import_sirene(
            IMPORT, fichiers, lambda siren: True, self.profils, self.database.transaction
        )

    def sieges(self) -> dict[str, str]:
        """The siège of each SIREN that has one."""
        with self.database.reading():
            flagged = session().scalars(select(Etablissement).where(Etablissement.siege)).all()
            assert len({one.entreprise_id for one in flagged}) == len(flagged)
            return {one.siret[:9]: one.siret for one in flagged}

    def place(self, siret: str) -> Etablissement:
        with self.database.reading():
            return (
                session().scalars(select(Etablissement).where(Etablissement.siret == siret)).one()
            )

    def events(self, acte: str) -> list[Evenement]:
        with self.database.reading():
            wanted = select(Evenement).where(Evenement.acte == acte).order_by(Evenement.id)
            return list(session().scalars(wanted))

    def count(self, model: type) -> int:
        with self.database.reading():
            return session().scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def portail(database: Database, tmp_path: Path) -> Portail:
    return Portail(database, tmp_path)


def company(siren: str = ONE, siege: str = SIEGE) -> tuple[list[Row], list[Row]]:
    return [unite(siren, siege)], [lieu(siren, nic(siren, rang)) for rang in (1, 2)]


def test_a_company_comes_with_its_places_and_its_space(portail: Portail) -> None:
    bilan = portail.take(*company())
    assert (bilan.entreprises_ajoutees, bilan.etablissements_ajoutes) == (1, 2)
    assert portail.sieges() == {ONE: ONE + SIEGE}
    with portail.database.reading():
        [space] = session().scalars(select(Organisation)).all()
        made = space.entreprise
        assert (space.profil, made.raison_sociale) == (Profil.ADHERENT, "ATELIER DU PORT")
        assert (made.effectif, made.idcc, made.branche, made.active) == (20, "", "", True)
        assert [one.acte for one in journal.history(space)] == ["ouvrir l’espace"]


def test_the_same_files_again_change_nothing(portail: Portail) -> None:
    portail.take(*company())
    before = portail.count(Evenement)
    bilan = portail.take(*company())
    assert bilan.nothing_changed
    assert portail.count(Evenement) == before
    assert (portail.count(Etablissement), portail.count(Organisation)) == (2, 1)


def test_both_profiles_are_two_spaces_and_none_is_none(portail: Portail) -> None:
    portail.profils = ()
    portail.take(*company())
    assert portail.count(Organisation) == 0
    portail.profils = tuple(Profil)
    assert portail.take(*company()).espaces_ouverts == 2
    portail.profils = (Profil.PRESTATAIRE,)
    portail.take(*company())
    assert portail.count(Organisation) == 2


def test_what_sirene_does_not_know_is_kept(portail: Portail) -> None:
    portail.take(*company())
    with portail.database.transaction():
        made = session().scalars(select(Entreprise)).one()
        made.idcc, made.branche, made.effectif = "1501", "Restauration rapide", 37
    portail.take(*company())
    with portail.database.reading():
        made = session().scalars(select(Entreprise)).one()
        assert (made.idcc, made.branche, made.effectif) == ("1501", "Restauration rapide", 37)


def test_a_new_siege_takes_the_flag_and_the_company_can_read_it(portail: Portail) -> None:
    portail.take(*company())
    bilan = portail.take(*company(siege=OTHER))
    assert portail.sieges() == {ONE: ONE + OTHER}
    assert bilan.sieges_changes.premiers == [f"{ONE} ATELIER DU PORT"]
    [event] = portail.events("changer le siège")
    assert event.details == {"avant": ONE + SIEGE, "apres": ONE + OTHER}
    assert event.organisation_id is not None
    assert portail.take(*company(siege=OTHER)).nothing_changed


def test_a_siege_that_is_not_in_the_files_leaves_none(portail: Portail) -> None:
    portail.take(*company())
    bilan = portail.take([unite(ONE, nic(ONE, 3))], [])
    assert portail.sieges() == {}
    assert bilan.sans_adresse.premiers == [f"{ONE} ATELIER DU PORT"]


def test_a_new_address_is_told_with_the_former_one(portail: Portail) -> None:
    portail.take(*company())
    moved = lieu(ONE, SIEGE, numeroVoie="8", indiceRepetition="")
    assert portail.take([unite(ONE, SIEGE)], [moved]).adresses_changees.nombre == 1
    assert portail.place(ONE + SIEGE).adresse == "8 AVENUE JEAN JAURES"
    [event] = portail.events("mettre à jour selon SIRENE")
    assert event.details == {
        "avant": {"adresse": "12 BIS AVENUE JEAN JAURES"},
        "apres": {"adresse": "8 AVENUE JEAN JAURES"},
    }


def test_an_address_withdrawn_from_publication_is_emptied_and_told(portail: Portail) -> None:
    portail.take(*company())
    assert portail.place(ONE + SIEGE).adressable
    hidden = lieu(ONE, SIEGE, libelleVoie="[ND]", numeroVoie="[ND]", codePostal="[ND]")
    bilan = portail.take([unite(ONE, SIEGE, statutDiffusion="P")], [hidden])
    assert bilan.sans_adresse.premiers == [f"{ONE} ATELIER DU PORT"]
    siege = portail.place(ONE + SIEGE)
    assert (siege.adresse, siege.code_postal, siege.adressable) == ("", "", False)


def test_a_name_that_is_not_published(portail: Portail) -> None:
    portail.take([unite(ONE, SIEGE, denomination="[ND]")], [])
    portail.take([unite(TWO, nic(TWO, 1))], [])
    portail.take([unite(TWO, nic(TWO, 1), denomination="[ND]")], [])
    with portail.database.reading():
        names = dict(session().execute(select(Entreprise.siren, Entreprise.raison_sociale)).all())
    assert names == {ONE: "Nom non publié", TWO: "ATELIER DU PORT"}


def test_what_ceased_stays_as_history(portail: Portail) -> None:
    portail.take(*company())
    bilan = portail.take(
        [unite(ONE, SIEGE, etatAdministratif="C")],
        [lieu(ONE, one, etatAdministratif="F") for one in (SIEGE, OTHER)],
    )
    assert bilan.cessees.premiers == [f"{ONE} ATELIER DU PORT"]
    siege = portail.place(ONE + SIEGE)
    assert (siege.actif, siege.siege, siege.adressable) == (False, True, False)
    with portail.database.reading():
        assert not session().scalars(select(Entreprise)).one().active
    assert portail.count(Organisation) == 1


def test_what_had_ceased_before_is_not_added(portail: Portail) -> None:
    bilan = portail.take(
        [unite(ONE, SIEGE, etatAdministratif="C"), unite(TWO, nic(TWO, 1))],
        [lieu(ONE, SIEGE), lieu(TWO, nic(TWO, 1)), lieu(TWO, nic(TWO, 2), etatAdministratif="F")],
    )
    assert bilan.cessees_ignorees == 1
    assert (portail.count(Entreprise), portail.count(Etablissement)) == (1, 1)


def test_wrong_lines_are_told_and_the_rest_is_taken(portail: Portail) -> None:
    bilan = portail.take(
        [unite("999001002", SIEGE), *company()[0]], [lieu(ONE, "00019"), *company()[1]]
    )
    assert bilan.ecarts.nombre == 2
    assert bilan.ecarts.premiers[0].startswith("u.csv, ligne 2, 999001002\u00a0: Ce SIREN")
    assert portail.count(Etablissement) == 2


def test_an_import_that_stops_is_begun_again(
    portail: Portail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever transaction it dies in, what is written is sound and the next run ends the work."""
    monkeypatch.setattr(batches, "BATCH", 1)
    rows = [company(one, nic(one, 1)) for one in (ONE, TWO)]
    units = [row for first, _ in rows for row in first]
    places = [row for _, second in rows for row in second]
    fichiers = Fichiers(
        sirene.unites(write(portail.folder / "u.csv", UNITES, units)),
        sirene.etablissements(write(portail.folder / "e.csv", ETABLISSEMENTS, places)),
    )
    for committed in range(8):
        with pytest.raises(KeyboardInterrupt):
            import_sirene(
                IMPORT,
                fichiers,
                lambda siren: True,
                portail.profils,
                _dying(portail.database, committed),
            )
        portail.sieges()
    portail.take(units, places)
    assert portail.sieges() == {one: one + nic(one, 1) for one in (ONE, TWO)}
    assert portail.take(units, places).nothing_changed


def _dying(database: Database, committed: int) -> Callable[[], AbstractContextManager[None]]:
    """Transactions of which only the first ones are committed; the next one is rolled back."""
    left = iter(range(committed))

    @contextmanager
    def transaction() -> Iterator[None]:
        with database.transaction():
            yield
            if next(left, None) is None:
                raise KeyboardInterrupt

    return transaction
