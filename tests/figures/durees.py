"""How long it takes to be told nothing: the same, whether the account or the code exists or not.

Both are asked in turn, in one run on one machine, and their medians compared.
"""

import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median

from sqlalchemy import delete

from monespace.activation.codes import new_code
from monespace.comptes.models import Compteur
from tests.support.client import Client
from tests.support.courrier import issued
from tests.support.nouveaux import nouvelle
from tests.support.terrain import Terrain, fresh_terrain

PAIRS = 40
CODE = "/rattachement/code"
PAGE = f"{CODE}?profil=adherent&siren=005720784"
SIGN_UP = {
    "_champs": "profil prenom nom courriel",
    "profil": "adhérent",
    "prenom": "Nadia",
    "nom": "Petit",
    "mot_de_passe": "hibou tambour violette",
    "accord": "oui",
}

Essai = Callable[[], float]


@dataclass
class Chronometre:
    """Somebody who tries, and how long the answer took, in seconds."""

    terrain: Terrain
    client: Client
    page: str = "/connexion"
    _numbers: Iterator[int] = field(default_factory=count)

    def nobody(self) -> str:
        """An address that nobody ever typed."""
        return f"personne-{next(self._numbers)}@monde.example"

    def posting(self, path: str, sent: Callable[[], Mapping[str, str]]) -> Essai:
        token = self.client.get(self.page).page.token()

        def post() -> float:
            with self.terrain.database.transaction() as session:
                session.execute(delete(Compteur))
            body = {**sent(), "csrf_token": token, "_fin": "1"}
            started = time.perf_counter()
            answer = self.client.post(path, body)
            took = time.perf_counter() - started
            assert answer.status in (303, 422), answer.status
            return took

        return post


def answer_alike(database_url: str, folder: Path) -> Counter[str]:
    """Return, of all pairs of medians, the longer in percent of the shorter; and the tries."""
    with fresh_terrain(database_url, folder) as terrain:
        logging.getLogger("monespace").setLevel(logging.ERROR)
        tried, worst = 0, 0
        for name, ways in {**_accounts(terrain), **_codes(terrain)}.items():
            took = _medians(ways)
            ratio = round(100 * max(took) / min(took))
            told = ", ".join(f"{1000 * one:.1f} ms" for one in took)
            print(f"  {name}: {told} ({ratio} %)", file=sys.stderr, flush=True)
            tried, worst = tried + PAIRS * len(ways), max(worst, ratio)
    return Counter(unknown_time_percent=worst, unknown_tries=tried)


def _medians(ways: list[Essai]) -> list[float]:
    for way in ways:
        way()
    took = [[way() for way in ways] for _ in range(PAIRS)]
    return [median(one) for one in zip(*took, strict=True)]


def _accounts(terrain: Terrain) -> dict[str, list[Essai]]:
    """An ordinary account, one that administers, of the staff, none."""
    chrono = Chronometre(terrain, Client(terrain.app, checking=False))
    known = [terrain.monde.courriels[one] for one in ("consultation", "administrateur")]
    known += [terrain.monde.courriels["conseiller"]]
    addresses: list[Callable[[], str]] = [lambda one=one: one for one in known]  # type: ignore[misc]
    addresses.append(chrono.nobody)

    def asking(path: str, more: Mapping[str, str]) -> list[Essai]:
        return [
            chrono.posting(path, lambda one=one: {**more, "courriel": one()})  # type: ignore[misc]
            for one in addresses
        ]

    only = {"_champs": "courriel"}
    return {
        "sign-in": asking("/connexion", {"mot_de_passe": "faux"}),
        "sign-up": asking("/inscription", SIGN_UP),
        "another link": asking("/inscription/renvoyer", only),
        "forgotten password": asking("/mot-de-passe-oublie", only),
    }


def _codes(terrain: Terrain) -> dict[str, list[Essai]]:
    """An unknown SIREN, a company without a code, one with a code, that code once replaced."""
    former = issued(terrain, "005720784")
    issued(terrain, "005720784")
    chrono = Chronometre(terrain, nouvelle(terrain, "durees@nouvelle.example"), PAGE)
    tries: list[tuple[str, Callable[[], str]]] = [
        ("732829320", new_code),
        ("999012586", new_code),
        ("005720784", new_code),
        ("005720784", lambda: former),
    ]
    return {
        "code": [
            chrono.posting(
                CODE,
                lambda siren=siren, code=code: {  # type: ignore[misc]
                    "profil": "adherent",
                    "siren": siren,
                    "code": code(),
                },
            )
            for siren, code in tries
        ]
    }
