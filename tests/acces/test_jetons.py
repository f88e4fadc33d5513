"""The token of a form: sent twice it is made once, and it says nothing of anybody else's."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from monespace.acces import actions
from monespace.acces.actions import Voulu
from monespace.acces.actions.activer import Suite
from monespace.acces.actions.invitations import Promesse
from monespace.acces.models import DemandeAcces, Invitation
from monespace.acteur import Acteur
from monespace.activation import actions as codes
from monespace.activation.models import UsageCode
from monespace.db import session
from monespace.organisations.models import Organisation
from monespace.refus import JetonServi
from tests.acces.entreprise import Entreprise, octroi
from tests.support.entreprise import OPCO, Societe, societe

LOOK = frozenset({octroi("C")})
JETON = "f0" * 16


def invite(chez: Entreprise, by: Acteur, courriel: str) -> int:
    with chez.database.transaction():
        return actions.invite(by, Promesse(courriel, LOOK), JETON).id


def ask(chez: Entreprise, by: Acteur, where: Societe) -> int:
    with chez.database.transaction():
        there = session().get_one(Organisation, where.organisation.id)
        return actions.ask_to_join(by, there, Voulu(LOOK, ""), JETON).id


def newcomer(chez: Entreprise, nom: str) -> Acteur:
    """Somebody confirmed, who belongs nowhere."""
    acteur = chez.person(nom)
    with chez.database.transaction():
        session().delete(chez._of(acteur))
    return chez.now(acteur)


def other(chez: Entreprise) -> Entreprise:
    with chez.database.transaction():
        company = societe("999012586", "Fonderie Boréale")
        return Entreprise(chez.database, company, company.person("Durand", administrateur=True))


def count(chez: Entreprise, model: type[DemandeAcces | Invitation | UsageCode]) -> int:
    with chez.database.reading():
        return len(session().scalars(select(model.id)).all())


def test_an_invitation_is_found_again_by_its_author_for_its_address(entreprise: Entreprise) -> None:
    first = invite(entreprise, entreprise.administrateur, "zoe@ailleurs.example")
    assert invite(entreprise, entreprise.administrateur, "zoe@ailleurs.example") == first
    colleague = entreprise.person("Second", administrateur=True)
    for by, courriel in (
        (entreprise.administrateur, "lou@ailleurs.example"),
        (colleague, "zoe@ailleurs.example"),
    ):
        with pytest.raises(JetonServi):
            invite(entreprise, by, courriel)
    assert count(entreprise, Invitation) == 1


def test_another_company_may_happen_to_send_the_same_token(entreprise: Entreprise) -> None:
    stranger = other(entreprise)
    first = invite(entreprise, entreprise.administrateur, "zoe@ailleurs.example")
    second = invite(stranger, stranger.administrateur, "zoe@ailleurs.example")
    assert second != first
    assert count(entreprise, Invitation) == 2


def test_what_was_cancelled_is_not_sent_again_by_its_old_form(entreprise: Entreprise) -> None:
    chief = entreprise.administrateur
    first = invite(entreprise, chief, "zoe@ailleurs.example")
    with entreprise.database.transaction():
        actions.cancel(chief, session().get_one(Invitation, first))
    with pytest.raises(JetonServi):
        invite(entreprise, chief, "zoe@ailleurs.example")


def test_a_request_is_found_again_by_its_author_alone(entreprise: Entreprise) -> None:
    nora, lou = newcomer(entreprise, "Nora"), newcomer(entreprise, "Lou")
    first = ask(entreprise, nora, entreprise.societe)
    assert ask(entreprise, nora, entreprise.societe) == first
    assert ask(entreprise, lou, entreprise.societe) != first
    with pytest.raises(JetonServi):
        ask(entreprise, nora, other(entreprise).societe)
    with entreprise.database.transaction():
        actions.withdraw(nora, session().get_one(DemandeAcces, first))
    with pytest.raises(JetonServi):
        ask(entreprise, nora, entreprise.societe)
    assert count(entreprise, DemandeAcces) == 2


def _validates(by: Acteur, code_id: int) -> Suite:
    return actions.validate(by, code_id, Voulu(LOOK, ""), JETON).suite


def _administers(by: Acteur, code_id: int) -> Suite:
    return actions.administer(by, code_id, JETON).suite


@pytest.mark.parametrize("use", [_validates, _administers])
def test_a_code_whose_form_is_sent_twice_makes_one_request(
    entreprise: Entreprise, use: Callable[[Acteur, int], Suite]
) -> None:
    nora = newcomer(entreprise, "Nora")
    with entreprise.database.transaction():
        here = session().get_one(Organisation, entreprise.organisation_id)
        here.code_a_approuver = True
        code = codes.issue(OPCO, here.id, "empreinte", 5)
        session().flush()
    for _ in range(2):
        with entreprise.database.transaction():
            assert use(nora, code.id) is Suite.A_APPROUVER
    assert count(entreprise, DemandeAcces) == 1


@pytest.mark.parametrize("use", [_validates, _administers])
def test_a_form_that_was_answered_uses_no_code(
    entreprise: Entreprise, use: Callable[[Acteur, int], Suite]
) -> None:
    nora = newcomer(entreprise, "Nora")
    asked = ask(entreprise, nora, entreprise.societe)
    with entreprise.database.transaction():
        actions.withdraw(nora, session().get_one(DemandeAcces, asked))
        code = codes.issue(OPCO, entreprise.organisation_id, "empreinte", 5)
        session().flush()
    with pytest.raises(JetonServi), entreprise.database.transaction():
        use(nora, code.id)
    assert count(entreprise, UsageCode) == 0
