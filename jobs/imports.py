"""Read a long spreadsheet, take its rows, give back those to mend: once, within today's rights."""

import io
from dataclasses import dataclass

from jobs import course
from jobs.heartbeat import Heartbeat
from monespace import policy
from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.config import Config
from monespace.db import Database, session
from monespace.imports import actions, queries
from monespace.imports.actions import Choix
from monespace.imports.cible import Cible, cible_of
from monespace.imports.lecture import plan_of, rows, understand
from monespace.imports.models import EtatImport, Import
from monespace.queue import Fenced
from monespace.stockage import Stockage
from monespace.tableur.feuilles import Feuilles
from monespace.tableur.lecture import read_file


def importer(database: Database, config: Config, import_id: int) -> bool:
    """Run the import if it waits for a run. True once it waits for a person, or is over."""

    def make(mine: str) -> None:
        Run(database, config, import_id, mine).make()

    return course.run(database, actions, queries.at_rest, import_id, make)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an import, which owns it as long as the row bears its `course`."""

    database: Database
    config: Config
    import_id: int
    course: str

    def make(self) -> None:
        """Do what the import waits for. Raise Fenced, Refus, or what went wrong."""
        with self.database.reading():
            import_ = session().get_one(Import, self.import_id)
        with Heartbeat(self._progress) as heartbeat:
            if import_.etat is EtatImport.EN_LECTURE:
                self._read(import_)
            else:
                self._take(import_, heartbeat)

    def _progress(self, done: int, total: int) -> None:
        with self.database.transaction():
            actions.progress(self.import_id, self.course, done, total)

    def _read(self, import_: Import) -> None:
        """Understand the file as far as it can be without asking."""
        lecture, feuilles = self._read_file(import_)
        with self.database.reading():
            acteur, cible = self._asked()
            plan = (
                queries.plan_of(import_)
                if import_.plan
                else plan_of(cible, feuilles, queries.remembered(acteur))
            )
            comprise = understand(acteur, cible, feuilles, plan, here=False)
        try:
            with self.database.transaction():
                actions.keep_reading(actions.finish(self.import_id, self.course), lecture, comprise)
        except Fenced:
            if not import_.lecture:
                self._stockage.delete(lecture)
            raise

    def _read_file(self, import_: Import) -> tuple[str, Feuilles]:
        """What is in the file, and its key in the store."""
        if import_.lecture:
            return import_.lecture, queries.feuilles_of(import_, self._stockage)
        with self._stockage.open(import_.fichier) as contenu:
            feuilles = read_file(import_.nom, contenu)
        return self._stockage.put(io.BytesIO(feuilles.to_bytes())).cle, feuilles

    def _take(self, import_: Import, heartbeat: Heartbeat) -> None:
        """Take the rows in one transaction, then make the workbook of the others."""
        feuilles = queries.feuilles_of(import_, self._stockage)
        with self.database.reading():
            _, cible = self._asked()
            lues = rows(cible, feuilles, queries.plan_of(import_))
        # Half of the work is done: the other half is one transaction.
        heartbeat.tell(len(lues) // 2, len(lues))
        with self.database.transaction():
            acteur, cible = self._asked(lock=True)
            choix = Choix.from_json(import_.plan.get("choix"))
            prise = actions.take(
                acteur, import_.cle, cible, lues, choix, self.config.max_stagiaires
            )
            # Its row is locked last: until then the ticker and the heartbeat may write to it.
            owned = actions.finish(self.import_id, self.course)
            actions.close(acteur, owned, cible, prise)
        self._give_back()

    def _give_back(self) -> None:
        """Make the workbook of the rows to mend; without it, it is made when it is asked for."""
        with self.database.reading():
            import_ = session().get_one(Import, self.import_id)
        if not queries.given_back(import_):
            return
        made = queries.corrected(import_, self._stockage)
        corrige = self._stockage.put(io.BytesIO(made)).cle
        with self.database.transaction():
            actions.keep_corrected(self.import_id, corrige)

    def _asked(self, lock: bool = False) -> tuple[Acteur, Cible]:
        """Who asked, with the rights of now, and what for. Raise Introuvable or Interdit."""
        import_ = session().get_one(Import, self.import_id)
        person = session().get_one(Utilisateur, import_.utilisateur_id)
        acteur = policy.acteur_of(person, import_.organisation_id)
        return acteur, cible_of(acteur, queries.dossier_of(acteur, import_, lock))

    @property
    def _stockage(self) -> Stockage:
        return Stockage(self.config.data_dir / "fichiers")
