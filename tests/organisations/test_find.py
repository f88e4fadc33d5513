"""Finding a company: by its numbers or its name, and nothing but what INSEE publishes."""

import pytest

from monespace import horloge
from monespace.comptes.models import Utilisateur
from monespace.db import Database, session
from monespace.organisations.models import (
    Entreprise,
    Etablissement,
    EtatRattachement,
    Organisation,
    Profil,
    Rattachement,
)
from monespace.organisations.queries import MOST_FOUND, Trouvee, find

SIREN = "999001001"
HALLES = Trouvee(SIREN, "Les Halles d’Ajaccio", "Nantes")


def company(siren: str, nom: str, active: bool = True) -> Entreprise:
    made = Entreprise(
        siren=siren, raison_sociale=nom, effectif=3, idcc="", branche="", active=active
    )
    made.etablissements = [
        Etablissement(
            siret=siren + nic,
            enseigne=nom,
            siege=commune == "Nantes",
            adresse="1 rue du Port",
            code_postal="44000",
            commune=commune,
            ape="4639B",
        )
        for nic, commune in (("00018", "Nantes"), ("00026", "Rennes"))
    ]
    session().add(made)
    session().flush()
    return made


@pytest.mark.parametrize(
    "typed",
    [
        "999001001",
        " 999 001 001 ",
        "999.001.001",
        "99900100100026",
        "999 001 001 00018",
        "halles",
        "LES HALLES D'AJACCIO",
        "Ajaccio hal",
        "d’ajaccio",
    ],
)
def test_one_company_by_what_people_type(database: Database, typed: str) -> None:
    with database.transaction():
        company(SIREN, "Les Halles d’Ajaccio")
        company("999002009", "Fonderie Boréale")
        assert find(typed) == [HALLES]


@pytest.mark.parametrize(
    "typed", ["", " ", "h", "%", "__", "999001002", "9990010", "halles fonderie", "\0"]
)
def test_nothing_by_what_names_nobody(database: Database, typed: str) -> None:
    with database.transaction():
        company(SIREN, "Les Halles d’Ajaccio")
        assert list(find(typed)) == []


def test_accents_hyphens_and_ligatures_do_not_matter(database: Database) -> None:
    with database.transaction():
        company(SIREN, "Le Cœur de Saint-Étienne")
        assert [one.siren for one in find("coeur saint etienne")] == [SIREN]
        assert [one.siren for one in find("SAINT-ETIENNE")] == [SIREN]


def test_a_new_name_is_found_and_the_former_one_is_not(database: Database) -> None:
    with database.transaction():
        made = company(SIREN, "Les Halles d’Ajaccio")
        made.raison_sociale = "Marché du Port"
        session().flush()
        assert [one.siren for one in find("marche port")] == [SIREN]
        assert list(find("halles")) == []


def test_twenty_at_most(database: Database) -> None:
    with database.transaction():
        for rang in range(MOST_FOUND + 5):
            company(f"9990{rang:05}", f"Alizés {rang}")
        assert len(find("alizes")) == MOST_FOUND


def test_what_ceased_is_found_by_its_number_only(database: Database) -> None:
    with database.transaction():
        company(SIREN, "Les Halles d’Ajaccio", active=False)
        assert find(SIREN) == [HALLES]
        assert list(find("halles")) == []


def test_a_company_without_siege_has_no_town(database: Database) -> None:
    with database.transaction():
        for place in company(SIREN, "Les Halles d’Ajaccio").etablissements:
            place.siege = False
        session().flush()
        assert [one.commune for one in find(SIREN)] == [""]


def test_whether_it_is_already_there_does_not_show(database: Database) -> None:
    """A space of either profile, an administrateur: the answer is the same."""
    with database.transaction():
        made = company(SIREN, "Les Halles d’Ajaccio")
        assert find("halles") == [HALLES]
        for profil in Profil:
            organisation = Organisation(entreprise=made, profil=profil)
            session().add(organisation)
            session().flush()
            assert find("halles") == find(SIREN) == [HALLES]
        person = Utilisateur(
            courriel="a@b.example", prenom="A", nom="B", mot_de_passe="", cree_le=horloge.now()
        )
        session().add(person)
        session().flush()
        session().add(
            Rattachement(
                utilisateur_id=person.id,
                organisation=organisation,
                etat=EtatRattachement.ACTIF,
                administrateur=True,
                cree_le=horloge.now(),
            )
        )
        session().flush()
        assert find("halles") == find(SIREN) == [HALLES]
