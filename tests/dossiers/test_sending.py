"""What sending takes and freezes, and what the OPCO may grant of it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from monespace import horloge
from monespace.dossiers import actions
from monespace.dossiers.models import Statut, Transmission
from monespace.refus import Incomplet, Refuse
from tests.dossiers.bureau import Bureau
from tests.support import monde
from tests.support.monde import CONSEIL

LATER = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
# What `saisies.pdc` asks for: 14 h at 123,45 €, 14 h at the SMIC, a train ticket.
ASKED = {"PEDA": 1728_30, "REMU": 168_28, "TRANS": 42_10}


def test_what_lacks_is_told_and_nothing_is_sent(bureau: Bureau) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, "formation", {"intitule": ("",), "duree_jours": ("deux",)})
    before = bureau.photo()

    with pytest.raises(Incomplet) as refusal, bureau.ouvrir(cle) as dossier:
        actions.submit(bureau.rh, dossier, attested=True)
    intitule, jours = refusal.value.manques
    assert intitule == "Intitulé\u00a0: à renseigner"
    assert jours.startswith("Nombre de jours\u00a0: Indiquez un nombre")
    assert "n’a pas été transmis" in refusal.value.message
    assert bureau.photo() == before


def test_nothing_is_sent_without_the_declaration_on_honour(bureau: Bureau) -> None:
    cle = bureau.complet()
    before = bureau.photo()

    with pytest.raises(Refuse, match="déclaration sur l’honneur"), bureau.ouvrir(cle) as dossier:
        actions.submit(bureau.rh, dossier, attested=False)
    assert bureau.photo() == before


def test_what_was_sent_is_frozen(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.ouvrir(cle) as dossier:
        monde.joindre(bureau.rh, dossier, "convention", bureau.stockage, "Convention signée.pdf")
    with bureau.ouvrir(cle) as dossier:
        actions.submit(bureau.rh, dossier, attested=True)

    with bureau.database.reading() as session, bureau.lire(cle) as dossier:
        sent = session.get_one(Transmission, dossier.id)
        assert (sent.instant, sent.auteur_id) == (dossier.transmis_le, bureau.rh.utilisateur_id)
        pieces = sent.contenu.pop("pieces")
        assert sent.contenu == {
            "version_formulaire": dossier.version_formulaire,
            "reponses": dossier.reponses,
            "stagiaires": [one.reponses for one in dossier.stagiaires],
            "lignes": [{"poste": poste, "demande_cents": cents} for poste, cents in ASKED.items()],
        }
        assert dossier.reponses["intitule"] == "Conduite d’équipe Atelier"
        assert dossier.stagiaires[0].reponses["prenom"] == "Zoé Atelier"
    assert isinstance(pieces, list)
    # The convention that was replaced is not part of what was sent.
    names = {str(one["nom"]) for one in pieces if isinstance(one, dict)}
    assert names == {"Convention signée.pdf", "programme Atelier.pdf"}


def test_what_was_sent_does_not_follow_the_dossier(bureau: Bureau) -> None:
    cle = bureau.en_instruction()
    before = bureau.photo()["transmissions"]

    with bureau.ouvrir(cle) as dossier:
        actions.request_pieces(CONSEIL, dossier, "Convention illisible")
    with bureau.ouvrir(cle) as dossier:
        monde.joindre(bureau.rh, dossier, "convention", bureau.stockage, "Lisible.pdf")
        # A piece is an answer: no words are needed with it.
        actions.answer(bureau.rh, dossier, "")
    with bureau.lire(cle) as dossier:
        assert dossier.statut is Statut.EN_INSTRUCTION
    assert bureau.photo()["transmissions"] == before


@pytest.mark.parametrize(
    "accorde",
    [
        {"PEDA": "0", "REMU": "0", "TRANS": "0"},
        {"PEDA": "1728.30", "REMU": "168.28", "TRANS": "42.10"},
        {"PEDA": "1000", "REMU": "0.01", "TRANS": "42.09"},
    ],
)
def test_the_opco_grants_up_to_what_was_asked(bureau: Bureau, accorde: Mapping[str, str]) -> None:
    cle = bureau.en_instruction()

    with horloge.frozen(LATER), bureau.ouvrir(cle) as dossier:
        actions.grant(CONSEIL, dossier, {poste: Decimal(one) for poste, one in accorde.items()})
    with bureau.lire(cle) as dossier:
        cents = {ligne.poste: ligne.accorde_cents for ligne in dossier.lignes}
        assert cents == {poste: int(Decimal(one) * 100) for poste, one in accorde.items()}
        assert dossier.accorde_cents == sum(cents.values())
        assert dossier.decide_le == dossier.statut_le == LATER
        assert {ligne.poste: ligne.demande_cents for ligne in dossier.lignes} == ASKED


@pytest.mark.parametrize(
    ("accorde", "told"),
    [
        ({}, "PEDA, REMU, TRANS"),
        ({"PEDA": "1", "REMU": "1"}, "un montant pour chaque poste"),
        ({"PEDA": "1", "REMU": "1", "TRANS": "1", "HEB": "1"}, "un montant pour chaque poste"),
        ({"PEDA": "1728.31", "REMU": "1", "TRANS": "1"}, "Poste PEDA"),
        ({"PEDA": "1", "REMU": "1", "TRANS": "-0.01"}, "Poste TRANS"),
    ],
)
def test_a_grant_names_each_poste_within_what_was_asked(
    bureau: Bureau, accorde: Mapping[str, str], told: str
) -> None:
    cle = bureau.en_instruction()
    before = bureau.photo()

    with pytest.raises(Refuse, match=told), bureau.ouvrir(cle) as dossier:
        actions.grant(CONSEIL, dossier, {poste: Decimal(one) for poste, one in accorde.items()})
    assert bureau.photo() == before
