"""A very large company: 2 000 établissements, 5 000 people with rights, 500 000 dossiers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, select, text

from monespace.acteur import Objet
from monespace.comptes.models import Utilisateur
from monespace.db import Database, new_key, session
from monespace.dossiers.models import Dossier, Statut
from monespace.organisations.models import (
    TOUS,
    Etablissement,
    EtatRattachement,
    Habilitation,
    Rattachement,
)
from tests.support.entreprise import societe

ETABLISSEMENTS, PERSONNES, DOSSIERS = 2_000, 5_000, 500_000
BATCH = 10_000
SIREN = "005720784"
START = datetime(2025, 1, 6, 8, tzinfo=UTC)
# How many SIRETs each of the people that are measured has; none: the whole SIREN.
MEASURED = {"3 SIRETs": 3, "500 SIRETs": 500, "whole SIREN": 0}

Row = dict[str, Any]


@dataclass(frozen=True)
class Personne:
    """Somebody whose list is measured."""

    utilisateur: Utilisateur
    organisation_id: int


def fill(database: Database) -> dict[str, Personne]:
    """Write the company in an empty, migrated database. Return the people of MEASURED."""
    random = Random(2026)
    with database.transaction():
        company = societe(SIREN)
        organisation_id = company.organisation.id
        entreprise_id = company.organisation.entreprise_id
        # One company’s sizes differ: the first établissements have most of the dossiers.
        session().execute(insert(Etablissement), list(_etablissements(entreprise_id)))
        places = list(session().execute(select(Etablissement.id, Etablissement.siret)))
        people = {
            name: _person(organisation_id, random.sample([siret for _, siret in places], many))
            for name, many in MEASURED.items()
        }
        _others(random, organisation_id, [siret for _, siret in places])
        rows = _dossiers(random, organisation_id, [place for place, _ in places])
        while batch := list(islice(rows, BATCH)):
            session().execute(insert(Dossier), batch)
    with database.transaction() as opened:
        opened.execute(text("ANALYZE"))
    return people


def _etablissements(entreprise_id: int) -> Iterator[Row]:
    for rank in range(ETABLISSEMENTS - 2):
        yield {
            "siret": f"{SIREN}{rank + 100:05}",
            "entreprise_id": entreprise_id,
            "enseigne": f"Magasin {rank + 1}",
            "siege": False,
            "adresse": f"{rank + 1} rue du Marché",
            "code_postal": "01000",
            "commune": "Bourg-en-Bresse",
            "ape": "4711D",
        }


def _person(organisation_id: int, sirets: Sequence[str]) -> Personne:
    """Somebody who may see and write the dossiers of these SIRETs, of all when there are none."""
    person = _utilisateur(new_key())
    session().add(person)
    session().flush()
    session().add(
        Rattachement(
            utilisateur_id=person.id,
            organisation_id=organisation_id,
            etat=EtatRattachement.ACTIF,
            cree_le=START,
            habilitations=[
                Habilitation(objet=Objet.DOSSIERS, siret=siret, consulter=True, saisir=True)
                for siret in sirets or (TOUS,)
            ],
        )
    )
    session().flush()
    return Personne(person, organisation_id)


def _utilisateur(name: str) -> Utilisateur:
    return Utilisateur(
        courriel=f"{name}@entreprise.example",
        prenom="Camille",
        nom=name,
        mot_de_passe="",
        cree_le=START,
        confirme_le=START,
    )


def _others(random: Random, organisation_id: int, sirets: Sequence[str]) -> None:
    """Everybody else of the company, each with the rights of one to five SIRETs."""
    people = [_utilisateur(f"p{rank}") for rank in range(PERSONNES - len(MEASURED))]
    session().add_all(people)
    session().flush()
    session().add_all(
        Rattachement(
            utilisateur_id=person.id,
            organisation_id=organisation_id,
            etat=EtatRattachement.ACTIF,
            cree_le=START,
            habilitations=[
                Habilitation(objet=Objet.DOSSIERS, siret=siret, consulter=True)
                for siret in random.sample(sirets, random.randint(1, 5))
            ],
        )
        for person in people
    )
    session().flush()
    session().expunge_all()


def _dossiers(random: Random, organisation_id: int, places: Sequence[int]) -> Iterator[Row]:
    states = list(Statut)
    for rank in range(DOSSIERS):
        instant = START + timedelta(seconds=97 * rank)
        debut = date(2025, 2, 1) + timedelta(days=random.randrange(700))
        yield {
            "cle": new_key(),
            "jeton": f"{rank:032x}",
            "reference": f"B-{rank:08}",
            "organisation_id": organisation_id,
            "etablissement_id": random.choice(places),
            "dispositif": "PDC",
            "version_formulaire": "2026",
            "statut": random.choice(states),
            "revision": 1,
            "reponses": {},
            "saisies": {},
            "motif": "",
            "cree_le": instant,
            "maj_le": instant,
            "statut_le": instant,
            "intitule": f"Formation {rank % 997}",
            "tri_intitule": f"formation {rank % 997:03}",
            "date_debut": debut,
            "tri_debut": debut,
            "demande_cents": random.randrange(500_000),
            "accorde_cents": 0,
            "nb_stagiaires": 1,
        }
