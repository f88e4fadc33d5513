"""Each rule and each declaration taken away in turn: does the access matrix miss it?"""

import logging
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from monespace.acteur import Role
from monespace.comptes.models import Utilisateur
from monespace.dossiers.models import Dossier
from tests.support import attendus, permis
from tests.support.attendus import ANONYME
from tests.support.demandes import Demande, Demandes
from tests.support.matrice import Essai
from tests.support.mutants import Mutant, mutants
from tests.support.terrain import Terrain, fresh_terrain

SESSIONS = ("sessions",)


def take_away(database_url: str, folder: Path) -> Counter[str]:
    """Return how many mutants were made, and how many the matrix told from the portal.

    On SQLite alone: the rules are the same, and the matrix compares them on both.
    """
    if not database_url.startswith("sqlite"):
        return Counter()
    with fresh_terrain(database_url, folder) as terrain:
        logging.getLogger("monespace").setLevel(logging.CRITICAL)
        logging.getLogger("monespace.portail").setLevel(logging.CRITICAL)
        chasse = Chasse(terrain)
        chasse.expect_a_whole_portal()
        made = killed = 0
        for mutant in list(mutants(terrain.app)):
            made += 1
            if chasse.kills(mutant):
                killed += 1
            else:
                print(f"  survived: {mutant.name}", file=sys.stderr, flush=True)
        # Nor may anything that a mutant let through make the later ones seem to be killed.
        chasse.expect_a_whole_portal()
    return Counter(access_mutants=made, access_mutants_killed=killed)


class Chasse:
    """Everybody of the world, signed in, with everything they may try."""

    def __init__(self, terrain: Terrain) -> None:
        # A fault of the portal is an answer like another: it tells the mutant.
        terrain.app.config["PROPAGATE_EXCEPTIONS"] = False
        self._app: Flask = terrain.app
        before = terrain.photograph()
        self._roles = _roles(terrain)
        self._people = [
            (personne, Essai(terrain, personne, before), list(Demandes(terrain, personne)))
            for personne in attendus.DROITS
        ]
        self._terrain = terrain
        self._signed_in = terrain.photograph(SESSIONS)

    def _turn(self, essai: Essai) -> None:
        """Give the place to somebody else: who came before may have ended sessions, or moved them
        to another company."""
        self._terrain.put_back(self._signed_in)
        if essai.come_back():
            self._signed_in = self._terrain.photograph(SESSIONS)
        essai.look()

    def expect_a_whole_portal(self) -> None:
        """With nothing taken away the matrix finds nothing, or its kills would prove nothing."""
        found = []
        for _, essai, demandes in self._people:
            self._turn(essai)
            for demande in demandes:
                found += essai.faults(demande)
        assert not found, "\n".join(found[:20])

    def kills(self, mutant: Mutant) -> bool:
        """Does somebody, trying something, get what the table does not say?"""
        with mutant.without():
            return any(self._misses(mutant)) or any(
                essai.faults(demande) for essai, demande in self._tries(mutant)
            )

    def _misses(self, mutant: Mutant) -> Iterator[list[str]]:
        """What `policy` itself says wrongly of dossiers, for rules that no page shows alone."""
        if mutant.role and mutant.about and mutant.about[0] is Dossier:
            for personne, role in self._roles.items():
                if role is mutant.role:
                    yield permis.faults(self._terrain, personne)

    def _tries(self, mutant: Mutant) -> Iterator[tuple[Essai, Demande]]:
        """The requests that are about the same first."""
        for near in (2, 1, 0):
            for personne, essai, demandes in self._people:
                if mutant.role and self._roles[personne] is not mutant.role:
                    continue
                self._turn(essai)
                for demande in demandes:
                    if self._nearness(mutant, demande) == near:
                        yield essai, demande

    def _nearness(self, mutant: Mutant, demande: Demande) -> int:
        endpoint = demande.route.split(" ")[1]
        if mutant.endpoint:
            return 2 if endpoint == mutant.endpoint else 0
        about = getattr(self._app.view_functions[endpoint], "about", None)
        if about == mutant.about:
            return 2
        return int(about is not None and mutant.about is not None and about[0] is mutant.about[0])


def _roles(terrain: Terrain) -> dict[str, Role | None]:
    with terrain.database.reading() as session:
        by_courriel = {one.courriel: one.role for one in session.query(Utilisateur)}
    known = terrain.monde.courriels
    return {
        personne: None if personne == ANONYME else by_courriel[known[personne]]
        for personne in attendus.DROITS
    }
