"""Brouillons made at once, for the tests that begin where the form is already filled in."""

from uuid import uuid4

from sqlalchemy import func, select

from monespace import horloge, policy
from monespace.comptes.models import Utilisateur
from monespace.db import Json, session
from monespace.demo.comptes import CAMILLE, Compte
from monespace.demo.entreprises import of
from monespace.dossiers import actions, choices
from monespace.dossiers.actions.revision import touch
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.models import Dossier, Piece, Stagiaire, Statut
from monespace.organisations.models import Etablissement, Profil
from tests.support.live import LivePortal

SIEGE = "99914250800012"
# Which of its établissements has one that was just sent is a matter of chance.
OF_DELORME = Dossier.etablissement.has(Etablissement.siret.startswith(SIEGE[:9]))


def empty_draft(portal: LivePortal, account: Compte = CAMILLE, **reponses: Json) -> str:
    """Start a brouillon of Delorme; return its address on the portal."""
    with portal.database.transaction():
        dossier = _start(account)
        dossier.reponses = {**dossier.reponses, **reponses}
        touch(dossier)
        return f"/dossiers/{dossier.cle}"


def complete_draft(portal: LivePortal, intitule: str) -> str:
    """A brouillon that only has to be sent: what an old dossier of the demo says."""
    with portal.database.transaction():
        sent = session().scalars(
            select(Dossier)
            .where(Dossier.statut == Statut.TRANSMIS, OF_DELORME)
            .order_by(Dossier.id)
        )
        model = sent.first()
        assert model is not None
        dossier = _start(CAMILLE)
        dossier.reponses = {**model.reponses, "intitule": intitule, "etablissement": SIEGE}
        dossier.stagiaires = [_person(one.rang, one.reponses) for one in model.stagiaires]
        dossier.pieces = [_piece(type_) for type_ in ("convention", "programme")]
        touch(dossier)
        return f"/dossiers/{dossier.cle}"


def full_but_one(portal: LivePortal, intitule: str) -> str:
    """A brouillon with one place left."""
    with portal.database.transaction():
        dossier = _start(CAMILLE)
        dossier.reponses = {**dossier.reponses, "intitule": intitule}
        dossier.stagiaires = [
            _person(rang, {"nom_naissance": f"Personne {rang}"})
            for rang in range(1, portal.config.max_stagiaires)
        ]
        touch(dossier)
        return f"/dossiers/{dossier.cle}"


def cle_of(address: str) -> str:
    return address.split("/")[2]


def people_of(portal: LivePortal, address: str) -> int:
    """How many people the dossier holds."""
    with portal.database.reading() as opened:
        return (
            opened.scalar(
                select(func.count(Stagiaire.id)).where(Stagiaire.dossier.has(cle=cle_of(address)))
            )
            or 0
        )


def number_of(portal: LivePortal, address: str) -> str | None:
    with portal.database.reading() as opened:
        return opened.scalar(select(Dossier.numero).where(Dossier.cle == cle_of(address)))


def _start(account: Compte) -> Dossier:
    person = (
        session().scalars(select(Utilisateur).where(Utilisateur.courriel == account.courriel)).one()
    )
    acteur = policy.acteur_of(person, of(account.siren, Profil.ADHERENT).id)
    siege = session().scalars(select(Etablissement).where(Etablissement.siret == SIEGE)).one()
    among = choices.lists(acteur, "PDC")
    return actions.start(acteur, dispositif("PDC"), siege, uuid4().hex, among)


def _person(rang: int, reponses: dict[str, Json]) -> Stagiaire:
    return Stagiaire(jeton=uuid4().hex, rang=rang, reponses=dict(reponses), saisies={})


def _piece(type_: str) -> Piece:
    return Piece(
        jeton=uuid4().hex,
        type=type_,
        nom=f"{type_}.pdf",
        type_mime="application/pdf",
        taille=1000,
        sha256="0" * 64,
        fichier=uuid4().hex,
        ajoutee_le=horloge.now(),
    )
