"""The OPCO's acts from a terminal: what they do, what they refuse, what they say."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from click.testing import Result
from sqlalchemy import select

from monespace import journal
from monespace.db import session
from monespace.dossiers.models import Dossier, LigneCout, Statut
from tests.support.terrain import Terrain


def run(terrain: Terrain, *args: str) -> Result:
    return terrain.app.test_cli_runner().invoke(args=args)


def act(terrain: Terrain, acte: str, dossier: str, *options: str) -> str:
    """Do it, and return what was said."""
    numero = terrain.monde.dossiers[dossier].designation
    result = run(terrain, "dossiers", acte, numero, *options)
    assert result.exit_code == 0, result.output
    return result.output


def refused(terrain: Terrain, *args: str) -> str:
    """Try it, check that nothing has changed, and return the reason given."""
    before = terrain.fingerprint()
    result = run(terrain, *args)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert terrain.fingerprint() == before
    return result.output


def state(terrain: Terrain, dossier: str) -> Statut:
    with terrain.database.reading():
        return session().get_one(Dossier, terrain.monde.dossiers[dossier].id).statut


def lines(terrain: Terrain, dossier: str) -> Sequence[LigneCout]:
    dossier_id = terrain.monde.dossiers[dossier].id
    with terrain.database.reading():
        return (
            session()
            .scalars(
                select(LigneCout).where(LigneCout.dossier_id == dossier_id).order_by(LigneCout.rang)
            )
            .all()
        )


def test_a_dossier_is_taken_granted_whole_and_paid_up(terrain: Terrain) -> None:
    said = act(terrain, "instruire", "transmis", "--conseiller", "Julie Fabre")
    assert "en instruction" in said
    assert "accordé" in act(terrain, "accorder", "transmis", "--tout")
    assert "soldé" in act(terrain, "solder", "transmis")

    assert all(one.accorde_cents == one.demande_cents for one in lines(terrain, "transmis"))
    with terrain.database.reading():
        dossier = session().get_one(Dossier, terrain.monde.dossiers["transmis"].id)
        assert dossier.statut is Statut.SOLDE
        assert dossier.accorde_cents == dossier.demande_cents > 0
        authors = {event.acte: event.auteur for event in journal.history(dossier)}
    assert authors["instruire"] == "Conseiller Julie Fabre"
    assert authors["solder"] == "Conseiller de permanence"


def test_each_poste_is_granted_its_own_amount(terrain: Terrain) -> None:
    act(terrain, "instruire", "transmis")
    first, *others = lines(terrain, "transmis")
    postes = [f"--poste={one.poste}=0" for one in others]
    act(terrain, "accorder", "transmis", f"--poste={first.poste}=12,50", *postes)

    assert [one.accorde_cents for one in lines(terrain, "transmis")] == [1250] + [0] * len(others)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ((), "Indiquez un montant pour chaque poste"),
        (("--poste=LUNE=12",), "Indiquez un montant pour chaque poste"),
        (("--poste=PEDA=beaucoup",), "Poste PEDA"),
        (("--poste=PEDA",), "Écrivez un montant"),
    ],
)
def test_amounts_that_cannot_be_granted(
    terrain: Terrain, typed: tuple[str, ...], told: str
) -> None:
    act(terrain, "instruire", "transmis")
    numero = terrain.monde.dossiers["transmis"].designation
    assert told in refused(terrain, "dossiers", "accorder", numero, *typed)


def test_no_more_is_granted_than_was_asked(terrain: Terrain) -> None:
    act(terrain, "instruire", "transmis")
    numero = terrain.monde.dossiers["transmis"].designation
    postes = [f"--poste={one.poste}=999999" for one in lines(terrain, "transmis")]
    assert "entre zéro et le montant demandé" in refused(
        terrain, "dossiers", "accorder", numero, *postes
    )


def test_pieces_are_asked_for_with_a_day_to_answer_by(terrain: Terrain) -> None:
    act(terrain, "instruire", "transmis")
    message = "Joignez la convention signée."
    said = act(
        terrain, "demander-pieces", "transmis", "--message", message, "--echeance", "31/12/2099"
    )

    assert "à compléter" in said
    with terrain.database.reading():
        [demande] = session().get_one(Dossier, terrain.monde.dossiers["transmis"].id).demandes
    assert (demande.message, demande.echeance.isoformat()) == (message, "2099-12-31")


@pytest.mark.parametrize(
    ("acte", "dossier", "reached"),
    [
        ("refuser", "à compléter", Statut.REFUSE),
        ("annuler", "transmis", Statut.ANNULE),
        ("annuler", "accordé", Statut.ANNULE),
    ],
)
def test_closing_a_dossier_needs_its_reason(
    terrain: Terrain, acte: str, dossier: str, reached: Statut
) -> None:
    numero = terrain.monde.dossiers[dossier].designation
    assert "Indiquez le motif" in refused(terrain, "dossiers", acte, numero)
    act(terrain, acte, dossier, "--motif", "La session est annulée.")
    assert state(terrain, dossier) is reached


def test_an_act_out_of_turn_says_the_state_of_the_dossier(terrain: Terrain) -> None:
    numero = terrain.monde.dossiers["accordé"].designation
    said = refused(terrain, "dossiers", "instruire", numero)
    assert "est à l’état «\u00a0accordé\u00a0»" in said


@pytest.mark.parametrize("numero", ["D-1999-000001", "", "' OR 1=1"])
def test_an_unknown_number(terrain: Terrain, numero: str) -> None:
    assert "Aucun dossier transmis" in refused(terrain, "dossiers", "instruire", numero)


def test_a_brouillon_is_nothing_to_the_opco(terrain: Terrain) -> None:
    reference = terrain.monde.dossiers["brouillon"].designation
    assert "Aucun dossier transmis" in refused(terrain, "dossiers", "annuler", reference)


def test_the_demo_is_never_added_to_data(terrain: Terrain) -> None:
    assert "La base contient déjà des données" in refused(terrain, "demo")


def test_the_demo_never_enters_production(terrain: Terrain) -> None:
    terrain.app.extensions["config"] = replace(terrain.config, mode="production")
    assert "mots de passe publics" in refused(terrain, "demo")
