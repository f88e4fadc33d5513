"""The life of an export: asked for, run by one worker at a time, ready or failed, expired."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal, queue
from monespace.acteur import Acteur
from monespace.db import Json, new_key, session
from monespace.dossiers.filtres import DEFAULT_SORT, SORTS, Filtre
from monespace.exports import perimetre
from monespace.exports.declaration import Listing
from monespace.exports.models import EtatExport, Export
from monespace.queue import Fenced, Job
from monespace.refus import DejaServi, Interdit
from monespace.stockage import Depot

# A run that has not beaten for that long is taken for dead.
SILENCE = timedelta(seconds=45)
MOST_RUNS = 3

GAVE_UP = (
    "Le fichier n’a pas pu être préparé après plusieurs essais. Demandez un nouvel export\u00a0; "
    "si l’échec se répète, appelez votre OPCO en donnant la référence {cle}."
)


@dataclass(frozen=True, slots=True)
class Fichier:
    """A workbook in the store: its name, how many rows it lists, the rights it was made within."""

    nom: str
    lignes: int
    perimetre: list[Json]
    depot: Depot


def request(acteur: Acteur, listing: Listing[Any], filtre: Filtre, jeton: str) -> Export:
    """Ask for the workbook of what `filtre` chooses of `listing`. One `jeton` makes one export.

    Raise Interdit for someone who may consult none of it here.
    """
    if acteur.organisation_id is None or not perimetre.scopes(acteur, listing.objet):
        raise Interdit(
            f"Vous n’avez pas le droit de consulter les {listing.objet} de cette entreprise. "
            "Demandez-le à un administrateur de votre entreprise."
        )
    reponses: dict[str, Json] = dict(filtre.reponses)
    export = Export(
        jeton=jeton,
        utilisateur_id=acteur.utilisateur_id,
        organisation_id=acteur.organisation_id,
        listing=listing.nom,
        filtres={"reponses": reponses, "tri": filtre.tri if filtre.tri in SORTS else DEFAULT_SORT},
        etat=EtatExport.EN_FILE,
        demande_le=horloge.now(),
    )
    try:
        with session().begin_nested():
            session().add(export)
    except IntegrityError:
        return _already_asked(acteur, jeton)
    journal.record(acteur, "exporter", export, listing=listing.nom, filtres=export.filtres)
    queue.ask(Job.EXPORTER, export.id)
    return export


def claim(export_id: int) -> str | None:
    """Begin a run of the export: its token, or None when it does not wait for one."""
    course = new_key()
    claimed = session().scalar(
        update(Export)
        .where(Export.id == export_id, Export.etat == EtatExport.EN_FILE)
        .values(
            etat=EtatExport.EN_COURS,
            course=course,
            essais=Export.essais + 1,
            battement_le=horloge.now(),
            lignes_faites=0,
        )
        .returning(Export.id)
    )
    return None if claimed is None else course


def progress(export_id: int, course: str, done: int, total: int) -> None:
    """The run is alive and has written `done` rows of `total`. Raise Fenced."""
    if not _write(
        export_id, course, battement_le=horloge.now(), lignes_faites=done, lignes_total=total
    ):
        raise Fenced()


def finish(export_id: int, course: str, fichier: Fichier, kept_for: timedelta) -> None:
    """The file is ready. Raise Fenced."""
    instant = horloge.now()
    if not _write(
        export_id,
        course,
        etat=EtatExport.PRET,
        perimetre=fichier.perimetre,
        nom=fichier.nom,
        fichier=fichier.depot.cle,
        sha256=fichier.depot.sha256,
        taille=fichier.depot.taille,
        lignes_faites=fichier.lignes,
        lignes_total=fichier.lignes,
        fini_le=instant,
        expire_le=instant + kept_for,
    ):
        raise Fenced()


def fail(export_id: int, course: str, message: str) -> None:
    """The export cannot be made; `message` tells its reader what to do."""
    _write(export_id, course, etat=EtatExport.ECHEC, message=message, fini_le=horloge.now())


def give_back(export_id: int, course: str) -> None:
    """A run failed by accident: the export waits for another one, or has failed for good."""
    export = (
        session()
        .scalars(
            select(Export)
            .where(
                Export.id == export_id, Export.course == course, Export.etat == EtatExport.EN_COURS
            )
            .with_for_update()
        )
        .one_or_none()
    )
    if export is not None:
        _run_again(export)


def give_back_stale() -> int:
    """Take the exports whose run died away from it, and have them run again; return how many."""
    before = horloge.now() - SILENCE
    stale = (
        session()
        .scalars(
            select(Export)
            .where(
                Export.etat == EtatExport.EN_COURS,
                or_(Export.battement_le.is_(None), Export.battement_le < before),
            )
            .with_for_update()
        )
        .all()
    )
    for export in stale:
        _run_again(export)
        if export.etat == EtatExport.EN_FILE:
            queue.ask(Job.EXPORTER, export.id)
    return len(stale)


def expire() -> list[str]:
    """Close the exports whose time is over; return their files, to delete after the commit."""
    over = session().scalars(
        select(Export)
        .where(Export.etat == EtatExport.PRET, Export.expire_le < horloge.now())
        .with_for_update()
    )
    files = []
    for export in over:
        files.append(export.fichier)
        export.etat = EtatExport.EXPIRE
        export.fichier = ""
    return files


def _already_asked(acteur: Acteur, jeton: str) -> Export:
    export = session().scalars(select(Export).where(Export.jeton == jeton)).one()
    if export.utilisateur_id != acteur.utilisateur_id:
        raise DejaServi()
    return export


def _run_again(export: Export) -> None:
    export.course = ""
    if export.essais < MOST_RUNS:
        export.etat = EtatExport.EN_FILE
        return
    export.etat = EtatExport.ECHEC
    export.message = GAVE_UP.format(cle=export.cle)
    export.fini_le = horloge.now()


def _write(export_id: int, course: str, **values: object) -> bool:
    """Change the row if this run still owns it."""
    written = session().scalar(
        update(Export)
        .where(Export.id == export_id, Export.course == course, Export.etat == EtatExport.EN_COURS)
        .values(**values)
        .returning(Export.id)
    )
    return written is not None
