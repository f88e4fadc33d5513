"""Every route × method × person × object: the status that was expected, nothing written by a
refusal, nothing read that is somebody else's."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask import Flask

from tests.support import attendus
from tests.support.attendus import ANONYME
from tests.support.client import Answer, Client
from tests.support.demandes import Demande, Demandes
from tests.support.monde import INVITES, Place
from tests.support.terrain import Rows, Terrain

# Signing out, and leaving the company one works for.
SESSION_ENDS = ("POST comptes.deconnexion", "POST acces.quitter")


@dataclass
class Constat:
    """How many answers were looked at, and what leaked or was refused wrongly."""

    checks: int = 0
    leaks: list[str] = field(default_factory=list)


def routes(app: Flask) -> frozenset[str]:
    """Every «METHOD endpoint» of the portal."""
    return frozenset(
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


def verify(terrain: Terrain) -> Constat:
    """Ask for everything as everybody."""
    constat = Constat()
    untold = routes(terrain.app) ^ attendus.toutes()
    constat.leaks += [f"the table and the portal differ on {route}" for route in sorted(untold)]
    before = terrain.photograph()
    for personne in attendus.DROITS:
        essai = Essai(terrain, personne, before)
        for demande in Demandes(terrain, personne):
            constat.checks += 1
            constat.leaks += essai.faults(demande)
    return constat


class Essai:
    """One person, who tries whatever they are told to; each try finds the world as it was."""

    def __init__(self, terrain: Terrain, personne: str, before: Rows) -> None:
        self._terrain = terrain
        self._personne = personne
        self._before = before
        self._client = self._signed_in()
        self._token = self._client.token()
        self._hidden = [
            one for one in terrain.monde.dossiers.values() if "C" not in self._droits(one.place)
        ]
        letters = attendus.ANNUAIRE.get(personne, ("", "", ""))
        people = zip(letters, terrain.monde.salaries.values(), strict=True)
        self._unknown = [one.mark for mine, one in people if "C" not in mine]
        self._unknown += [
            one.courriel
            for one in INVITES.values()
            if one.par not in (personne, attendus.CONFIE.get(personne))
        ]
        self._state = terrain.fingerprint()

    def come_back(self) -> bool:
        """Sign in again if the session was ended meanwhile. Was it?"""
        if self._personne == ANONYME or self._client.get("/connexion").status == 303:
            return False
        self._client = self._signed_in()
        self._token = self._client.token()
        return True

    def look(self) -> None:
        """Take the world for what it is now: somebody else signed in meanwhile."""
        self._state = self._terrain.fingerprint()

    def faults(self, demande: Demande) -> list[str]:
        """What the answer tells or did that it must not, or refused wrongly."""
        answer = self._ask(demande)
        where = f"{self._personne}: {demande.route} {demande.about}"
        found = [f"{where}: {fault}" for fault in self._faults(demande, answer)]
        self._start_again(demande)
        return found

    def _faults(self, demande: Demande, answer: Answer) -> Iterator[str]:
        if answer.status != demande.attendu:
            yield f"{answer.status}, not {demande.attendu}"
        if answer.status >= 400 and self._terrain.fingerprint() != self._state:
            yield "refused, and something was written"
        if demande.route in attendus.TOUT_VOIT:
            return
        for one in self._hidden:
            read = (one.mark, one.designation) + ((one.cle,) if one.cle != demande.cle else ())
            if any(word.encode() in answer.body for word in read):
                yield f"reads {one.mark} of {one.place}"
        for mark in self._unknown:
            if mark.encode() in answer.body:
                yield f"reads {mark}, of somebody they may not know"

    def _start_again(self, demande: Demande) -> None:
        if demande.reads:
            return
        changed = self._terrain.fingerprint() != self._state
        if changed:
            self._terrain.put_back(self._before)
        ended = demande.route in SESSION_ENDS and self._personne != ANONYME
        if ended:
            self._client = self._signed_in()
            self._token = self._client.token()
        if changed or ended:
            self._state = self._terrain.fingerprint()

    def _ask(self, demande: Demande) -> Answer:
        if demande.reads:
            return self._client.get(demande.path)
        sent = {"csrf_token": self._token, **demande.sent}
        return self._client.post(demande.path, sent, joints=demande.joints)

    def _signed_in(self) -> Client:
        personne = "" if self._personne == ANONYME else self._personne
        return self._terrain.client(personne, checking=False)

    def _droits(self, place: Place) -> str:
        return attendus.droits(self._personne, place)
