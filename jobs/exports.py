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
from monespace.db import Database
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions, fabrication, perimetre, queries
from monespace.exports.actions import Fichier
from monespace.exports.criteres import Entete, file_name, header
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
class Commande:
    """What is to be made and for whom, with the rights in force when the run starts."""

    acteur: Acteur
    filtre: Filtre
    entete: Entete


@dataclass(frozen=True, slots=True)
class Run:
    """One run of an export, which owns it as long as the row bears its `course`."""

    database: Database
    config: Config
    export_id: int
    course: str

    def make(self) -> None:
        """Write the file, keep it, publish it. Raise Fenced, Interdit, or what went wrong."""
        with self.database.reading() as session:
            export = session.get_one(Export, self.export_id)
            commande = _commande(export, session.get_one(Utilisateur, export.utilisateur_id))
        with workshop(self.config.data_dir) as folder, Heartbeat(self._progress) as heartbeat:
            path = folder / "export.xlsx"
            with self.database.snapshot() as connection:
                dossiers = fabrication.write(
                    connection,
                    commande.acteur,
                    commande.filtre,
                    commande.entete,
                    path,
                    heartbeat.tell,
                )
            self._publish(commande, path, dossiers)

    def _progress(self, done: int, total: int) -> None:
        with self.database.transaction():
            actions.progress(self.export_id, self.course, done, total)

    def _publish(self, commande: Commande, path: Path, dossiers: int) -> None:
        stockage = Stockage(self.config.data_dir / "fichiers")
        with path.open("rb") as contenu:
            depot = stockage.put(contenu)
        fichier = Fichier(file_name(commande.entete.siren, horloge.now()), dossiers, depot)
        kept_for = timedelta(hours=self.config.exports_ttl_hours)
        try:
            with self.database.transaction():
                actions.finish(self.export_id, self.course, commande.acteur, fichier, kept_for)
        except Fenced:
            stockage.delete(depot.cle)
            raise


def _commande(export: Export, person: Utilisateur) -> Commande:
    acteur = policy.acteur_of(person, export.organisation_id)
    if not perimetre.scopes(acteur):
        raise Interdit(RIGHTS_GONE)
    filtre = queries.filtre_of(export)
    return Commande(acteur, filtre, header(acteur, filtre, horloge.now()))
