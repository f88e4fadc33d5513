"""Dossiers of the small world, and of whoever needs a complete one."""

import io
import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal

from monespace import fichiers, horloge
from monespace.acteur import Acteur
from monespace.argent import euros
from monespace.db import session
from monespace.dossiers import actions, choices
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.models import Dossier, Lot, Statut
from monespace.dossiers.reading import declaration
from monespace.organisations.models import Etablissement
from monespace.stockage import Stockage
from tests.support import saisies
from tests.support.entreprise import Societe
from tests.support.fichiers import pdf
from tests.support.monde.connu import DossierConnu
from tests.support.monde.distribution import CONSEIL, Place
from tests.support.monde.personnes import lieux


def known_dossier(
    rang: int, place: Place, acteur: Acteur, societes: Mapping[str, Societe], stockage: Stockage
) -> DossierConnu:
    """A dossier brought to its place and state, every text of it marked."""
    mark = f"Kanari{rang:02}x"
    lieu = lieux(societes[place.societe])[place.etablissement]
    dossier = complet(acteur, place.dispositif, lieu, stockage, mark)
    avancer(dossier, acteur, place.statut, mark)
    session().flush()
    piece = dossier.pieces[0]
    return DossierConnu(
        place,
        dossier.id,
        dossier.cle,
        dossier.designation,
        mark,
        dossier.stagiaires[0].cle,
        piece.cle,
        piece.type,
    )


def lot_of(one: Societe, dossiers: Mapping[str, DossierConnu], parts: Sequence[str]) -> str:
    """These dossiers become the parts of one lot."""
    lot = Lot(
        organisation_id=one.organisation.id,
        reference=f"L-{one.organisation.id:08}",
        cree_le=horloge.now(),
    )
    session().add(lot)
    for part, nom in enumerate(parts, start=1):
        dossier = session().get_one(Dossier, dossiers[nom].id)
        dossier.lot, dossier.part = lot, part
    session().flush()
    return lot.cle


def complet(
    acteur: Acteur, code: str, lieu: Etablissement, stockage: Stockage, mark: str = "Atelier"
) -> Dossier:
    """A brouillon that lacks nothing, typed as a person would."""
    among = choices.lists(acteur, code)
    dossier = actions.start(acteur, dispositif(code), lieu, secrets.token_hex(16), among)
    typed = saisies.pdc(mark) if code == "PDC" else saisies.vae(mark)
    for step in declaration(dossier).steps:
        if step.name in typed:
            actions.save(acteur, dossier, step, typed[step.name], dossier.revision, among)
    names = {question.name for question in declaration(dossier).personnes.questions}
    person = {name: raw for name, raw in saisies.salarie(mark).items() if name in names}
    jeton = secrets.token_hex(16)
    actions.save_stagiaire(acteur, dossier, jeton, person, dossier.revision, among, 30)
    for expected in declaration(dossier).pieces:
        joindre(acteur, dossier, expected.type, stockage, f"{expected.type} {mark}.pdf")
    return dossier


def joindre(
    acteur: Acteur, dossier: Dossier, type_piece: str, stockage: Stockage, nom: str
) -> None:
    """Join a sound PDF."""
    contenu = pdf()
    sain = fichiers.FichierSain(nom, "application/pdf", "pdf", len(contenu), 1)
    depot = stockage.put(io.BytesIO(contenu))
    actions.attach(acteur, dossier, type_piece, sain, depot, secrets.token_hex(16))


def avancer(dossier: Dossier, acteur: Acteur, statut: Statut, mark: str = "Atelier") -> None:
    """Take a complete brouillon to that state, by the shortest way."""
    if statut is Statut.BROUILLON:
        return
    actions.submit(acteur, dossier, attested=True)
    if statut is Statut.TRANSMIS:
        return
    if statut is Statut.ANNULE:
        actions.cancel(CONSEIL, dossier, f"Demande retirée {mark}")
        return
    actions.take(CONSEIL, dossier)
    if statut is Statut.A_COMPLETER:
        actions.request_pieces(CONSEIL, dossier, f"Joignez la convention signée {mark}")
    elif statut is Statut.REFUSE:
        actions.refuse(CONSEIL, dossier, f"Hors délai {mark}")
    elif statut in (Statut.ENGAGE, Statut.SOLDE):
        accorde: dict[str, Decimal] = {
            ligne.poste: euros(ligne.demande_cents) for ligne in dossier.lignes
        }
        actions.grant(CONSEIL, dossier, accorde)
        if statut is Statut.SOLDE:
            actions.close(CONSEIL, dossier)
