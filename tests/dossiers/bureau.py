"""A company at work: each gesture is a transaction of its own, as a request is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import Row, select

from monespace import policy
from monespace.acteur import Acteur
from monespace.db import Database
from monespace.dossiers import actions, choices
from monespace.dossiers.actions import Saved
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.dossiers.reading import declaration
from monespace.forms.questionnaire import Raw
from monespace.modeles import metadata
from monespace.policy import Can
from monespace.stockage import Stockage
from tests.support import monde
from tests.support.entreprise import Societe

T = TypeVar("T")
MOST = 30


@dataclass(frozen=True)
class Bureau:
    """A company, its HR manager, and what they do to its dossiers, named by their keys."""

    database: Database
    stockage: Stockage
    societe: Societe
    rh: Acteur

    def collegue(self, nom: str) -> Acteur:
        with self.database.transaction():
            return self.societe.person(nom)

    def nouveau(self) -> str:
        """Start a brouillon."""
        with self.database.transaction():
            pdc, siege = dispositif("PDC"), self.societe.siege
            among = choices.lists(self.rh, pdc.code)
            return actions.start(self.rh, pdc, siege, uuid4().hex, among).cle

    def complet(self, mark: str = "Atelier") -> str:
        """A brouillon that lacks nothing."""
        with self.database.transaction():
            return monde.complet(self.rh, "PDC", self.societe.siege, self.stockage, mark).cle

    def transmis(self, mark: str = "Atelier") -> str:
        cle = self.complet(mark)
        with self.ouvrir(cle) as dossier:
            actions.submit(self.rh, dossier, attested=True)
        return cle

    def en_instruction(self) -> str:
        cle = self.transmis()
        with self.ouvrir(cle) as dossier:
            actions.take(monde.CONSEIL, dossier)
        return cle

    @contextmanager
    def ouvrir(self, cle: str) -> Iterator[Dossier]:
        """The dossier, locked, whoever may do what with it."""
        with self.database.transaction() as session:
            yield session.scalars(
                select(Dossier).where(Dossier.cle == cle).with_for_update(of=Dossier)
            ).one()

    @contextmanager
    def charger(self, cle: str, can: Can) -> Iterator[Dossier]:
        """The dossier, locked, as the HR manager's request loads it."""
        with self.database.transaction():
            yield policy.load(self.rh, Dossier, cle, can, lock=True)

    @contextmanager
    def lire(self, cle: str) -> Iterator[Dossier]:
        with self.database.reading() as session:
            yield session.scalars(select(Dossier).where(Dossier.cle == cle)).one()

    def saisir(
        self,
        cle: str,
        etape: str,
        typed: Mapping[str, Raw],
        acteur: Acteur | None = None,
        revision: int | None = None,
    ) -> Saved:
        """Save one step, from a form shown at that revision: by default, the one of now."""
        acteur = acteur or self.rh
        with self.ouvrir(cle) as dossier:
            step = declaration(dossier).step(etape)
            assert step
            shown = dossier.revision if revision is None else revision
            among = choices.lists(acteur, dossier.dispositif)
            return actions.save(acteur, dossier, step, typed, shown, among)

    def inscrire(
        self, cle: str, typed: Mapping[str, Raw], jeton: str = "", most: int = MOST
    ) -> Stagiaire | EnAttente:
        """Save one person: a new one, or the one of that `jeton`."""
        with self.charger(cle, Can.EDIT) as dossier:
            stagiaire, _ = actions.save_stagiaire(
                self.rh,
                dossier,
                jeton or uuid4().hex,
                typed,
                dossier.revision,
                choices.lists(self.rh, dossier.dispositif),
                most,
            )
            assert stagiaire
            return stagiaire

    def photo(self) -> dict[str, Sequence[Row[Any]]]:
        """Every row of the database."""
        with self.database.reading() as session:
            return {
                table.name: session.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).all()
                for table in metadata.sorted_tables
            }


def at_once(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Run each task in a thread of its own, all of them starting together."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], T]) -> T:
        barrier.wait()
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))
