"""Everything one person may try on the portal, and the status each try must get."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from sqlalchemy import select

from monespace.acces.grille import digest
from monespace.coffre import Coffre
from monespace.dossiers.models import Dossier, Statut
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import from_json
from tests.support import attendus
from tests.support.attendus import (
    ANONYME,
    CODES,
    COMMENCER,
    PAR_PERSONNE,
    SUR_UN_CODE,
    SUR_UN_COURRIEL,
    SUR_UN_DOSSIER,
    SUR_UN_EXPORT,
    SUR_UN_IMPORT,
    SUR_UN_LOT,
    SUR_UN_SALARIE,
    SUR_UNE_DEMANDE,
    SUR_UNE_NOTIFICATION,
    SUR_UNE_SAISIE,
    SUR_UNE_SESSION,
)
from tests.support.client import Joint
from tests.support.fichiers import jpg
from tests.support.monde import LOTS, NOUVELLE, PERSONNES, DossierConnu, Place
from tests.support.terrain import Terrain

NULLE_PART = "zzzzzzzzzzzz"
PIECE = Joint("nouvelle.jpg", jpg())
READS = ("GET", "HEAD", "OPTIONS")


OF_A_STAGIAIRE = (
    "dossiers.retirer",
    "dossiers.salarie",
    "dossiers.comparer_a_l_annuaire",
    "dossiers.mettre_a_jour_l_annuaire",
)


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

    @property
    def reads(self) -> bool:
        return self.route.startswith(READS)


class Demandes:
    """Every route, on every object, as this person."""

    def __init__(self, terrain: Terrain, personne: str) -> None:
        self._terrain = terrain
        self._personne = personne

    def __iter__(self) -> Iterator[Demande]:
        with self._terrain.app.test_request_context():
            found = [
                *self._on_dossiers(),
                *self._on_lots(),
                *self._on_salaries(),
                *self._on_people(),
                *self._on_invitations(),
                *self._on_exports(),
                *self._on_imports(),
                *self._on_codes(),
                *self._at_the_opco(),
                *self._on_sessions(),
                *self._on_notifications(),
                *self._on_requests_to_decide(),
                *self._on_rattachements(),
                *self._on_requests(),
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
        elif endpoint in ("dossiers.confirmer_retour", "dossiers.revenir"):
            # The moment at which it stands: there is nothing to change.
            parts["revision"] = self._revision(dossier.cle)
        elif endpoint == "dossiers.joindre":
            parts["type_piece"] = dossier.type_piece
        elif "retrait" in endpoint or endpoint in OF_A_STAGIAIRE:
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

    def _revision(self, cle: str) -> int:
        with self._terrain.database.reading() as session:
            return session.scalar(select(Dossier.revision).where(Dossier.cle == cle)) or 1

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

    def _on_lots(self) -> Iterator[Demande]:
        for route, (droit, success) in SUR_UN_LOT.items():
            for nom, cle in {**self._terrain.monde.lots, "": NULLE_PART}.items():
                places = [self._terrain.monde.dossiers[part].place for part in LOTS.get(nom, ())]
                step: dict[str, Any] = {"etape": "entreprise"} if droit else {}
                path = url_for(route.split(" ")[1], cle=cle, **step)
                attendu = self._on_parts(route, places, droit, success)
                sent = CORPS.get(route.split(" ")[1], FIN)
                yield Demande(route, path, attendu, f"lot {nom or 'nowhere'}", sent)

    def _on_parts(self, route: str, places: Sequence[Place], droit: str, success: int) -> int:
        if not any("C" in self._droits(place) for place in places):
            return self._refused(route, 404)
        allowed = any(
            droit in self._droits(place) and place.statut is Statut.BROUILLON for place in places
        )
        return 403 if droit and not allowed else success

    def _on_salaries(self) -> Iterator[Demande]:
        letters = attendus.ANNUAIRE.get(self._personne, ("", "", ""))
        for route, (droit, success) in SUR_UN_SALARIE.items():
            endpoint = route.split(" ")[1]
            for mine, (nom, one) in zip(letters, self._terrain.monde.salaries.items(), strict=True):
                attendu = success if droit in mine else 403 if mine else self._refused(route, 404)
                path, sent = url_for(endpoint, cle=one.cle), CORPS.get(endpoint, FIN)
                yield Demande(route, path, attendu, nom, sent)
            missing = self._refused(route, 404)
            yield Demande(route, url_for(endpoint, cle=NULLE_PART), missing, "nulle part")

    def _on_people(self) -> Iterator[Demande]:
        mine = attendus.PERSONNES.get(self._personne, {})
        for route, (droit, success) in attendus.SUR_UNE_PERSONNE.items():
            endpoint = route.split(" ")[1]
            for nom, cle in {**self._terrain.monde.rattachements, "": NULLE_PART}.items():
                letters = mine.get(nom, "")
                attendu = success if droit in letters else 403
                if not letters:
                    attendu = self._refused(route, 404)
                elif route == "POST acces.quitter" and droit in letters and self._alone:
                    attendu = 422
                path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
                yield Demande(route, path, attendu, f"access of {nom or 'nobody'}", sent)

    @property
    def _alone(self) -> bool:
        return self._personne in attendus.SEULS

    def _on_invitations(self) -> Iterator[Demande]:
        known = {self._personne, attendus.CONFIE.get(self._personne)}
        for owner, cle in {**self._terrain.monde.invitations, "": NULLE_PART}.items():
            for route, success in attendus.SUR_UNE_INVITATION.items():
                attendu = success if owner in known else self._refused(route, 404)
                path = url_for(route.split(" ")[1], cle=cle)
                yield Demande(route, path, attendu, f"invitation by {owner or 'nobody'}", FIN)
        for route, (bare, signed) in attendus.LIEN_D_INVITATION.items():
            path = url_for(
                route.split(" ")[1], cle=next(iter(self._terrain.monde.invitations.values()))
            )
            signature = Coffre.of(self._terrain.config).sign(path)
            for address, status in ((path, bare), (f"{path}?s={signature}", signed)):
                stopped = self._personne == ANONYME and not route.startswith(READS)
                yield Demande(route, address, 401 if stopped else status, "by its link", FIN)

    def _on_exports(self) -> Iterator[Demande]:
        for route, success in SUR_UN_EXPORT.items():
            for owner, cle in {**self._terrain.monde.exports, "": NULLE_PART}.items():
                path = url_for(route.split(" ")[1], cle=cle)
                attendu = success if owner == self._personne else self._refused(route, 404)
                yield Demande(route, path, attendu, f"of {owner or 'nobody'}")

    def _on_imports(self) -> Iterator[Demande]:
        for route, success in SUR_UN_IMPORT.items():
            for owner, cle in {**self._terrain.monde.imports, "": NULLE_PART}.items():
                path = url_for(route.split(" ")[1], cle=cle)
                attendu = success if owner == self._personne else self._refused(route, 404)
                yield Demande(route, path, attendu, f"import of {owner or 'nobody'}", FIN)

    def _on_codes(self) -> Iterator[Demande]:
        known = CODES.get(self._personne, {})
        for route, success in SUR_UN_CODE.items():
            for societe, cle in {**self._terrain.monde.codes, "": NULLE_PART}.items():
                stops = known.get(societe)
                attendu = success if stops else self._refused(route, 404 if stops is None else 403)
                path = url_for(route.split(" ")[1], cle=cle)
                yield Demande(route, path, attendu, f"code of {societe or 'nowhere'}", FIN)

    def _at_the_opco(self) -> Iterator[Demande]:
        monde, mine = self._terrain.monde, attendus.SUIVIES.get(self._personne, ())
        home = attendus.CHEZ_SOI.get(self._personne)
        open_there = {NOUVELLE} & {*mine}
        for table, keys, allowed, seen in (
            (attendus.SUR_UNE_ENTREPRISE, monde.organisations, {*mine}, {*mine, home}),
            (attendus.AVANT_OUVERTURE, monde.organisations, open_there, {*mine, home}),
            (attendus.SUR_UNE_RECEPTION, monde.codes, {*mine}, {*CODES.get(self._personne, ())}),
            (attendus.SUR_UN_PREVU, monde.prevus, open_there, open_there),
        ):
            for route, success in table.items():
                endpoint = route.split(" ")[1]
                for societe, cle in {**keys, "": NULLE_PART}.items():
                    attendu = success if societe in allowed else 403
                    if societe not in allowed | seen:
                        attendu = self._refused(route, 404)
                    path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
                    yield Demande(route, path, attendu, f"{societe or 'nowhere'}", sent)

    def _on_sessions(self) -> Iterator[Demande]:
        """One’s own alone: those of somebody else do not exist."""
        for table, keys in (
            (SUR_UNE_SESSION, self._terrain.monde.sessions),
            (SUR_UNE_SAISIE, self._terrain.monde.saisies),
        ):
            for route, success in table.items():
                for owner, cle in {**keys, "": NULLE_PART}.items():
                    path = url_for(route.split(" ")[1], cle=cle)
                    attendu = success if owner == self._personne else self._refused(route, 404)
                    yield Demande(route, path, attendu, f"of {owner or 'nobody'}", FIN)

    def _on_notifications(self) -> Iterator[Demande]:
        for route, success in SUR_UNE_NOTIFICATION.items():
            for owner, cle in {**self._terrain.monde.notifications, "": NULLE_PART}.items():
                path = url_for(route.split(" ")[1], cle=cle)
                attendu = success if owner == self._personne else self._refused(route, 404)
                yield Demande(route, path, attendu, f"told to {owner or 'nobody'}", FIN)
        for route, status in SUR_UN_COURRIEL.items():
            yield Demande(route, url_for(route.split(" ")[1], cle=NULLE_PART), status, "nulle part")

    def _on_requests_to_decide(self) -> Iterator[Demande]:
        for route, success in SUR_UNE_DEMANDE.items():
            endpoint = route.split(" ")[1]
            for whose, cle in {**self._terrain.monde.demandes, "": NULLE_PART}.items():
                attendu = self._refused(route, 404)
                if whose and self._personne in ("administrateur", "accès confiés"):
                    attendu = success
                elif whose == self._personne:
                    attendu = 403
                path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
                yield Demande(route, path, attendu, f"request of {whose or 'nobody'}", sent)

    def _on_rattachements(self) -> Iterator[Demande]:
        for route, success in attendus.SUR_UN_RATTACHEMENT.items():
            for whose, cle in {**self._terrain.monde.rattachements, "": NULLE_PART}.items():
                mine = whose == self._personne
                seen = mine or self._sees_accesses_of(whose)
                attendu = 403 if seen else self._refused(route, 404)
                if mine and whose not in attendus.NULLE_PART:
                    attendu = success
                path = url_for(route.split(" ")[1], cle=cle)
                yield Demande(route, path, attendu, f"rattachement of {whose or 'nobody'}", FIN)

    def _on_requests(self) -> Iterator[Demande]:
        for route, success in attendus.SUR_SA_DEMANDE.items():
            for whose, cle in {**self._terrain.monde.demandes, "": NULLE_PART}.items():
                seen = self._sees_accesses_of(whose)
                attendu = 403 if seen else self._refused(route, 404)
                if whose == self._personne:
                    attendu = success
                path = url_for(route.split(" ")[1], cle=cle)
                yield Demande(route, path, attendu, f"request of {whose or 'nobody'}", FIN)

    def _sees_accesses_of(self, whose: str) -> bool:
        """Who governs the accesses of a company sees everybody of it."""
        governs = {"administrateur": "halles", "accès confiés": "halles"}
        chief = {**governs, "autre entreprise": "fonderie"}.get(self._personne)
        return bool(chief and whose) and PERSONNES[whose].societe == chief

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
        for route in sorted(attendus.PAR_LIEN):
            path = url_for(route.split(" ")[1], cle=NULLE_PART, s="0" * 64)
            yield Demande(route, path, 410, sent=FIN)
        for route, named in attendus.NULLE_LETTRE.items():
            where: dict[str, Any] = dict(named)
            yield Demande(route, url_for(route.split(" ")[1], **where), 404)
        for route in sorted(attendus.CONNECTEES):
            yield Demande(route, url_for(route.split(" ")[1]), self._refused(route, 200))
        for route, by_person in PAR_PERSONNE.items():
            attendu = by_person.get(self._personne, by_person[""])
            endpoint = route.split(" ")[1]
            yield Demande(route, url_for(endpoint), attendu, sent=CORPS.get(endpoint, FIN))

    def _droits(self, place: Place) -> str:
        return attendus.droits(self._personne, place)


def _nowhere(like: DossierConnu) -> DossierConnu:
    place = Place("", "", "", Statut.BROUILLON)
    return DossierConnu(place, 0, NULLE_PART, "", "", NULLE_PART, NULLE_PART, like.type_piece)


FIN = {"_fin": "1"}
# What would be written, if it were let through.
CORPS: Mapping[str, Mapping[str, str]] = {
    "acces.decider": {
        "_lignes": TOUS,
        "_colonnes": "d",
        "_base": digest(frozenset(), from_json([["dossiers", TOUS, TOUS, ["consulter"]]])),
        f"{TOUS}.d": "c",
        "suite": "approuver",
        **FIN,
    },
    "acces.confirmer_refus": {"motif": "Pas cette année.", **FIN},
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
    "dossiers.enregistrer_repartition": {"mode": "equilibrer", "parties": "2", **FIN},
    "lots.transmettre": {"attestation": "oui", **FIN},
    "salaries.enregistrer": {"_champs": "emploi", "emploi": "Intrus", "_base": "", **FIN},
    "salaries.noter_depart": {
        "_champs": "le",
        "le-jour": "1",
        "le-mois": "1",
        "le-annee": "2099",
        **FIN,
    },
    "acces.enregistrer_dates": {"_champs": "debut fin", **FIN},
    "salaries.enregistrer_nir": {"nir": "290057505600112", **FIN},
    "dossiers.transmettre": {"attestation": "oui", **FIN},
    "dossiers.repondre": {"message": "Voici la pièce.", **FIN},
    "comptes.changer_identite": {
        "_champs": "prenom nom telephone",
        "prenom": "Intrus",
        "nom": "Un",
        "telephone": "",
        **FIN,
    },
    "comptes.choisir_courriels": {"_champs": "courriels", "courriels": "aucun", **FIN},
    "comptes.demander_adresse": {
        "_champs": "courriel",
        "courriel": "autre@monde.example",
        **FIN,
    },
    "comptes.se_connecter": {"courriel": "personne@monde.example", "mot_de_passe": "rien"},
}
