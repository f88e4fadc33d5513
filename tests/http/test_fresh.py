"""Acts that ask for a recent proof of identity: which they are, and that each of them does."""

from datetime import timedelta

from sqlalchemy import select

from monespace import horloge
from monespace.identite import FRESH_FOR
from monespace.organisations.models import EtatRattachement, Rattachement
from tests.support.demandes import Demandes
from tests.support.terrain import Terrain

WHO = ("administrateur", "conseiller")
# Reviewed: what touches an account, opens an access with a code, ends one's own, or decides on the
# rights of others. Not `opco.demander_courrier`: a letter goes to the siège that SIRENE gives, who
# asks never sees its code, and the code in force serves until the batch. Not `invitation.accepter`:
# who gave those rights proved who they are, and the link is for that address alone.
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
        "acces.quitter",
        "acces.renvoyer",
        "acces.retablir",
        "acces.retirer",
        "acces.retirer_le_role",
        "acces.suspendre",
        "comptes.adresse",
        "comptes.changer_mot_de_passe",
        "comptes.choisir_second_facteur",
        "comptes.demander_adresse",
        "comptes.mot_de_passe",
        "comptes.refaire_codes",
        "comptes.retirer_second_facteur",
        "opco.annuler",
        "opco.constater_reception",
        "opco.predesigner",
        "rattachement.administrer",
        "rattachement.valider",
    }
)


def fresh_routes(terrain: Terrain) -> set[str]:
    """Endpoints of the routes that ask for one."""
    views = terrain.app.view_functions
    return {name for name, view in views.items() if getattr(view, "fresh", False)}


def test_the_list_is_reviewed(terrain: Terrain) -> None:
    assert fresh_routes(terrain) == ALWAYS


def test_nothing_is_done_on_an_old_proof(terrain: Terrain) -> None:
    """Each of them, on each row of the world, with what would be written otherwise."""
    clients = {nom: terrain.client(nom) for nom in WHO}
    tokens, asked = {nom: one.token() for nom, one in clients.items()}, set[str]()
    before = terrain.fingerprint()
    with horloge.frozen(horloge.now() + FRESH_FOR + timedelta(minutes=1)):
        for nom, client in clients.items():
            for one in Demandes(terrain, nom):
                endpoint, sent = one.route.split(" ")[1], {**one.sent, "csrf_token": tokens[nom]}
                if endpoint not in ALWAYS:
                    continue
                answer = client.get(one.path) if one.reads else client.post(one.path, sent)
                # What is closed to them anyway says so, before or after the proof.
                if answer.status == one.attendu and one.attendu in (403, 404):
                    continue
                assert answer.status == 303, one.path
                assert answer.location.startswith("/confirmer-identite"), one.path
                asked.add(endpoint)
    # Nobody of the world is suspended.
    assert asked == ALWAYS - {"acces.retablir"}
    assert terrain.fingerprint() == before


def test_nobody_comes_back_on_an_old_proof(terrain: Terrain) -> None:
    cle = terrain.monde.rattachements["consultation"]
    wanted = select(Rattachement).where(Rattachement.cle == cle)
    with terrain.database.transaction() as session:
        session.scalars(wanted).one().etat = EtatRattachement.SUSPENDU
    client = terrain.client("administrateur")
    sent = {"csrf_token": client.token(), "_fin": "1"}
    with horloge.frozen(horloge.now() + FRESH_FOR + timedelta(minutes=1)):
        answer = client.post(f"/acces/personnes/{cle}/retablir", sent)
    assert answer.location.startswith("/confirmer-identite")
    with terrain.database.reading() as session:
        assert session.scalars(wanted).one().etat is EtatRattachement.SUSPENDU
