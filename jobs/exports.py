"""Make the workbook of an export: once, whole, within the rights of the moment."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from jobs import course
from jobs.heartbeat import Heartbeat
from jobs.workshop import workshop
from monespace import horloge, policy
from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.config import Config
from monespace.db import Database, Json
from monespace.exports import actions, fabrication, perimetre, queries
from monespace.exports.actions import Fichier
from monespace.exports.criteres import file_name
from monespace.exports.models import Export
from monespace.queue import Fenced
from monespace.refus import Interdit
from monespace.stockage import Stockage

RIGHTS_GONE = (
    "Vos droits ont été retirés depuis votre demande\u00a0: le fichier n’a pas été préparé. "
    "Adressez-vous à un administrateur de votre entreprise."
)


def exporter(database: Database, config: Config, export_id: int) -> bool:
    """Run the export if it waits for a run. True once it is ready, failed, or gone."""

    def make(mine: str) -> None:
        Run(database, config, export_id, mine).make()

    return course.run(database, actions, queries.at_rest, export_id, make)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an export, which owns it as long as the row bears its `course`."""

    database: Database
    config: Config
    export_id: int
    course: str

    def make(self) -> None:
        """Write the file, keep it, publish it. Raise Fenced, Interdit, or what went wrong."""
        with workshop(self.config.data_dir) as folder, Heartbeat(self._progress) as heartbeat:
            path = folder / "export.xlsx"
            # The rights are read in the same snapshot as the rows.
            with self.database.snapshot() as session:
                export = session.get_one(Export, self.export_id)
                listing, instant = queries.listing_of(export), horloge.now()
                acteur = _acteur(session.get_one(Utilisateur, export.utilisateur_id), export)
                lignes = fabrication.write(
                    listing, acteur, queries.filtre_of(export), instant, path, heartbeat.tell
                )
                nom = file_name(listing, acteur, instant)
            self._publish(path, nom, lignes, perimetre.as_json(acteur, listing.objet))

    def _progress(self, done: int, total: int) -> None:
        with self.database.transaction():
            actions.progress(self.export_id, self.course, done, total)

    def _publish(self, path: Path, nom: str, lignes: int, within: list[Json]) -> None:
        stockage = Stockage(self.config.data_dir / "fichiers")
        with path.open("rb") as contenu:
            depot = stockage.put(contenu)
        fichier = Fichier(nom, lignes, within, depot)
        kept_for = timedelta(hours=self.config.exports_ttl_hours)
        try:
            with self.database.transaction():
                actions.finish(self.export_id, self.course, fichier, kept_for)
        except Fenced:
            stockage.delete(depot.cle)
            raise


def _acteur(person: Utilisateur, export: Export) -> Acteur:
    """Who asked, with their rights as of now. Raise Interdit when none is left."""
    acteur = policy.acteur_of(person, export.organisation_id)
    if not perimetre.scopes(acteur, queries.listing_of(export).objet):
        raise Interdit(RIGHTS_GONE)
    return acteur
