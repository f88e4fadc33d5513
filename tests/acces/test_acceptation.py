"""An invitation accepted by somebody who was there before: in force, over, or not begun."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.acces import actions
from monespace.acces.actions.invitations import Promesse
from monespace.acces.evenements import page_of
from monespace.acces.models import EtatInvitation, Invitation
from monespace.acteur import Acteur, Objet, Origine
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations.models import EtatRattachement
from monespace.refus import Refuse
from tests.acces.entreprise import Entreprise, octroi

PROMISED = octroi("C", Objet.FACTURES)
DAY = timedelta(days=1)


def invited(chez: Entreprise, debut: date | None = None, fin: date | None = None) -> Acteur:
    """An administrateur once, invited while away, then let in again within these dates."""
    person = chez.person("Revenante", administrateur=True)
    with chez.database.transaction():
        chez._of(person).etat = EtatRattachement.RETIRE
        courriel = session().get_one(Utilisateur, person.utilisateur_id).courriel
        session().flush()
        promesse = Promesse(courriel, frozenset({PROMISED}))
        actions.invite(chez.administrateur, promesse, uuid4().hex)
        there = chez._of(person)
        there.etat, there.debut, there.fin = EtatRattachement.ACTIF, debut, fin
    return person


def accept(chez: Entreprise, person: Acteur) -> None:
    with chez.database.transaction():
        actions.accept(person, session().scalars(select(Invitation)).one())


def test_who_is_past_their_last_day_comes_back_with_what_was_promised(
    entreprise: Entreprise,
) -> None:
    yesterday = horloge.today() - DAY
    person = invited(entreprise, fin=yesterday)
    assert entreprise.now(person).organisation_id is None
    accept(entreprise, person)

    now = entreprise.now(person)
    assert now.organisation_id == entreprise.organisation_id
    # Neither the role nor the rights that those dates bounded.
    assert not now.administrateur
    assert entreprise.tenus(person) == {PROMISED}
    with entreprise.reading(person) as row:
        assert (row.debut, row.fin, row.origine) == (None, None, Origine.INVITATION)
        _, lines = page_of(entreprise.administrateur, genre="invitations")
    assert lines[0].acte == "Invitation acceptée"
    assert "son accès avait pris fin le" in lines[0].details[0]


@pytest.mark.parametrize("fin", [None, timedelta(0)], ids=["always", "today"])
def test_who_is_in_force_keeps_what_they_have(
    entreprise: Entreprise, fin: timedelta | None
) -> None:
    """Until midnight of their last day."""
    last = None if fin is None else horloge.today() + fin
    person = invited(entreprise, fin=last)
    before = entreprise.tenus(person)
    accept(entreprise, person)

    assert entreprise.now(person).administrateur
    assert entreprise.tenus(person) == before
    with entreprise.reading(person) as row:
        assert row.fin == last
        assert session().scalar(select(Invitation.etat)) is EtatInvitation.ACCEPTEE


def test_what_an_invitation_promised_is_no_gain_yet(entreprise: Entreprise) -> None:
    person = invited(entreprise)
    with entreprise.reading(person):
        _, lines = page_of(entreprise.administrateur, genre="invitations")
    assert lines[0].details == ("Promis\u00a0: Consulter les factures pour toute l’entreprise.",)


def test_who_begins_later_is_told_the_day_and_keeps_the_invitation(entreprise: Entreprise) -> None:
    person = invited(entreprise, debut=horloge.today() + DAY)
    with pytest.raises(Refuse, match="commence le"):
        accept(entreprise, person)
    with entreprise.database.reading():
        assert session().scalar(select(Invitation.etat)) is EtatInvitation.EN_ATTENTE
