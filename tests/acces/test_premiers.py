"""A person's first attachment to an organisation, by two ways in at the same moment: one row."""

from collections.abc import Callable
from itertools import count
from uuid import uuid4

import pytest
from sqlalchemy import select

from monespace import horloge, policy
from monespace.acces import actions
from monespace.acces.actions import Voulu
from monespace.acces.actions.invitations import Promesse
from monespace.acces.models import Invitation
from monespace.acteur import Objet, Origine, Verbe
from monespace.activation import actions as codes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import (
    TOUS,
    EtatRattachement,
    Organisation,
    Rattachement,
)
from monespace.organisations.octrois import Octroi
from monespace.refus import Refuse
from tests.dossiers.bureau import at_once
from tests.support.entreprise import OPCO
from tests.support.maison import Geste, Maison, maison

ROUNDS = 8
NUMBERS = count(200_000_000)
LOOK = frozenset({Octroi(Objet.DOSSIERS, TOUS, TOUS, frozenset({Verbe.CONSULTER}))})


class Arrivee:
    """Somebody who belongs nowhere, before a company, with everything that may let them in."""

    def __init__(self, chez: Maison) -> None:
        self._chez = chez
        organisation = chez.societe.organisation
        with chez.database.transaction():
            self._person = Utilisateur(
                courriel=f"{uuid4().hex}@nouvelle.example",
                prenom="Nora",
                nom="Benali",
                mot_de_passe="",
                cree_le=horloge.now(),
                confirme_le=horloge.now(),
            )
            session().add(self._person)
            session().flush()
            self._code = codes.issue(OPCO, organisation.id, "empreinte", 5)
            session().flush()
            self._acteur = policy.acteur_of(self._person, None)

    def asks(self) -> Geste:
        def ask() -> None:
            organisation = session().get_one(Organisation, self._chez.societe.organisation.id)
            actions.ask_to_join(self._acteur, organisation, Voulu(LOOK, ""), uuid4().hex)

        return self._tried(ask)

    def administers(self) -> Geste:
        def administer() -> None:
            actions.administer(self._acteur, self._code.id, uuid4().hex)

        return self._tried(administer)

    def validates(self) -> Geste:
        def validate() -> None:
            actions.validate(self._acteur, self._code.id, Voulu(LOOK, ""), uuid4().hex)

        return self._tried(validate)

    def accepts(self) -> Geste:
        cle = self._invited()

        def accept() -> None:
            found = session().scalars(select(Invitation).where(Invitation.cle == cle)).one()
            actions.accept(self._acteur, found)

        return self._tried(accept)

    def signs_in(self) -> Geste:
        """What was agreed with the OPCO waits for the first of them."""
        with self._chez.database.transaction():
            if self._waiting() is None:
                session().add(
                    Invitation(
                        jeton=uuid4().hex,
                        organisation_id=self._chez.societe.organisation.id,
                        courriel=self._person.courriel,
                        origine=Origine.PREDESIGNATION,
                        droits=ecrits.to_json(LOOK),
                        auteur_id=self._person.id,
                        auteur="Conseil",
                        cree_le=horloge.now(),
                    )
                )
        return self._tried(lambda: actions.welcome(self._person))

    def rows(self) -> list[Rattachement]:
        with self._chez.database.reading():
            return list(
                session().scalars(
                    select(Rattachement).where(Rattachement.utilisateur_id == self._person.id)
                )
            )

    def _invited(self) -> str:
        with self._chez.database.reading():
            known = self._waiting()
        if known:
            return known
        chief = self._chez.person("Chef", administrateur=True)
        with self._chez.database.transaction():
            return actions.invite(chief, Promesse(self._person.courriel, LOOK), uuid4().hex).cle

    def _waiting(self) -> str | None:
        return session().scalar(
            select(Invitation.cle).where(Invitation.courriel == self._person.courriel)
        )

    def _tried(self, act: Callable[[], None]) -> Geste:
        def try_it() -> bool:
            try:
                with self._chez.database.transaction():
                    act()
            except Refuse:
                return False
            return True

        return try_it


WAYS: dict[str, Callable[[Arrivee], list[Geste]]] = {
    "two requests": lambda one: [one.asks(), one.asks()],
    "a request and the code": lambda one: [one.asks(), one.administers()],
    "a request and the code that validates": lambda one: [one.asks(), one.validates()],
    "the code twice": lambda one: [one.administers(), one.validates()],
    "an invitation twice": lambda one: [one.accepts(), one.accepts()],
    "an invitation and a request": lambda one: [one.accepts(), one.asks()],
    "an invitation and the code": lambda one: [one.accepts(), one.administers()],
    "two sign-ins": lambda one: [one.signs_in(), one.signs_in()],
    "a sign-in and a request": lambda one: [one.signs_in(), one.asks()],
    "a sign-in and the code": lambda one: [one.signs_in(), one.administers()],
}


@pytest.mark.parametrize("way", WAYS)
def test_two_ways_in_at_once_make_one_attachment(chez: Maison, way: str) -> None:
    for _ in range(ROUNDS):
        arrivee = Arrivee(maison(chez.database, str(next(NUMBERS))))
        done = at_once(WAYS[way](arrivee))

        assert any(done)
        [row] = arrivee.rows()
        asked_only = way == "two requests"
        expected = EtatRattachement.DEMANDE if asked_only else EtatRattachement.ACTIF
        assert row.etat is expected
