"""The demo reads true: its people, their rights, and fourteen months of dossiers."""

import hashlib
import io
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monespace import fichiers, horloge, policy
from monespace.acces.models import (
    DemandeAcces,
    EtatDemande,
    EtatInvitation,
    GenreDemande,
    Invitation,
)
from monespace.acteur import Acteur, Origine, Verbe
from monespace.activation.models import CodeActivation, Courrier, UsageCode
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import verify
from monespace.comptes.queries import administrateurs
from monespace.config import Config
from monespace.courriels.models import Courriel
from monespace.db import Database, session
from monespace.demo import COMPTES, peupler
from monespace.demo.comptes import ALINE, CAMILLE, INES, JULIE, KARIM, LEA, PAUL, SOPHIE, Compte
from monespace.demo.entreprises import CAP_SAVOIRS, CLAIRE_PROPRETE, CROIX_ROUSSE, DELORME
from monespace.dossiers import completude
from monespace.dossiers.models import Dossier, EnAttente, Lot, Piece, Stagiaire, Statut
from monespace.forms.kinds import Siren, Siret
from monespace.journal import Evenement
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import (
    Entreprise,
    Etablissement,
    Organisation,
    Profil,
    Qualite,
    Rattachement,
)
from monespace.policy import Can
from monespace.referentiels import communes
from monespace.salaries.models import Salarie
from monespace.stockage import Stockage
from tests.support.postgres import Postgres

REACHED = set(Statut) - {Statut.RUPTURE}
# Accounts and directories were opened a few days before.
FOURTEEN_MONTHS = timedelta(days=435)


@dataclass(frozen=True)
class Demo:
    """A database that holds the demo, and its files."""

    database: Database
    stockage: Stockage


@contextmanager
def demo_on(url: str, folder: Path) -> Iterator[Demo]:
    config = Config.from_env({"DATA_DIR": str(folder), "DATABASE_URL": url})
    made = Demo(Database(url), Stockage(folder / "fichiers"))
    peupler(made.database, made.stockage, config)
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def on_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo-sqlite")
    path = shutil.copy(sqlite_template, folder / "monespace.sqlite3")
    with demo_on(f"sqlite:///{path}", folder) as made:
        yield made


@pytest.fixture(scope="module")
def on_postgresql(
    postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    url = postgres.create(postgres_template)
    with demo_on(url, tmp_path_factory.mktemp("demo-postgresql")) as made:
        yield made
    postgres.drop(url)


@pytest.fixture
def demo(backend: str, request: pytest.FixtureRequest) -> Iterator[Demo]:
    """The demo, on each backend in turn, to be read."""
    made: Demo = request.getfixturevalue(f"on_{backend}")
    with made.database.reading():
        yield made


def person(compte: Compte) -> Utilisateur:
    wanted = select(Utilisateur).where(Utilisateur.courriel == compte.courriel)
    return session().scalars(wanted).one()


def espace(siren: str) -> Organisation:
    wanted = select(Organisation).join(Organisation.entreprise).where(Entreprise.siren == siren)
    return session().scalars(wanted).one()


def acteur(compte: Compte) -> Acteur:
    """The person, working for the company of their account if it has one."""
    return policy.acteur_of(person(compte), espace(compte.siren).id if compte.siren else None)


def seen_by(compte: Compte) -> Sequence[Dossier]:
    return session().scalars(policy.visible(acteur(compte), Dossier)).all()


def may(compte: Compte, can: Can) -> int:
    """How many dossiers the person may do that on."""
    allowed = policy.allows(acteur(compte), Dossier, can)
    return session().scalar(select(func.count(Dossier.id)).where(allowed)) or 0


def test_companies_and_places_are_well_formed(demo: Demo) -> None:
    etablissements = session().scalars(select(Etablissement)).all()
    entreprises = session().scalars(select(Entreprise)).all()
    spaces = Counter(session().scalars(select(Organisation.profil)))
    assert spaces == {Profil.ADHERENT: 280, Profil.PRESTATAIRE: 20}
    assert len(entreprises) == Counter(one.siege for one in etablissements)[True] == 300
    for entreprise in entreprises:
        assert Siren().read((entreprise.siren,)) == entreprise.siren
        assert entreprise.siren.startswith("999")
        assert entreprise.sirene_le is not None
    for one in etablissements:
        assert Siret().read((one.siret,)) == one.siret
        assert one.siret.startswith(one.entreprise.siren)
        if one.adressable:
            assert one.commune in {found.nom for found in communes.communes(one.code_postal)}


def test_a_group_has_a_siren_and_a_siege_in_each_of_forty_towns(demo: Demo) -> None:
    group = session().scalars(
        select(Etablissement)
        .join(Etablissement.entreprise)
        .where(Entreprise.raison_sociale.startswith("Alizés "), Etablissement.siege)
    )
    assert len({(one.entreprise.siren, one.commune) for one in group if one.adressable}) == 40


def test_somebody_has_no_address_that_a_letter_can_be_sent_to(demo: Demo) -> None:
    sieges = session().scalars(select(Etablissement).where(Etablissement.siege))
    [hidden] = [one for one in sieges if not one.adressable]
    assert hidden.entreprise.raison_sociale == "Nom non publié"


def test_every_state_is_reached_by_both_companies(demo: Demo) -> None:
    delorme, claire = seen_by(CAMILLE), seen_by(INES)
    assert len(delorme) + len(claire) > 400
    assert {one.statut for one in delorme} == {one.statut for one in claire} == REACHED


def test_brouillons_are_complete_half_filled_or_unreadable(demo: Demo) -> None:
    drafts = [one for one in seen_by(CAMILLE) if one.statut is Statut.BROUILLON]
    ready = [one for one in drafts if not any(x.manque.blocks for x in completude.lacunes(one))]
    assert len(ready) >= 3
    assert sum(bool(one.saisies) for one in drafts) >= 3
    assert sum(not one.saisies and bool(completude.lacunes(one)) for one in drafts) >= 3


def test_decisions_are_told(demo: Demo) -> None:
    for one in seen_by(CAMILLE):
        if one.statut in (Statut.REFUSE, Statut.ANNULE, Statut.A_COMPLETER):
            assert one.motif
        if one.statut is Statut.A_COMPLETER:
            assert one.demandes[-1].repondue_le is None
        if one.statut in (Statut.ENGAGE, Statut.SOLDE):
            assert 0 < one.accorde_cents <= one.demande_cents


def test_people_are_thirty_at_most(demo: Demo) -> None:
    several = Counter(session().scalars(select(Stagiaire.dossier_id))).values()
    assert (min(several), max(several)) == (1, 30)


def test_history_spans_fourteen_months_and_ends_yesterday_at_the_latest(demo: Demo) -> None:
    instants = session().scalars(select(Evenement.instant).order_by(Evenement.id)).all()
    assert list(instants) == sorted(instants)
    first, last = (horloge.paris(one).date() for one in (instants[0], instants[-1]))
    assert horloge.today() - timedelta(days=6) <= last < horloge.today()
    assert FOURTEEN_MONTHS - timedelta(days=30) <= horloge.today() - first <= FOURTEEN_MONTHS


def test_numbers_follow_the_order_of_sending(demo: Demo) -> None:
    sent = session().scalars(
        select(Dossier.numero)
        .where(Dossier.numero.is_not(None))
        .order_by(Dossier.transmis_le, Dossier.numero)
    )
    numbers = list(sent)
    assert numbers == sorted(numbers, key=str)


def test_pieces_are_sound_and_in_the_store(demo: Demo) -> None:
    pieces = session().scalars(select(Piece)).all()
    assert set(demo.stockage.keys()) == {piece.fichier for piece in pieces}
    for piece in pieces[:20]:
        with demo.stockage.open(piece.fichier) as opened:
            content = opened.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (piece.taille, piece.sha256)
    sain = fichiers.inspect(pieces[0].nom, io.BytesIO(content))
    assert (sain.nom, sain.type_mime, sain.pages) == (pieces[0].nom, pieces[0].type_mime, 1)


def test_everyone_signs_in_with_the_password_that_is_shown(demo: Demo) -> None:
    kept = {one.courriel: one.mot_de_passe for one in session().scalars(select(Utilisateur))}
    assert all(verify(kept[compte.courriel], compte.mot_de_passe) for compte in COMPTES)


def test_everyone_sees_what_their_account_promises(demo: Demo) -> None:
    whole = {one.id for one in seen_by(CAMILLE)}
    assert {one.id for one in seen_by(SOPHIE)} == {one.id for one in seen_by(PAUL)} == whole
    assert whole.isdisjoint({one.id for one in seen_by(INES)})
    assert {one.etablissement.siret for one in seen_by(KARIM)} == {CROIX_ROUSSE}
    assert not seen_by(LEA)


def test_the_directory_knows_who_is_trained_and_who_left(demo: Demo) -> None:
    people = session().scalars(policy.visible(acteur(CAMILLE), Salarie)).all()
    assert len(people) >= 200
    assert sum(one.parti_le is not None for one in people) == 4
    trained = session().scalars(select(Stagiaire)).all()
    assert sum(one.salarie_id is None for one in trained) < len(trained) / 50
    at_croix_rousse = session().scalars(policy.visible(acteur(KARIM), Salarie)).all()
    assert {one.etablissement.siret for one in at_croix_rousse} == {CROIX_ROUSSE}
    assert not session().scalars(policy.visible(acteur(PAUL), Salarie)).all()


def test_eighty_seven_people_are_three_dossiers_and_thirty_four_wait(demo: Demo) -> None:
    (lot,) = session().scalars(policy.visible(acteur(CAMILLE), Lot)).all()
    assert [one.nb_stagiaires for one in lot.dossiers] == [30, 30, 27]
    assert [one.statut is Statut.BROUILLON for one in lot.dossiers] == [False, True, True]
    assert session().scalar(select(func.count(EnAttente.id))) == 34


@pytest.mark.parametrize(
    ("compte", "edits", "submits", "deletes"),
    [
        (CAMILLE, True, True, True),
        (SOPHIE, True, True, False),
        (KARIM, True, False, False),
        (PAUL, False, False, False),
        (LEA, False, False, False),
        (INES, True, True, True),
    ],
    ids=lambda value: value.prenom if isinstance(value, Compte) else "",
)
def test_everyone_does_what_their_account_promises(
    demo: Demo, compte: Compte, edits: bool, submits: bool, deletes: bool
) -> None:
    answers = [may(compte, can) > 0 for can in (Can.EDIT, Can.SUBMIT, Can.DELETE)]
    assert answers == [edits, submits, deletes]


def test_three_requests_wait_and_two_were_decided(demo: Demo) -> None:
    waiting = session().scalars(policy.visible(acteur(CAMILLE), DemandeAcces)).all()
    by_state = {
        etat: sorted(
            (one for one in waiting if one.etat is etat), key=lambda one: (one.cree_le, one.id)
        )
        for etat in EtatDemande
    }
    nora, ardent, hugo = by_state[EtatDemande.A_TRAITER]
    assert [one.utilisateur.nom for one in (nora, ardent, hugo)] == ["Benali", "Ardent", "Lenoir"]
    assert nora.genre is GenreDemande.HABILITATION
    assert (horloge.today() - horloge.paris(nora.cree_le).date()).days == 6
    asked = ecrits.from_json(nora.droits)
    assert {one.siret for one in asked} == {CROIX_ROUSSE, DELORME.lieux[4].siret}
    assert ardent.rattachement.qualite is Qualite.MANDATAIRE
    assert Siren().read((ardent.rattachement.siren_mandataire,))
    assert {verbe for one in ecrits.from_json(hugo.droits) for verbe in one.verbes} == {
        Verbe.CONSULTER
    }
    [approved], [refused] = (
        by_state[etat] for etat in (EtatDemande.APPROUVEE, EtatDemande.REFUSEE)
    )
    assert approved.rattachement.habilitations
    assert refused.motif
    assert not refused.rattachement.habilitations


def test_claire_proprete_has_one_administrateur_and_delorme_two(demo: Demo) -> None:
    several = [len(administrateurs(espace(one.siren).id)) for one in (CLAIRE_PROPRETE, DELORME)]
    assert several == [1, 2]
    codes = session().scalars(select(UsageCode.auteur)).all()
    assert {INES.nom_complet, CAMILLE.nom_complet} <= {*codes}


def test_an_invitation_and_rights_agreed_before_opening_wait(demo: Demo) -> None:
    waiting = select(Invitation).where(Invitation.etat == EtatInvitation.EN_ATTENTE)
    rows = session().scalars(waiting.order_by(Invitation.cree_le)).all()
    agreed, invited = rows
    assert agreed.origine is Origine.PREDESIGNATION
    assert agreed.expire_le is None
    assert not administrateurs(agreed.organisation_id)
    assert invited.organisation_id == espace(DELORME.siren).id
    assert invited.expire_le is not None
    assert invited.expire_le > horloge.now()


def test_sophie_works_for_two_organisations(demo: Demo) -> None:
    mine = select(Rattachement).where(Rattachement.utilisateur_id == person(SOPHIE).id)
    assert {one.organisation.siren for one in session().scalars(mine)} == {
        DELORME.siren,
        CAP_SAVOIRS.siren,
    }


def test_the_people_of_the_opco_see_their_portfolio(demo: Demo) -> None:
    several = [
        len(session().scalars(policy.visible(acteur(compte), Organisation)).all())
        for compte in (JULIE, ALINE)
    ]
    assert several == [44, 13]


def test_a_code_ended_unused_and_a_letter_is_asked_for(demo: Demo) -> None:
    ended = session().scalars(
        select(CodeActivation).where(CodeActivation.expire_le < horloge.now())
    )
    unused = [one for one in ended if not administrateurs(one.organisation_id)]
    assert [one.organisation.nom for one in unused] == ["Alizés Toulouse"]
    asked = session().scalars(select(Courrier).where(Courrier.tirage_id.is_(None)))
    assert [one.organisation.nom for one in asked] == ["Alizés Montpellier"]


def test_mails_of_the_past_were_sent(demo: Demo) -> None:
    assert not session().scalars(select(Courriel).where(Courriel.envoye_le.is_(None))).all()


def test_the_seed_is_fixed(on_sqlite: Demo, on_postgresql: Demo) -> None:
    assert _told(on_sqlite) == _told(on_postgresql)


def _told(demo: Demo) -> list[tuple[object, ...]]:
    with demo.database.reading():
        rows = session().execute(
            select(
                Dossier.intitule,
                Dossier.statut,
                Dossier.cree_le,
                Dossier.maj_le,
                Dossier.numero,
                Dossier.accorde_cents,
            ).order_by(Dossier.id)
        )
        return [tuple(row) for row in rows]
