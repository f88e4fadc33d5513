"""Every route × method × person × object: the status that was expected, nothing written by a
refusal, nothing read that is somebody else's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, url_for

from monespace.dossiers.models import Statut
from tests.support import attendus
from tests.support.attendus import ANONYME, COMMENCER, PAR_PERSONNE, SUR_UN_DOSSIER, SUR_UN_EXPORT
from tests.support.client import Answer, Client, Joint
from tests.support.fichiers import jpg
from tests.support.monde import DossierConnu, Place
from tests.support.terrain import Rows, Terrain

NULLE_PART = "zzzzzzzzzzzz"
PIECE = Joint("nouvelle.jpg", jpg())
READS = ("GET", "HEAD", "OPTIONS")


@dataclass
class Constat:
    """How many answers were looked at, and what leaked or was refused wrongly."""

    checks: int = 0
    leaks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Demande:
    """One request, and the status it must get; `cle`: of the dossier that it names."""

    route: str
    path: str
    attendu: int
    about: str = ""
    sent: Mapping[str, str] = field(default_factory=dict)
    joints: Mapping[str, Joint] | None = None
    cle: str = ""


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
        _Essai(terrain, personne, before, constat).run()
    return constat


class _Essai:
    """Everything one person tries."""

    def __init__(self, terrain: Terrain, personne: str, before: Rows, constat: Constat) -> None:
        self._terrain = terrain
        self._personne = personne
        self._before = before
        self._constat = constat
        self._client = self._signed_in()
        self._token = self._client.token()
        self._hidden = [
            one for one in terrain.monde.dossiers.values() if "C" not in self._droits(one.place)
        ]
        self._state = terrain.fingerprint()

    def run(self) -> None:
        for demande in self._demandes():
            answer = self._ask(demande)
            self._constat.checks += 1
            for fault in self._faults(demande, answer):
                where = f"{self._personne}: {demande.route} {demande.about}"
                self._constat.leaks.append(f"{where}: {fault}")
            self._start_again(demande)

    def _faults(self, demande: Demande, answer: Answer) -> Iterator[str]:
        if answer.status != demande.attendu:
            yield f"{answer.status}, not {demande.attendu}"
        if answer.status >= 400 and self._terrain.fingerprint() != self._state:
            yield "refused, and something was written"
        for one in self._hidden:
            read = (one.mark, one.designation) + ((one.cle,) if one.cle != demande.cle else ())
            if any(word.encode() in answer.body for word in read):
                yield f"reads {one.mark} of {one.place}"

    def _start_again(self, demande: Demande) -> None:
        if demande.route.startswith(READS):
            return
        if demande.route == "POST comptes.deconnexion" and self._personne != ANONYME:
            self._client = self._signed_in()
            self._token = self._client.token()
        if self._terrain.fingerprint() != self._state:
            self._terrain.put_back(self._before)
            self._state = self._terrain.fingerprint()

    def _ask(self, demande: Demande) -> Answer:
        if demande.route.startswith(READS):
            return self._client.get(demande.path)
        sent = {"csrf_token": self._token, **demande.sent}
        return self._client.post(demande.path, sent, joints=demande.joints)

    def _signed_in(self) -> Client:
        personne = "" if self._personne == ANONYME else self._personne
        return self._terrain.client(personne, checking=False)

    def _droits(self, place: Place) -> str:
        return attendus.droits(self._personne, place)

    def _demandes(self) -> Iterator[Demande]:
        with self._terrain.app.test_request_context():
            found = [
                *self._on_dossiers(),
                *self._on_exports(),
                *self._starting(),
                *self._elsewhere(),
            ]
        yield from found

    def _on_dossiers(self) -> Iterator[Demande]:
        for route in SUR_UN_DOSSIER:
            for nom, dossier in self._terrain.monde.dossiers.items():
                yield self._on(route, nom, dossier, self._expected(route, dossier.place))
            stranger = next(iter(self._terrain.monde.dossiers.values()))
            missing = self._refused(route, 404)
            yield self._on(route, "nulle part", _nowhere(stranger), missing)

    def _on(self, route: str, nom: str, dossier: DossierConnu, attendu: int) -> Demande:
        endpoint = route.split(" ")[1]
        # Reading a file takes a tenth of a second: only who may see the dossier sends one.
        joins = endpoint == "dossiers.joindre" and attendu in (303, 403)
        parts: dict[str, Any] = {"cle": dossier.cle}
        if endpoint == "dossiers.telecharger":
            parts = {"cle": dossier.piece}
        elif endpoint in ("dossiers.etape", "dossiers.enregistrer"):
            parts["etape"] = "entreprise"
        elif endpoint == "dossiers.joindre":
            parts["type_piece"] = dossier.type_piece
        elif "retrait" in endpoint or endpoint in ("dossiers.retirer", "dossiers.salarie"):
            parts["salarie"] = dossier.salarie
        return Demande(
            route,
            url_for(endpoint, **parts),
            attendu,
            nom,
            CORPS.get(endpoint, FIN),
            {"fichier": PIECE} if joins else None,
            dossier.cle,
        )

    def _expected(self, route: str, place: Place) -> int:
        """404 what may not be seen, 403 what is seen and not allowed."""
        regle, letters = SUR_UN_DOSSIER[route], self._droits(place)
        if "C" not in letters:
            return self._refused(route, 404)
        if regle.droit not in letters or place.statut not in regle.etats:
            return 403
        return regle.succes

    def _refused(self, route: str, status: int) -> int:
        if self._personne != ANONYME:
            return status
        return 303 if route.startswith(READS) else 401

    def _on_exports(self) -> Iterator[Demande]:
        for route, success in SUR_UN_EXPORT.items():
            for owner, cle in {**self._terrain.monde.exports, "": NULLE_PART}.items():
                path = url_for(route.split(" ")[1], cle=cle)
                attendu = success if owner == self._personne else self._refused(route, 404)
                yield Demande(route, path, attendu, f"of {owner or 'nobody'}")

    def _starting(self) -> Iterator[Demande]:
        for societe, lieu, code in attendus.ZONES:
            siret = self._terrain.monde.sirets[societe, lieu]
            attendu = attendus.commencer(self._personne, (societe, lieu, code))
            sent = {"etablissement": siret, "dispositif": code, **FIN}
            path = url_for("dossiers.commencer")
            yield Demande(COMMENCER, path, attendu, f"{societe} {lieu} {code}", sent)

    def _elsewhere(self) -> Iterator[Demande]:
        for route in sorted(attendus.PUBLIQUES):
            endpoint = route.split(" ")[1]
            parts: dict[str, Any] = (
                {"filename": "css/monespace.css"} if endpoint == "static" else {}
            )
            yield Demande(route, url_for(endpoint, **parts), 200)
        for route in sorted(attendus.CONNECTEES):
            yield Demande(route, url_for(route.split(" ")[1]), self._refused(route, 200))
        for route, by_person in PAR_PERSONNE.items():
            attendu = by_person.get(self._personne, by_person[""])
            endpoint = route.split(" ")[1]
            yield Demande(route, url_for(endpoint), attendu, sent=CORPS.get(endpoint, FIN))


def _nowhere(like: DossierConnu) -> DossierConnu:
    place = Place("", "", "", Statut.BROUILLON)
    return DossierConnu(place, 0, NULLE_PART, "", "", NULLE_PART, NULLE_PART, like.type_piece)


FIN = {"_fin": "1"}
# What would be written, if it were let through.
CORPS: Mapping[str, Mapping[str, str]] = {
    "dossiers.enregistrer": {
        "_champs": "reference_interne",
        "reference_interne": "Changée",
        "_revision": "999",
        "suite": "continuer",
        **FIN,
    },
    "dossiers.enregistrer_salarie": {
        "_champs": "nom_naissance prenom",
        "nom_naissance": "Intrus",
        "prenom": "Un",
        "_revision": "999",
        "suite": "ajouter",
        **FIN,
    },
    "dossiers.transmettre": {"attestation": "oui", **FIN},
    "dossiers.repondre": {"message": "Voici la pièce.", **FIN},
    "comptes.se_connecter": {"courriel": "personne@monde.example", "mot_de_passe": "rien"},
}
