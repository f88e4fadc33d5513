"""The pages of accesses of a very large company beside those of a small one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import insert, select

from bench.donnees import COURRIEL, MOT_DE_PASSE
from bench.mesure import WARM_UP, Call, Comparison
from monespace import horloge, migration
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Objet, Verbe
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.config import Config
from monespace.db import Database, session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, Etablissement, EtatRattachement, Rattachement
from monespace.organisations.octrois import Octroi
from monespace.portail import create_app
from tests.support.client import Client
from tests.support.entreprise import Societe, societe

ROUNDS = 100
# Établissements and requests that wait.
SIZES: Mapping[str, tuple[int, int]] = {"large": (2_000, 500), "small": (20, 5)}
C = frozenset({Verbe.CONSULTER})


@dataclass(frozen=True)
class Entreprise:
    """One portal with one company: its pages, asked for by its administrateur."""

    grille: Call
    boite: Call


def measure(folder: Path) -> dict[str, Comparison]:
    """Build both companies on SQLite files in `folder`, and compare their pages."""
    large, small = (_entreprise(folder / name, *size) for name, size in SIZES.items())
    return {
        "grid, 2 000 SIRETs": _compare(large.grille, small.grille),
        "inbox, 500 requests": _compare(large.boite, small.boite),
    }


def _compare(large: Call, small: Call) -> Comparison:
    # Both in turn; their sizes differ, as far as a page may show more rows.
    times = [(large()[0], small()[0]) for _ in range(WARM_UP + ROUNDS)]
    ours, theirs = zip(*times[WARM_UP:], strict=True)
    return Comparison(1000 * median(ours), 1000 * median(theirs))


def _entreprise(folder: Path, places: int, requests: int) -> Entreprise:
    folder.mkdir()
    config = Config.from_env({"DATA_DIR": str(folder)})
    migration.upgrade(config.database_url)
    app = create_app(config)
    opened = _fill(app.extensions["database"], places, requests)
    client = Client(app, checking=False)
    client.sign_in(COURRIEL, MOT_DE_PASSE)
    cookie = f"session={client.cookie()}"
    return Entreprise(
        Call(app.wsgi_app, f"/acces/demandes/{opened}", cookie),
        Call(app.wsgi_app, "/acces/demandes", cookie),
    )


def _fill(database: Database, places: int, requests: int) -> str:
    """The company, its administrateur, those who ask. Return the key of the oldest request."""
    hashed = hash_password(MOT_DE_PASSE)
    with database.transaction():
        company = societe()
        acteur = company.person("Martin", administrateur=True)
        person = session().get_one(Utilisateur, acteur.utilisateur_id)
        person.courriel, person.mot_de_passe = COURRIEL, hashed
        person.confirme_le = horloge.now()
        session().execute(insert(Etablissement), _etablissements(company, places))
        keys = [_request(company, rank) for rank in range(requests)]
    return keys[0]


def _etablissements(company: Societe, many: int) -> list[dict[str, object]]:
    return [
        {
            "siret": f"{company.organisation.siren}{rank + 100:05}",
            "entreprise_id": company.organisation.entreprise_id,
            "enseigne": f"Boutique {rank + 1}",
            "adresse": "1 rue du Port",
            "code_postal": "69001",
            "commune": "Lyon",
            "ape": "4639B",
        }
        for rank in range(many - 2)
    ]


def _request(company: Societe, rank: int) -> str:
    acteur = company.person(f"Personne {rank + 1}")
    rows = select(Rattachement).where(Rattachement.utilisateur_id == acteur.utilisateur_id)
    rattachement = session().scalars(rows).one()
    rattachement.etat = EtatRattachement.DEMANDE
    siret = company.siege.siret if rank % 2 else TOUS
    demande = DemandeAcces(
        jeton=uuid4().hex,
        organisation_id=company.organisation.id,
        utilisateur_id=acteur.utilisateur_id,
        rattachement_id=rattachement.id,
        genre=GenreDemande.RATTACHEMENT,
        message="Je reprends le suivi des formations.",
        droits=ecrits.to_json(frozenset({Octroi(Objet.DOSSIERS, siret, TOUS, C)})),
        cree_le=horloge.now(),
    )
    session().add(demande)
    session().flush()
    return demande.cle
