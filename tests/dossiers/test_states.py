"""An act moves the dossier from the states it may start from; elsewhere it changes nothing."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.argent import euros
from monespace.dossiers import actions
from monespace.dossiers.models import Demande, Dossier, Statut
from monespace.dossiers.states import Acte
from monespace.refus import Interdit, Refuse
from tests.dossiers.bureau import Bureau
from tests.support.monde import CONSEIL

LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def grant_everything(acteur: Acteur, dossier: Dossier) -> None:
    asked = {ligne.poste: euros(ligne.demande_cents) for ligne in dossier.lignes}
    actions.grant(acteur, dossier, asked)


# By the word that the journal keeps.
ACTES: Mapping[str, Callable[[Acteur, Dossier], None]] = {
    "transmettre": lambda acteur, dossier: actions.submit(acteur, dossier, attested=True),
    "instruire": actions.take,
    "demander_pieces": lambda acteur, dossier: actions.request_pieces(acteur, dossier, "RIB ?"),
    "repondre": lambda acteur, dossier: actions.answer(acteur, dossier, "Le voici."),
    "accorder": grant_everything,
    "refuser": lambda acteur, dossier: actions.refuse(acteur, dossier, "Hors délai"),
    "annuler": lambda acteur, dossier: actions.cancel(acteur, dossier, "Doublon"),
    "solder": actions.close,
}
# Who does it, and where it leads from each state it may start from. Written from the trade's
# life-cycle: nothing here is read from `states`.
VIE: Mapping[str, tuple[Role, Mapping[Statut, Statut]]] = {
    "transmettre": (Role.MEMBRE, {Statut.BROUILLON: Statut.TRANSMIS}),
    "instruire": (Role.CONSEILLER, {Statut.TRANSMIS: Statut.EN_INSTRUCTION}),
    "demander_pieces": (Role.CONSEILLER, {Statut.EN_INSTRUCTION: Statut.A_COMPLETER}),
    "repondre": (Role.MEMBRE, {Statut.A_COMPLETER: Statut.EN_INSTRUCTION}),
    "accorder": (Role.CONSEILLER, {Statut.EN_INSTRUCTION: Statut.ENGAGE}),
    "refuser": (
        Role.CONSEILLER,
        {Statut.EN_INSTRUCTION: Statut.REFUSE, Statut.A_COMPLETER: Statut.REFUSE},
    ),
    "annuler": (
        Role.CONSEILLER,
        {
            Statut.TRANSMIS: Statut.ANNULE,
            Statut.EN_INSTRUCTION: Statut.ANNULE,
            Statut.A_COMPLETER: Statut.ANNULE,
            Statut.ENGAGE: Statut.ANNULE,
        },
    ),
    "solder": (Role.CONSEILLER, {Statut.ENGAGE: Statut.SOLDE}),
}
# The second of two clicks on «Transmettre» is neither an act nor a fault.
AGAIN = ("transmettre", Statut.TRANSMIS)


def put(bureau: Bureau, cle: str, statut: Statut) -> None:
    """Bring the dossier to a state by force, with the request that À compléter supposes."""
    with bureau.ouvrir(cle) as dossier:
        dossier.statut = statut
        if statut is Statut.A_COMPLETER:
            now = horloge.now()
            dossier.demandes.append(Demande(message="RIB ?", echeance=now.date(), demandee_le=now))


def test_the_table_knows_every_act() -> None:
    assert set(ACTES) == set(VIE) == set(Acte)


@pytest.mark.parametrize("acte", list(VIE))
def test_an_act_starts_from_its_states_alone(bureau: Bureau, acte: str) -> None:
    by, path = VIE[acte]
    cle = bureau.complet()

    for statut in Statut:
        for acteur in (bureau.rh, CONSEIL):
            put(bureau, cle, statut)
            target = path.get(statut) if acteur.role is by else None
            if target:
                assert_moves(bureau, cle, acteur, acte, target)
            else:
                assert_changes_nothing(bureau, cle, acteur, acte, (acte, statut) == AGAIN)


def assert_moves(bureau: Bureau, cle: str, acteur: Acteur, acte: str, target: Statut) -> None:
    with horloge.frozen(LATER), bureau.ouvrir(cle) as dossier:
        ACTES[acte](acteur, dossier)
    with bureau.lire(cle) as dossier:
        last = journal.history(dossier)[0]
        assert (dossier.statut, dossier.statut_le, dossier.maj_le) == (target, LATER, LATER)
        assert (last.acte, last.auteur, last.instant) == (acte, acteur.nom, LATER)


def assert_changes_nothing(
    bureau: Bureau, cle: str, acteur: Acteur, acte: str, silent: bool
) -> None:
    before = bureau.photo()
    if silent:
        with bureau.ouvrir(cle) as dossier:
            ACTES[acte](acteur, dossier)
    else:
        with pytest.raises(Interdit, match="Rien n’a été modifié"), bureau.ouvrir(cle) as dossier:
            ACTES[acte](acteur, dossier)
    assert bureau.photo() == before


@pytest.mark.parametrize("acte", [actions.refuse, actions.cancel, actions.request_pieces])
def test_an_act_without_its_reason_changes_nothing(
    bureau: Bureau, acte: Callable[[Acteur, Dossier, str], None]
) -> None:
    cle = bureau.en_instruction()
    before = bureau.photo()

    for motif in ("", " \n\t"):
        with pytest.raises(Refuse, match="Indiquez le motif"), bureau.ouvrir(cle) as dossier:
            acte(CONSEIL, dossier, motif)
    assert bureau.photo() == before


def test_an_answer_that_says_and_joins_nothing_changes_nothing(bureau: Bureau) -> None:
    cle = bureau.en_instruction()
    with bureau.ouvrir(cle) as dossier:
        actions.request_pieces(CONSEIL, dossier, "Convention non signée")
    before = bureau.photo()

    with pytest.raises(Refuse, match="Joignez la pièce"), bureau.ouvrir(cle) as dossier:
        actions.answer(bureau.rh, dossier, "   ")
    assert bureau.photo() == before


def test_the_timeline_keeps_the_reasons_and_the_answers(bureau: Bureau) -> None:
    cle = bureau.en_instruction()
    with bureau.ouvrir(cle) as dossier:
        actions.request_pieces(CONSEIL, dossier, "  Convention non signée ")
    with horloge.frozen(LATER), bureau.ouvrir(cle) as dossier:
        actions.answer(bureau.rh, dossier, " La voici. ")
    with bureau.ouvrir(cle) as dossier:
        actions.refuse(CONSEIL, dossier, "Hors délai")

    with bureau.lire(cle) as dossier:
        assert dossier.motif == "Hors délai"
        assert dossier.demandes[0].repondue_le == LATER
        refused, answered, asked, *_ = journal.history(dossier)
    assert refused.details["motif"] == "Hors délai"
    assert answered.details["message"] == "La voici."
    assert asked.details["motif"] == "Convention non signée"
