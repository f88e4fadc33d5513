"""Acts that ask for a recent proof of identity: which they are, and that each of them does."""

from datetime import timedelta
from typing import Any

from flask import url_for

from monespace import horloge
from monespace.identite import FRESH_FOR
from tests.support.terrain import Terrain

# Reviewed: what touches an account, or the rights of others.
ALWAYS = frozenset(
    {
        "acces.annuler",
        "acces.annuler_changement",
        "acces.annuler_invitation",
        "acces.appliquer",
        "acces.arreter_code",
        "acces.confirmer_refus",
        "acces.decider",
        "acces.decider_ensemble",
        "acces.enregistrer_dates",
        "acces.enregistrer_reglages",
        "acces.inviter",
        "acces.nommer",
        "acces.renvoyer",
        "acces.retablir",
        "acces.retirer",
        "acces.retirer_le_role",
        "acces.suspendre",
        "comptes.changer_mot_de_passe",
        "comptes.demander_adresse",
        "opco.annuler",
        "opco.constater_reception",
        "opco.predesigner",
        "comptes.choisir_second_facteur",
        "comptes.refaire_codes",
        "comptes.retirer_second_facteur",
    }
)


def fresh_routes(terrain: Terrain) -> dict[str, Any]:
    """Rules of the routes that ask for one, by endpoint."""
    return {
        rule.endpoint: rule
        for rule in terrain.app.url_map.iter_rules()
        if getattr(terrain.app.view_functions[rule.endpoint], "fresh", False)
    }


def test_the_list_is_reviewed(terrain: Terrain) -> None:
    assert fresh_routes(terrain).keys() >= ALWAYS


def test_nothing_is_done_on_an_old_proof(terrain: Terrain) -> None:
    """For every such route that names no row: those that do are tried with their rows."""
    client = terrain.client("administrateur")
    sent = {"csrf_token": client.token(), "_fin": "1", "code": "000000"}
    with terrain.app.test_request_context():
        paths = [
            url_for(endpoint)
            for endpoint, rule in fresh_routes(terrain).items()
            if not rule.arguments and "POST" in (rule.methods or ())
        ]
    before = terrain.fingerprint()
    with horloge.frozen(horloge.now() + FRESH_FOR + timedelta(minutes=1)):
        for path in paths:
            asked = client.post(path, sent)
            assert asked.status in (303, 403), path
            assert asked.status == 403 or asked.location.startswith("/confirmer-identite"), path
    assert terrain.fingerprint() == before
