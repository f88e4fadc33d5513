"""A company and its people, whose accesses change: each gesture is a transaction, as a request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from monespace import horloge, policy
from monespace.acces import actions
from monespace.acteur import Acteur, Objet
from monespace.comptes.models import Utilisateur
from monespace.db import Database, session
from monespace.organisations.models import TOUS, Habilitation, Rattachement
from monespace.policy import Can
from monespace.refus import Refus
from tests.support.entreprise import Societe, societe

Geste = Callable[[], bool]


@dataclass(frozen=True)
class Maison:
    """A company, and what its people do to each other."""

    database: Database
    societe: Societe

    def person(self, nom: str, administrateur: bool = False) -> Acteur:
        with self.database.transaction():
            return self.societe.person(nom, administrateur=administrateur)

    def trusted(self, nom: str, siret: str = TOUS) -> Acteur:
        """Somebody who may do everything with rattachements and dossiers of that SIRET."""
        acteur = self.person(nom)
        with self.database.transaction():
            row = self._of(acteur)
            every = dict.fromkeys(("consulter", "saisir", "transmettre", "supprimer"), True)
            row.habilitations.clear()
            session().flush()
            row.habilitations = [
                Habilitation(objet=objet, siret=siret, **every)
                for objet in (Objet.DOSSIERS, Objet.RATTACHEMENTS)
            ]
            session().flush()
        return self.now(acteur)

    def now(self, acteur: Acteur) -> Acteur:
        """The same person with the rights of this instant."""
        with self.database.reading():
            person = session().get_one(Utilisateur, acteur.utilisateur_id)
            return policy.acteur_of(person, self.societe.organisation.id)

    def cle(self, acteur: Acteur) -> str:
        with self.database.reading():
            return self._of(acteur).cle

    @contextmanager
    def reading(self, acteur: Acteur) -> Iterator[Rattachement]:
        with self.database.reading():
            yield self._of(acteur)

    @contextmanager
    def loading(self, acteur: Acteur, whom: Acteur, can: Can) -> Iterator[Rattachement]:
        """The rattachement of `whom`, locked, as the request of `acteur` loads it."""
        cle = self.cle(whom)
        with self.database.transaction():
            yield policy.load(acteur, Rattachement, cle, can, lock=True)

    def removing(self, acteur: Acteur, whom: Acteur) -> Geste:
        return self._tried(acteur, whom, Can.DELETE, lambda one: actions.remove(acteur, one))

    def suspending(self, acteur: Acteur, whom: Acteur) -> Geste:
        return self._tried(acteur, whom, Can.DELETE, lambda one: actions.suspend(acteur, one))

    def dismissing(self, acteur: Acteur, whom: Acteur) -> Geste:
        def dismiss(one: Rattachement) -> None:
            actions.dismiss(acteur, one, frozenset())

        return self._tried(acteur, whom, Can.APPOINT, dismiss)

    def ending(self, acteur: Acteur, whom: Acteur) -> Geste:
        """Give a last day to somebody's access."""

        def end(one: Rattachement) -> None:
            actions.set_dates(acteur, one, None, horloge.today())

        return self._tried(acteur, whom, Can.EDIT, end)

    def leaving(self, acteur: Acteur) -> Geste:
        return self._tried(acteur, acteur, Can.LEAVE, lambda one: actions.leave(acteur, one))

    def staying_administrateurs(self) -> int:
        """Those who administer the company today, and for good."""
        with self.database.reading():
            return (
                session().scalar(
                    select(func.count())
                    .select_from(Rattachement)
                    .where(
                        Rattachement.organisation_id == self.societe.organisation.id,
                        Rattachement.administrateur,
                        Rattachement.fin.is_(None),
                        policy.in_force(horloge.today()),
                    )
                )
                or 0
            )

    def _tried(
        self, acteur: Acteur, whom: Acteur, can: Can, act: Callable[[Rattachement], None]
    ) -> Geste:
        """A gesture that tells whether it was done."""

        def try_it() -> bool:
            try:
                with self.loading(acteur, whom, can) as one:
                    act(one)
            except Refus:
                return False
            return True

        return try_it

    def _of(self, acteur: Acteur) -> Rattachement:
        rows = select(Rattachement).where(
            Rattachement.utilisateur_id == acteur.utilisateur_id,
            Rattachement.organisation_id == self.societe.organisation.id,
        )
        return session().scalars(rows).one()


def maison(database: Database, siren: str = "005720784") -> Maison:
    """A new company that nobody administers yet."""
    with database.transaction():
        return Maison(database, societe(siren))
